"""What is long is read in pieces: a day with hundreds of statements, a list of many speakers."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import digest, generations
from bot.chat import cards, day_cards
from bot.corpus import seeds
from bot.corpus.listing import Listing
from bot.corpus.store import Corpus
from bot.digest import Policy
from bot.library import Generation, Library
from bot.record import Statement
from tests import seedfiles
from tests.conftest import composed
from tests.rendered import seen

LEAP_DAYS = 30


def _lines(path: Path, entries: list[dict[str, Any]]) -> None:
    path.write_text("".join(f"{json.dumps(entry)}\n" for entry in entries))


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    """The small collection, with 60 speakers, 50 topics and several hundred statements on 4 May more."""
    made = seedfiles.small(tmp_path_factory.mktemp("long") / "seeds")
    years = [2001 + number % 17 for number in range(260)]
    _lines(made / "speakers.jsonl", [{"id": f"who-{n}", "name": f"Who {n % 7}"} for n in range(60)])
    _lines(made / "topics.jsonl", [{"id": f"what-{n}", "label": f"what {n}"} for n in range(50)])
    _lines(
        made / "articles.jsonl",
        [
            {
                "id": "day",
                "outlet": "Courier",
                "title": "Day",
                "published": "2018-05-04",
                "url": "https://example.org/d",
            },
            {
                "id": "later",
                "outlet": "Courier",
                "title": "L",
                "published": "2018-05-05",
                "url": "https://example.org/l",
            },
        ],
    )
    plain = {"kind": "indirect", "article": "later"}
    said = [
        {"id": f"z-{n:03}", "speaker": f"who-{n % 60}", "text": f"It was told, {n}.", "said": f"{year}-05-04"}
        for n, year in enumerate(years)
    ]
    reported = [
        {"id": f"r-{n}", "speaker": f"who-{n % 5}", "text": f"It was reported, {n}." + " Mud." * n, "article": "day"}
        for n in range(40)
    ]
    leap = [
        {
            "id": f"l-{n}",
            "speaker": "who-1",
            "text": f"It was leapt, {n}.",
            "said": f"20{4 + n % 3 * 4:02}-02-{28 + n % 2}",
        }
        for n in range(LEAP_DAYS)
    ]
    _lines(
        made / "statements.jsonl",
        [plain | {"topics": [f"what-{n % 50}"]} | more for n, more in enumerate((*said, *reported, *leap))],
    )
    return made


@pytest.fixture(scope="session")
def generation(folder, tmp_path_factory) -> Iterator[Generation]:
    """The long collection, built and open: in this file it is the one on loan."""
    opened = Generation.open(generations.publish(seeds.load(folder), tmp_path_factory.mktemp("generations")))
    yield opened
    opened.close()


@pytest.fixture
def simcord_bot(generation, state, now):
    return composed(Library(generation), state, now)


@pytest.fixture
def loaded(monkeypatch) -> list[int]:
    """The numbers of the statements that were read."""
    numbers: list[int] = []
    read = Corpus.statement

    def counted(corpus: Corpus, number: int) -> Statement:
        numbers.append(number)
        return read(corpus, number)

    monkeypatch.setattr(Corpus, "statement", counted)
    return numbers


def _due(folder: Path, day: str) -> list[str]:
    """The wordings of a day, in the order in which they are to be shown."""
    every = sorted(seeds.load(folder).every_statement(), key=lambda one: (one.when.latest, one.id))
    said = [one for one in every if one.said and one.said.day and one.said.edtf.endswith(day)]
    reported = [one for one in every if not one.said and one.reported.edtf.endswith(day)]
    return [one.citation.shown for one in (*said, *reported)]


def _wordings(result: Any) -> list[str]:
    text = seen(result.response.embeds[0].description, "embed_description")
    return re.findall(r"^(?:“.*”|It was .*|Dahl called .*)$", text, re.MULTILINE)


def _disabled(result: Any) -> set[str]:
    return {part["label"] for row in result.response.components for part in row["components"] if part.get("disabled")}


# A day


async def test_a_long_day_is_read_to_its_end_and_back(room, folder, loaded):
    due = _due(folder, "05-04")
    assert len(due) > 300
    result = await room.slash("onthisday", date="4 May")
    forward: list[str] = []
    while True:
        shown = _wordings(result)
        assert len(loaded) <= len(shown) + 1, "only what is shown is read, and what did not fit"
        forward += shown
        if "▶" in _disabled(result):
            break
        loaded.clear()
        await room.member.click(result.response, label="▶")
    assert forward == due
    backward = shown
    while "◀" not in _disabled(result):
        loaded.clear()
        await room.member.click(result.response, label="◀")
        assert len(loaded) <= len(_wordings(result)) + 1
        backward = [*_wordings(result), *backward]
    assert backward == due


async def test_a_page_of_a_long_day_says_where_it_is(room, folder):
    size = len(_due(folder, "05-04")) + 1
    result = await room.slash("onthisday", date="4 May")
    end = len(_wordings(result))
    assert result.response.embeds[0].footer.text == f"Entries 1–{end} of {size}"
    await room.member.click(result.response, label="▶")
    assert result.response.embeds[0].footer.text.startswith(f"Entries {end + 1}–")


@pytest.mark.parametrize("page", [-(10**8) + 1, -1, 0, 3, 10**8 - 1])
def test_whatever_page_a_button_asks_for_there_is_one(generation, page):
    found = digest.the_day(generation.corpus, date(2026, 5, 4))
    reply = day_cards.day(found, date(2026, 5, 4), 1, "Harbour talks", page=page)
    assert reply.embed
    assert re.fullmatch(r"Entries \d+–\d+ of 303", reply.embed.footer.text or "")
    assert "It was" in (reply.embed.description or "")


def test_28_february_holds_both_days_one_after_the_other(generation):
    found = digest.the_day(generation.corpus, date(2026, 2, 28))
    days = [statement.when.edtf[5:] for statement in found.said]
    assert days == ["02-28"] * (LEAP_DAYS // 2) + ["02-29"] * (LEAP_DAYS // 2)
    assert [statement.when.edtf[5:] for statement in digest.the_day(generation.corpus, date(2028, 2, 28)).said] == [
        "02-28"
    ] * (LEAP_DAYS // 2)


def test_what_a_day_holds_is_counted_without_being_read(generation, loaded):
    assert len(digest.the_day(generation.corpus, date(2026, 5, 4)).said) == 261
    assert len(generation.corpus.said_on("05-04")) == 261
    assert not loaded


# The digest


def test_a_digest_reads_what_fits_the_post_and_counts_the_others(generation, loaded):
    found = digest.compose(generation.corpus, date(2026, 5, 4), Policy.NEAREST)
    described = str(day_cards.digest(found, "Harbour talks").description)
    shown = described.count("It was told")
    assert described.endswith(f"and {303 - shown} more: /onthisday")
    assert 5 < len(loaded) <= shown + 1


def test_a_day_is_near_without_being_read(generation, loaded):
    assert digest.compose(generation.corpus, date(2026, 5, 3), Policy.NEAREST).day.on == date(2026, 5, 4)
    assert not loaded


def test_other_tools_get_every_entry(generation, folder):
    entries = digest.compose(generation.corpus, date(2026, 5, 4), Policy.NEAREST).as_dict()["entries"]
    assert [entry["text"] for entry in entries if entry["kind"] == "statement"] == _due(folder, "05-04")


def test_the_dated_statements_are_numbered_in_the_order_of_their_ids(generation, loaded):
    corpus = generation.corpus
    dated = sorted(statement.id for statement in corpus.every_statement() if statement.said)
    loaded.clear()
    numbers = [corpus.dated_number(index) for index in range(corpus.count_dated())]
    assert not loaded
    assert [corpus.statement(number).id for number in numbers] == dated


# A list


@pytest.mark.parametrize("kind", ["speakers", "topics"])
async def test_a_list_reads_one_page(room, generation, kind):
    asked: list[str] = []
    connection = generation.corpus._connection
    listed = [*(generation.corpus.speakers() if kind == "speakers" else generation.corpus.topics())]
    result = await room.slash(kind)
    read = seen(result.response.embeds[0].description, "embed_description").splitlines()
    while "▶" in str(result.response.components) and "▶" not in _disabled(result):
        connection.set_trace_callback(asked.append)
        await room.member.click(result.response, label="▶")
        connection.set_trace_callback(None)
        read += seen(result.response.embeds[0].description, "embed_description").splitlines()
    assert read == [f"{entry.label} · {entry.statements}" for entry in listed]
    rows = [len(connection.execute(sql).fetchall()) for sql in asked]
    assert max(rows, default=0) <= cards.MAX_OPTIONS


def test_nothing_that_is_shown_is_looked_for_among_all_or_sorted(generation, now):
    """Every question to the corpus file is answered from an index that has the order wanted."""
    asked: list[str] = []
    corpus, on = generation.corpus, date(2026, 5, 4)
    corpus._connection.set_trace_callback(asked.append)
    for page in (0, 100, -100):
        day_cards.day(digest.the_day(corpus, on), on, 1, "Harbour talks", page=page)
        cards.browse("speakers", corpus.speakers(), page, 1, "Harbour talks")
        cards.browse("topics", corpus.topics(), page, 1, "Harbour talks")
    day_cards.digest(digest.compose(corpus, on, Policy.NEAREST), "Harbour talks")
    digest.compose(corpus, date(2026, 8, 20), Policy.FROM_THE_RECORD)
    corpus.latest_corrections(5)
    corpus._connection.set_trace_callback(None)
    for sql in set(asked):
        for *_, step in corpus._connection.execute(f"explain query plan {sql}"):
            assert not re.match(r"SCAN (?!totals|days|\(subquery|s USING|withdrawals USING).*", step), (sql, step)


# A listing


def test_a_listing_reads_what_is_looked_at():
    read: list[int] = []

    def stretch(limit: int, offset: int) -> list[int]:
        read.extend(range(offset, offset + limit))
        return list(range(offset, offset + limit))

    listing = Listing(250, stretch)
    assert len(listing) == 250
    assert bool(listing)
    assert (listing[3], listing[-1], listing[248:400], listing[300:]) == (3, 249, [248, 249], [])
    assert read == [3, 249, 248, 249]
    assert [*listing] == [*range(250)]
    with pytest.raises(IndexError):
        listing[250]
    assert not Listing(0, stretch)
