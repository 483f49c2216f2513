"""Logs are events on stdout, one a line, and never hold the token."""

import json
import logging

import pytest
import structlog

from bot import log
from bot.settings import Log

SECRET = "MTIz.secret-token"


@pytest.fixture(autouse=True)
def _as_before():
    """Logging is the whole process's: put it back."""
    root, discord = logging.getLogger(), logging.getLogger("discord")
    before = root.handlers, root.level, discord.level
    yield
    root.handlers, level, of_discord = before
    root.setLevel(level)
    discord.setLevel(of_discord)
    structlog.reset_defaults()


def events(capsys) -> list[dict[str, object]]:
    out, err = capsys.readouterr()
    assert err == ""
    return list(map(json.loads, out.splitlines()))


def test_an_event_is_one_line_of_json_in_a_pipe(capsys):
    log.configure(Log())
    structlog.get_logger("bot.x").info("digest posted", channel=7, words="a\nb")
    (event,) = events(capsys)
    assert event.pop("timestamp")
    assert event == {"event": "digest posted", "channel": 7, "words": "a\nb", "level": "info", "logger": "bot.x"}


def test_a_library_logs_the_same_way(capsys):
    log.configure(Log())
    logging.getLogger("aiohttp").warning("slow: %s", 3)
    (event,) = events(capsys)
    assert (event["event"], event["level"], event["logger"]) == ("slow: 3", "warning", "aiohttp")


def test_the_level_is_the_settings(capsys):
    log.configure(Log(level="warning"))
    structlog.get_logger("bot").info("quiet")
    structlog.get_logger("bot").warning("loud")
    assert [event["event"] for event in events(capsys)] == ["loud"]


@pytest.mark.parametrize("level", ["debug", "info"])
def test_what_members_type_is_not_logged_whatever_the_level(capsys, level):
    log.configure(Log(level=level))
    logging.getLogger("discord.gateway").debug("For Shard ID None: WebSocket Event: {'content': 'private words'}")
    assert events(capsys) == []


def test_the_console_format_is_for_people(capsys):
    log.configure(Log(format="console"))
    structlog.get_logger("bot").info("digest posted", channel=7)
    assert "digest posted" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["json", "console"])
def test_the_token_is_blotted_out_wherever_it_appears(capsys, form):
    log.configure(Log(format=form), secret=SECRET)
    logger = structlog.get_logger("bot")
    named_after_it = f"event {SECRET}"
    logger.info(named_after_it)
    logger.info("event", text=SECRET, inside={"list": [1, (SECRET, None)]}, other={SECRET}, error=OSError(SECRET))
    logger.info("key", **{"inside": {SECRET: 1}})
    logging.getLogger("aiohttp").warning("header %s", SECRET)
    logging.getLogger("aiohttp").warning("mapping %(a)s", {"a": SECRET})
    try:
        raise ValueError(f"Bot {SECRET}")
    except ValueError:
        logger.exception("ours")
        logging.getLogger("discord").exception("theirs")
    out, err = capsys.readouterr()
    assert SECRET not in out + err
    assert out.count("[token]") >= 9
    assert out.count("Traceback") == 2
    assert err == ""


def test_without_a_secret_everything_is_left_as_it_is(capsys):
    log.configure(Log())
    structlog.get_logger("bot").info("x", value=1.5, nothing=None, listed=[1, "a"])
    (event,) = events(capsys)
    assert (event["value"], event["nothing"], event["listed"]) == (1.5, None, [1, "a"])
