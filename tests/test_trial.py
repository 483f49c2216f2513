"""``onrecord try``: the page, in a real browser, as a newcomer meets it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from bot.settings import HOME

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
in_a_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="no chromium, chromium-browser or google-chrome on this machine"),
]
TRY = (sys.executable, "-m", "bot", "try", "--no-browser")


@dataclass
class Trial:
    """A running ``onrecord try``."""

    process: subprocess.Popen[str]
    url: str
    scratch: Path

    def stop(self, how: signal.Signals) -> tuple[int, str, str]:
        """Exit code, the rest of the output, the errors."""
        self.process.send_signal(how)
        out, errors = self.process.communicate(timeout=10)
        return self.process.returncode, out, errors


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = subprocess.Popen(
        TRY, cwd=HOME, env=os.environ | {"TMPDIR": str(scratch)}, stdout=-1, stderr=-1, text=True
    )
    try:
        assert process.stdout is not None
        found = None
        while line := process.stdout.readline():
            if found := re.search(r"http://127\.0\.0\.1:\d+/#\S+", line):
                break
        assert found, process.communicate()
        yield Trial(process, found[0], scratch)
    finally:
        process.terminate()
        process.communicate(timeout=10)


@pytest.fixture
def page(trial: Trial) -> Iterator[Page]:
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=BROWSER, args=QUIET) as browser:
        page = browser.new_page(viewport={"width": 1100, "height": 900})
        page.set_default_timeout(30_000)
        expect.set_options(timeout=30_000)
        page.goto(trial.url)
        yield page


def box(page: Page) -> Locator:
    return page.get_by_placeholder("Message #quotations")


def type_out(page: Page, text: str) -> None:
    """As fast as the page takes it, past the list of commands, and Enter."""
    box(page).click()
    page.keyboard.type(text)
    send(page, "Escape", "Enter")


def send(page: Page, *keys: str) -> None:
    """Press the keys until the box is as empty as at the start: while the page is busy it takes no Enter."""
    for _ in range(50):
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_timeout(100)
        if not box(page).input_value():
            return
    pytest.fail("the page took no Enter for five seconds")


def pick(page: Page, command: str, words: str) -> None:
    """The command from the list, then its first option."""
    box(page).click()
    page.keyboard.type(command)
    expect(page.get_by_role("listbox", name="Application commands")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="speaker, required")).to_be_visible()
    page.keyboard.type(words)
    expect(page.get_by_role("option", name=re.compile("Jens Stoltenberg · dialogue"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Send")).to_be_enabled()  # while the page is busy it takes no Enter
    page.keyboard.press("Enter")


class TestInABrowser:
    pytestmark = in_a_browser

    def test_a_command_typed_out_is_answered_with_a_card(self, page: Page) -> None:
        box(page).click()
        page.keyboard.type("/quote stoltenberg dialogue")
        send(page, "Enter")
        expect(page.get_by_text("Jens Stoltenberg · Secretary General, NATO")).to_be_visible()
        expect(page.get_by_role("link", name=re.compile("Read the article"))).to_be_visible()
        expect(page.get_by_role("link", name=re.compile("A statement is wrong"))).to_be_visible()
        expect(page.get_by_text("/quote stoltenberg dialogue", exact=True)).to_have_count(0)
        self._turn(page)

    def test_a_command_picked_from_the_list_is_answered_with_a_card(self, page: Page) -> None:
        pick(page, "/quote", "stoltenberg dialogue")
        expect(page.get_by_text("Jens Stoltenberg · Secretary General, NATO")).to_be_visible()
        self._turn(page)

    def _turn(self, page: Page) -> None:
        expect(page.get_by_text(re.compile(r"^1.\d+$"))).to_be_visible()
        page.get_by_role("button", name="▶").click()
        expect(page.get_by_text(re.compile(r"^2.\d+$"))).to_be_visible()

    def test_several_commands_in_a_row_by_several_people_and_what_is_none(self, page: Page) -> None:
        type_out(page, "/about")
        type_out(page, "/quote beyonce")
        type_out(page, "/nothing of ours")
        type_out(page, "/speakers with words it cannot take")
        type_out(page, "/quote")
        type_out(page, "good morning")
        expect(page.get_by_text("On Record · NATO–Russia dialogue")).to_be_visible()
        expect(page.get_by_text("Nothing found for “beyonce”").last).to_be_visible()
        for message in ("/nothing of ours", "/speakers with words it cannot take", "good morning"):
            expect(page.get_by_text(message, exact=True).last).to_be_visible()
        page.get_by_label("Viewing as").select_option(label="moderator")
        expect(page.get_by_text("good morning", exact=True).last).to_be_visible()
        expect(page.get_by_text("On Record · NATO–Russia dialogue")).to_have_count(0)
        type_out(page, "/onthisday 6 December")
        expect(page.get_by_text("6 December in NATO–Russia dialogue")).to_be_visible()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_and_leaves_nothing_behind(trial, how):
    assert list(trial.scratch.glob("onrecord-try-*"))
    code, out, errors = trial.stop(how)
    assert (code, errors) == (0, "")
    assert out.endswith("Stopped.\n")
    assert list(trial.scratch.iterdir()) == []


def refused(*arguments: str, run: Callable[..., subprocess.CompletedProcess[str]] = subprocess.run) -> str:
    done = run(arguments, cwd=HOME, capture_output=True, text=True, timeout=20)
    assert done.returncode == 1
    assert done.stdout == ""
    return done.stderr


def test_a_port_that_is_taken_is_told_in_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert refused(*TRY, "--port", port) == (
            f"port {port} is taken; name another with --port, or leave it out for a free one\n"
        )


def test_seeds_with_problems_are_listed(monkeypatch, small_seeds):
    (small_seeds / "topics.yaml").write_text("topics: nonsense\n")
    monkeypatch.setenv("ONRECORD_SEEDS__DIR", str(small_seeds))
    assert "topics.yaml:1: topics: must be a list" in refused(*TRY)


@pytest.mark.parametrize(
    ("hidden", "sentence"),
    [("simcord", "this needs the extra “try”: pip install"), ("linkify_it", "Preview requires linkify_it")],
)
def test_a_missing_part_of_the_simulation_is_told_in_a_sentence(hidden, sentence):
    script = (
        "import importlib.util, sys\n"
        "find = importlib.util.find_spec\n"
        f"importlib.util.find_spec = lambda name, *more: None if name == {hidden!r} else find(name, *more)\n"
        "from bot.cli import main\n"
        "main(['try', '--no-browser'])\n"
    )
    assert refused(sys.executable, "-c", script).startswith(sentence)
