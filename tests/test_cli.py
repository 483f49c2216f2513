"""The command as it is typed: what it prints, where, and how it ends."""

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import bot
from bot import cli, library, settings
from bot.corpus import seeds
from bot.state import State
from bot.state.actions import Actor, Fate, Verb
from tests.seedfiles import HERALD, alter

HOME = settings.HOME
TOKEN = "MTIz.SECRET.token"


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def onrecord(small_seeds, tmp_path, monkeypatch):
    """Run the command in a process of its own, over the small collection, from somewhere else."""
    monkeypatch.setenv("ONRECORD_SEEDS__DIR", str(small_seeds))
    monkeypatch.setenv("ONRECORD_DATA__DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("PYTHONPATH", str(HOME))

    def run(*words: str | bytes, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bot", *words]
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            check=False,
            cwd=tmp_path,
            timeout=60,
            env=os.environ | environment,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        assert TOKEN not in out + err
        return subprocess.CompletedProcess(command, done.returncode, out, err)

    return run


@pytest.fixture
def inside(small_seeds, tmp_path, monkeypatch):
    """Run the command in this process: faster, and what it uses can be replaced."""
    monkeypatch.setenv("ONRECORD_SEEDS__DIR", str(small_seeds))
    monkeypatch.setenv("ONRECORD_DATA__DIR", str(tmp_path / "data"))

    def run(*words: str, stdin: str | bytes | None = None):
        return CliRunner().invoke(cli.main, words, input=stdin, catch_exceptions=False)

    return run


# Every verb


def test_the_help_lists_every_verb_and_each_has_its_own(inside):
    listed = inside("--help")
    assert listed.exit_code == 0
    verbs = re.findall(r"^  (\w+)  +\S", listed.output.split("Commands:")[1], re.M)
    assert verbs == list(cli.VERBS) == "try run check build find digest draft review export reload log".split()
    for verb in verbs:
        for flag in ("--help", "-h"):
            shown = inside(verb, flag)
            assert shown.exit_code == 0
            assert f"Usage: main {verb}" in shown.output


def test_every_verb_and_option_is_in_the_readme():
    readme = (HOME / "README.md").read_text()
    for verb in cli.VERBS:
        assert re.search(rf"\bonrecord {verb}\b", readme), verb


def test_the_version_is_the_package_s(inside):
    assert inside("--version").output == f"onrecord, version {bot.__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        *(["find"], ["find", "--batch", "-"], ["find", "x", "--batch", "-", "--json"], ["find", "--nonsense", "x"]),
        *(["export", "--format", "xml"], ["nonsense"], ["check", "--seeds"], ["try", "--port", "70000"]),
        ["find", "--batch", "/nowhere/at/all", "--json"],
        *(["draft"], ["review"], ["draft", "a.txt", "b.txt", "--url", "https://example.org/"]),
    ],
)
def test_wrong_usage_is_told_and_ends_with_2(inside, words):
    done = inside(*words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Error: " in done.stderr


def test_a_bug_of_ours_ends_with_70_and_says_so(inside, monkeypatch):
    def broken(*_):
        raise RuntimeError("at sea")

    monkeypatch.setattr(library, "open_for", broken)
    done = inside("find", "x")
    assert done.exit_code == cli.OUR_BUG == 70
    assert "RuntimeError: at sea" in done.stderr
    assert done.stderr.endswith(
        f"This is a fault in On Record {bot.__version__}, not in what you did. Please report it.\n"
    )
    assert done.stdout == ""


def test_a_verb_waits_for_nothing_that_others_need():
    script = "import sys, bot.cli.drafting; print({'sqlite_utils', 'bot.corpus', 'discord'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "set()\n"


def test_finding_loads_no_discord_and_little_else(onrecord, tmp_path):
    script = (
        "import sys\nfrom click.testing import CliRunner\nfrom bot.cli import main\n"
        "done = CliRunner().invoke(main, ['find', 'berg', 'cranes'])\n"
        "print(done.exit_code, *{'discord', 'aiohttp', 'apscheduler', 'simcord'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "0\n"


# check


def test_sound_seeds_are_summed_up(onrecord):
    done = onrecord("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Harbour talks: 4 statements by 3 speakers on 2 topics, 2 events. No fault found.\n"


def test_every_problem_is_a_line_on_stderr(inside, small_seeds):
    first = alter(small_seeds, HERALD, "speaker: ole-dahl", "speaker: nobody")
    second = alter(small_seeds, HERALD, "said: 2017-04\n", "said: 2017-04-31\n")
    done = inside("check")
    assert (done.exit_code, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"seeds/{HERALD}:{first}", f"seeds/{HERALD}:{second}"]


def test_a_remark_is_no_fault(inside, small_seeds):
    alter(small_seeds, "articles/2018-07-02-courier.yaml", "said: 2017-05\n", "said: 2017-06\n")
    done = inside("check")
    assert done.exit_code == 0
    assert done.stderr.endswith("(a remark, not a fault)\n")


def test_the_folder_to_check_may_be_named_from_here(inside, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert inside("check", "--seeds", "seeds").exit_code == 0
    done = inside("check", "--seeds", ".")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == f"{tmp_path.name}/topics.yaml: is missing; add it"
    assert inside("check", "--seeds", "nowhere").stderr.startswith("nowhere: is not a folder; ")


def test_quotations_are_held_against_the_articles(onrecord, tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("Mud is mud. We want taller cranes. We need taller cranes, he said.")
    for done in (onrecord("check", "--articles", "texts"), onrecord("check", ONRECORD_ARTICLES="texts")):
        assert done.returncode == 1
        told = [line for line in done.stderr.splitlines() if "is not verbatim" in line]
        assert len(told) == 2
        assert (
            f"seeds/{HERALD}:13: berg-2017-05-04-cranes: “and we need them now.” is not verbatim in a.txt; " in told[0]
        )


def test_what_is_not_reviewed_is_refused_by_check_and_build(inside, small_seeds):
    line = alter(small_seeds, HERALD, "    speaker: ole-dahl\n", "    speaker: ole-dahl\n    review: pending\n")
    for verb in ("check", "build"):
        done = inside(verb)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr == (
            f"seeds/{HERALD}:{line + 1}: statements[1].review: this is not reviewed yet; "
            "`onrecord review FILE`, with its draft, and accept it there\n"
        )


def test_where_a_wording_stands_is_held_against_the_article(inside, small_seeds, tmp_path):
    text = "On the quay: “We need taller cranes,” she said, “and we need them now.” He spoke of “a waste of good mud”."
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(text)
    alter(small_seeds, HERALD, "  wording: original\n", f"  wording: original\n  text_sha256: {_sum(text)}\n")
    line = alter(
        small_seeds, HERALD, "    via: Port Agency\n", "    via: Port Agency\n    spans: [[13, 37], [48, 71]]\n"
    )
    told = [
        each for each in inside("check", "--articles", str(tmp_path / "texts")).stderr.splitlines() if "span" in each
    ]
    assert told == []
    alter(small_seeds, HERALD, "[[13, 37], [48, 71]]", "[[13, 37], [48, 60]]")
    told = [
        each for each in inside("check", "--articles", str(tmp_path / "texts")).stderr.splitlines() if "span" in each
    ]
    where = f"seeds/{HERALD}:{line - 4}: berg-2017-05-04-cranes: "
    assert told == [f"{where}“and we need them now.” does not stand in its spans; correct them, or the wording"]


# draft and review


ARTICLE = """Quays are too short, minister says

“The quay is too short,” Ada Berg told reporters on Thursday.

“We need a longer one,” she said.
"""

TOLD = ("--outlet", "Gazette", "--url", "https://example.org/quay", "--published", "2019-05-09")


@pytest.fixture
def drafting(inside, tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_DRAFTS__DIR", str(tmp_path / "drafts"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "quay.txt").write_text(ARTICLE)
    return inside


def test_a_draft_is_written_beside_its_text_and_told(drafting, tmp_path):
    done = drafting("draft", "quay.txt", *TOLD)
    assert (done.exit_code, done.stderr) == (0, "")
    path, told = done.stdout.splitlines()
    assert Path(path).parent == tmp_path / "drafts"
    assert re.fullmatch(r"  2 statements(, \d to be looked at closely)?", told)
    assert Path(path).with_suffix(".txt").read_bytes() == (tmp_path / "quay.txt").read_bytes()
    text = Path(path).read_text()
    assert "  outlet: Gazette\n" in text
    assert "speaker: ada-berg" in text
    assert "text: The quay is too short\n" in text
    assert "said: 2019-05-09" in text
    again = drafting("draft", "quay.txt", *TOLD, "--into", "other")
    assert Path(again.stdout.splitlines()[0]).read_text() == text


def test_one_bad_file_among_many_is_told_and_the_others_go_on(drafting, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    done = drafting("draft", "empty.txt", "gone.txt", "quay.txt")
    assert done.exit_code == 1
    assert [line.split(":")[0] for line in done.stderr.splitlines()][:2] == ["empty.txt", "gone.txt"]
    assert len(list((tmp_path / "drafts").glob("*.yaml"))) == 1


def test_what_was_reviewed_is_not_drafted_anew(drafting, tmp_path):
    path = Path(drafting("draft", "quay.txt").stdout.splitlines()[0])
    path.write_text(path.read_text().replace("review: pending", "review: rejected", 1))
    done = drafting("draft", "quay.txt")
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"{path}: is reviewed in part (1 of 2) and stays as it is" in done.stderr


def test_spans_are_lines_of_json_and_nothing_is_written(drafting, tmp_path):
    done = drafting("draft", "--spans", "quay.txt")
    assert done.exit_code == 0
    first, second = map(json.loads, done.stdout.splitlines())
    assert {first["doc"], second["doc"]} == {"quay"}
    assert [ARTICLE[begin:end] for begin, end in first["content"]] == ["“The quay is too short,”"]
    assert [ARTICLE[begin:end] for begin, end in first["source"]] == ["Ada Berg"]
    assert [ARTICLE[begin:end] for begin, end in first["cue"]] == ["told"]
    assert not (tmp_path / "drafts").exists()


def test_spans_need_no_collection(drafting, monkeypatch):
    monkeypatch.setenv("ONRECORD_SEEDS__DIR", "/nowhere")
    assert drafting("draft", "--spans", "quay.txt").exit_code == 0
    assert drafting("draft", "quay.txt").exit_code == 1


def test_from_an_article_to_an_answer(drafting):
    path = drafting("draft", "quay.txt", *TOLD).stdout.split()[0]
    done = drafting("review", Path(path).stem, stdin="a\na\na\na\nw\nq\n")
    assert done.exit_code == 0
    assert "In the seeds: 2 statements" in done.stdout
    answer = drafting("find", "berg", "quay").stdout
    assert "“The quay is too short”" in answer
    assert "said 9 May 2019" in answer
    assert drafting("check", "--articles", "drafts").stderr.count("quay") == 0


@pytest.mark.parametrize("verb", ["draft", "review"])
def test_without_the_extra_it_says_what_to_install(drafting, monkeypatch, verb):
    monkeypatch.setattr("bot.cli.drafting._DRAFTING", ("spacy", "not_there_at_all"))
    done = drafting(verb, "quay.txt")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "not_there_at_all" in done.stderr
    assert "`make draft`" in done.stderr
    assert 'pip install "onrecord[draft]"' in done.stderr


def test_a_review_of_nothing_says_what_there_is(drafting):
    done = drafting("review", "x")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "there is no draft “x”" in done.stderr


# build


def test_a_build_prints_the_folder_that_find_and_export_take(onrecord, tmp_path):
    done = onrecord("build", "--into", "out")
    assert (done.returncode, done.stderr) == (0, "")
    folder = Path(done.stdout.removesuffix("\n"))
    assert folder.parent == tmp_path / "out"
    exported = onrecord("export", "--generation", str(folder), ONRECORD_SEEDS__DIR="/nowhere")
    assert exported.stdout.count("\n") == 4
    for generation in ("out", str(folder)):
        assert (
            "Mud is mud."
            in onrecord("find", "--generation", generation, "berg dredging", ONRECORD_SEEDS__DIR="/no").stdout
        )


def test_without_a_place_a_build_goes_below_the_data_folder(inside, tmp_path):
    assert inside("build").stdout.startswith(f"{tmp_path}/data/generations/")


def test_a_folder_that_cannot_be_written_is_the_user_s_fault(inside, tmp_path):
    (tmp_path / "file").write_text("")
    done = inside("build", "--into", f"{tmp_path}/file/out")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        f"{tmp_path}/file/out: a generation cannot be written (Not a directory); what was there is untouched\n"
    )


def test_a_folder_that_holds_no_generation_is_the_user_s_fault(inside, tmp_path):
    done = inside("find", "--generation", str(tmp_path), "berg")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"{tmp_path} holds no generation; `onrecord build` makes one\n"


def test_progress_is_shown_on_a_terminal_only(inside, monkeypatch):
    assert "Building" not in inside("build").stderr
    monkeypatch.setattr(click._compat, "isatty", lambda _: True)
    monkeypatch.setattr(CliRunner, "isolation", _on_a_terminal(CliRunner.isolation))
    assert "Building" in inside("build").stderr


def _on_a_terminal(isolation):
    from contextlib import contextmanager

    @contextmanager
    def isolated(*given, **named):
        with isolation(*given, **named) as streams:
            sys.stderr.isatty = lambda: True  # type: ignore[method-assign]
            yield streams

    return isolated


@pytest.mark.parametrize("verb", ["check", "build", "find", "export", "run"])
def test_a_bad_setting_is_a_sentence_to_every_verb(inside, monkeypatch, verb):
    monkeypatch.setenv("ONRECORD_LOG__LEVEL", "loud")
    done = inside(verb, *(["x"] if verb == "find" else []))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("setting log.level (ONRECORD_LOG__LEVEL): 'loud': ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("verb", ["build", "find", "export"])
def test_bad_seeds_are_told_by_every_verb(inside, small_seeds, verb):
    line = alter(small_seeds, HERALD, "speaker: ole-dahl", "speaker: nobody")
    done = inside(verb, *(["x"] if verb == "find" else []))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"seeds/{HERALD}:{line}: ")


def test_run_without_a_token_says_what_to_do(onrecord):
    done = onrecord("run", DISCORD_TOKEN="")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("no token: set DISCORD_TOKEN")


# find


def test_find_prints_the_words_with_their_receipt(onrecord):
    done = onrecord("find", "berg", "cranes")
    assert (done.returncode, done.stderr) == (0, "")
    for line in (
        "“We need taller cranes, … and we need them now.”",
        "  Ada Berg, Harbour Master, Northport",
        "  said 4 May 2017",
        "  a walk on the quay",
        "  via Port Agency",
        "  direct quotation",
        "  Herald, 4 May 2017: Cranes again <https://example.org/herald/cranes>",
        "  Courier, 2 July 2018: Berg moves up <https://example.org/courier/berg>",
        "  [berg-2017-05-04-cranes]",
    ):
        assert f"{line}\n" in done.stdout


def test_what_only_the_article_says_of_a_speaker_is_shown(inside):
    shown = inside("find", "dahl").output
    assert "  Ole Dahl, former pilot\n" in shown
    assert "  reported 4 May 2017\n" in shown


def test_a_correction_is_shown(inside):
    shown = inside("find", "berg dredging").output
    assert "  corrected on 1 August 2018: the article was corrected; it was: Mud is mad.\n" in shown


def test_finding_nothing_is_no_fault(inside):
    done = inside("find", "asdfgh")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout


def test_find_as_json_has_the_promised_shape(inside):
    found = json.loads(inside("find", "--json", "ada berg cranes").output)
    assert {"query", "understood", "statements", "suggestions", "ms"} <= set(found)
    assert found["query"] == "ada berg cranes"
    assert found["understood"]["speaker"] == "ada-berg"
    assert found["understood"]["topic"] == "cranes"
    assert found["statements"] == ["berg-2017-05-04-cranes"]
    assert isinstance(found["suggestions"], list)
    assert 0 < found["ms"] < 5000
    nothing = json.loads(inside("find", "--json", "asdfgh").output)
    assert nothing["understood"] == {**nothing["understood"], "speaker": None, "topic": None}
    assert nothing["statements"] == []


def test_a_batch_answers_each_line_whatever_it_holds(onrecord):
    lines = [
        b"berg cranes",
        b"",
        b"  ",
        b"\xff\xfe\x00",
        b"dahl\r",
        "Берг".encode(),
        b"x" * 5000,
        b"last, without an end",
    ]
    done = onrecord("find", "--batch", "-", "--json", stdin=b"\n".join(lines))
    assert (done.returncode, done.stderr) == (0, "")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["query"] for answer in answers] == [
        *("berg cranes", "", "  ", "\ufffd\ufffd\0", "dahl", "Берг", "x" * 5000, "last, without an end"),
    ]
    assert answers[0]["statements"] == ["berg-2017-05-04-cranes"]
    assert answers[5]["understood"]["speaker"] == "ada-berg"
    assert answers[1]["statements"] == answers[3]["statements"] == []


def test_a_batch_comes_from_a_file_too(onrecord, tmp_path):
    (tmp_path / "queries.txt").write_bytes(b"\xef\xbb\xbfberg cranes\nolf\xe9\n")
    done = onrecord("find", "--batch", "queries.txt", "--json")
    assert [json.loads(line)["query"] for line in done.stdout.splitlines()] == ["berg cranes", "olf\ufffd"]


@pytest.mark.parametrize("word", [b"\xff", b"berg\xfe cranes", "Берг".encode("cp1251"), b"\xed\xa0\x80", b"", b" "])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_an_argument_that_is_no_text_does_no_harm(inside, word, form):
    done = inside("find", *form, os.fsdecode(word))
    assert (done.exit_code, done.stderr) == (0, "")


def test_a_terminal_that_cannot_show_every_letter_does_no_harm(onrecord):
    done = onrecord("find", "berg cranes", PYTHONIOENCODING="latin-1")
    assert (done.returncode, done.stderr) == (0, "")
    assert r"\u201cWe need taller cranes" in done.stdout


def test_a_folder_whose_name_is_no_text_does_no_harm(onrecord):
    done = onrecord("build", "--into", b"\xff", PYTHONIOENCODING="utf-8:strict")
    assert (done.returncode, done.stderr) == (0, "")
    assert onrecord("find", "--generation", b"\xff", "berg").returncode == 0


def test_a_reader_that_goes_away_is_no_fault_of_ours(onrecord, small_seeds):
    assert onrecord("build").returncode == 0
    command = f"{shlex.quote(sys.executable)} -m bot export | head -c 10; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode in {0, 1}
    assert done.stderr == ""


# export


@pytest.mark.parametrize("form", ["jsonl", "csv", "jsonld"])
def test_export_prints_every_statement(inside, small_seeds, form):
    done = inside("export", "--format", form)
    assert (done.exit_code, done.stderr) == (0, "")
    for statement in seeds.load(small_seeds).statements:
        assert statement.id in done.stdout


def test_export_is_jsonl_unless_asked(inside):
    assert inside("export").stdout == inside("export", "--format", "jsonl").stdout
    assert all(json.loads(line) for line in inside("export").stdout.splitlines())


def test_digest_prints_what_a_day_would_hold(inside):
    told = inside("digest", "--date", "4 May 2026", "--json")
    assert told.exit_code == 0
    found = json.loads(told.output)
    assert found["policy_used"] is None
    assert [(entry["kind"], entry["heading"]) for entry in found["entries"]] == [
        ("statement", "Said on this day"),
        ("event", "Events"),
        ("statement", "Reported on this day"),
    ]
    assert "We need taller cranes," in inside("digest", "--date", "4 May").output
    assert (
        "Nothing falls on 6 May; the nearest day with something is 4 May." in inside("digest", "--date", "6 May").output
    )
    assert inside("digest", "--date", "6 May", "--on-empty-days", "skip").output.endswith("Nothing.\n")
    assert inside("digest", "--date", "soon").exit_code == 1


# The log of what was done to the collection


def test_before_anything_was_done_the_log_is_empty(inside, tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_DATA__DIR", str(tmp_path))
    done = inside("log")
    assert (done.exit_code, done.output) == (0, "")


def test_the_log_tells_who_did_what_when_and_what_came_of_it(inside, tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_DATA__DIR", str(tmp_path))
    at = datetime(2026, 12, 6, 12, tzinfo=UTC)
    with closing(State.open(tmp_path / "state.db")) as state:
        state.begin(Actor("ada", 7, 1), Verb.RELOAD, at, Fate.SERVED, "4f4e6a19", "1 added, 0 changed, 0 removed")
        state.begin(Actor("ole", 8, 1), Verb.ROLLBACK, at, Fate.REFUSED)
        state.begin(Actor("operator"), Verb.RELOAD, at, Fate.PROBLEMS, detail="a.yaml:1: x\nb.yaml:2: y")
    done = inside("log")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "2026-12-06 12:00:00Z  ada (7) in 1  reload  served  4f4e6a19  1 added, 0 changed, 0 removed",
        "2026-12-06 12:00:00Z  ole (8) in 1  rollback  refused",
        "2026-12-06 12:00:00Z  operator  reload  problems  2 problems",
    ]
    told = [json.loads(line) for line in inside("log", "--json").stdout.splitlines()]
    assert told[0] == {
        "at": "2026-12-06T12:00:00+00:00",
        "name": "ada",
        "user": 7,
        "guild": 1,
        "action": "reload",
        "outcome": "served",
        "generation": "4f4e6a19",
        "detail": "1 added, 0 changed, 0 removed",
    }
    assert told[2]["detail"] == "a.yaml:1: x\nb.yaml:2: y"


def test_a_reload_where_no_bot_runs_is_the_user_s_fault(inside, tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_DATA__DIR", str(tmp_path))
    done = inside("reload")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"no On Record runs on {tmp_path}; `onrecord run` takes the seeds up when it starts\n"
