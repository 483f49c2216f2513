"""A curator goes through a draft: each key is on disk before the next, nothing is lost and nothing wrong is let in."""

import errno
import io
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from bot import settings as bot_settings
from bot.corpus import seeds
from bot.drafting import verbs
from bot.drafting.reviewing.desk import FIELDS
from bot.drafting.reviewing.draftfile import DraftFile
from bot.drafting.reviewing.draftseed import Review
from bot.drafting.reviewing.keys import HELP, KEYS, menu
from bot.drafting.reviewing.review import Reviewer
from bot.drafting.reviewing.terminal import Lines
from bot.drafting.yamltext import Inline
from bot.errors import DraftError
from bot.record import Kind
from tests.drafts import ID, TEXT, desk, drafted, spans, write


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    from tests import seedfiles

    return seeds.load(seedfiles.small(tmp_path_factory.mktemp("once") / "seeds"))


@pytest.fixture(scope="module")
def made(collection):
    return drafted(collection)


@pytest.fixture
def path(made, tmp_path):
    return write(tmp_path / "drafts", made)


@pytest.fixture
def at(path, small_seeds):
    """The desk with the draft on it."""
    return desk(path, small_seeds)


@pytest.fixture
def typing(at, small_seeds):
    """Type lines; what is shown."""

    def typed(*lines: str) -> str:
        shown = io.StringIO()
        Reviewer(at, small_seeds, Console(file=shown, width=120), Lines(iter(f"{line}\n" for line in lines))).run()
        return shown.getvalue()

    return typed


def on_disk(path: Path) -> DraftFile:
    return DraftFile.open(path)


def refused(act, *given: str) -> str:
    with pytest.raises(DraftError) as error:
        act(*given)
    return str(error.value)


# Accepting


def test_a_good_draft_is_accepted_with_one_key_and_the_next_comes(at, path, typing):
    shown = typing("a")
    assert on_disk(path).statements[0].review is Review.ACCEPTED
    assert at.at == 1
    assert "1 accepted" in shown
    assert "4 pending" in shown


def test_what_is_missing_is_asked_for_at_once(path, typing):
    shown = typing("n", "a", "Dahl called the plan “a tower of mud”.", "q")
    assert "put a sentence of our own around them" in shown
    second = on_disk(path).statements[1]
    assert second.review is Review.ACCEPTED
    assert second.text == ("Dahl called the plan “a tower of mud”.",)


def test_an_indirect_statement_needs_words_of_ours(at, path, typing):
    at.step(2)
    copied = "Berg said the council will decide in June whether there is money."
    shown = typing("a", copied, "e", "t", "Whether money is there is for the council, said Berg.", "a")
    assert "“the council will decide in June” stands in the article, too: 6 words in a row" in shown
    assert on_disk(path).statements[2].review is Review.ACCEPTED
    assert on_disk(path).statements[2].text == ("Whether money is there is for the council, said Berg.",)


def test_a_warning_is_accepted_by_pressing_once_more(at, path, typing):
    at.edit("topics", "")
    shown = typing("a")
    assert "it has no topic" in shown
    assert on_disk(path).statements[0].review is Review.PENDING
    typing("a", "a")
    assert on_disk(path).statements[0].review is Review.ACCEPTED


def test_nobody_named_is_a_fault_until_somebody_is(at, path, typing):
    at.step(4)
    assert [field for field, _ in at.verdict.faults] == ["speaker", "basis"]
    shown = typing("a", "dahl", "1", "", "q")
    assert "Ole Dahl" in shown
    last = on_disk(path).statements[4]
    assert (last.speaker, last.review) == ("ole-dahl", Review.ACCEPTED)
    assert last.id.startswith("dahl-2019-05-09-")
    assert last.basis == "the article gives no day; reported 9 May 2019"


def test_rejecting_keeps_it_in_the_draft(at, path, typing):
    typing("r", "r")
    assert [one.review for one in on_disk(path).statements][:3] == [Review.REJECTED] * 2 + [Review.PENDING]


# Editing


@pytest.mark.parametrize(
    ("field", "words", "sentence"),
    [
        ("said", "Thursday", "“Thursday” is not a date"),
        ("said", "2019-02-30", "the calendar has no such day"),
        ("kind", "loud", "“loud” is not one of"),
        ("speaker", "churchill", "there is nobody “churchill”"),
        ("topics", "cranes, crains", "there is no topic “crains”; did you mean cranes"),
        ("text", "The quay is too long", 'is not verbatim in the article; closest: “"The quay is too short,"”'),
        ("text", "and the cranes are too small | The quay is too short", "keep its order"),
        ("text", "“The quay is too short", "begins or ends with a quotation mark"),
        ("text", "x" * 1501, "at most 1,500 fit"),
        ("basis", "x" * 201, "at most 200 fit"),
        ("via", "\u202e", "invisible or unassigned character U+202E"),
        ("id", "no id", "is not an id"),
    ],
)
def test_what_the_seeds_would_refuse_is_refused_at_once(at, path, field, words, sentence):
    before = path.read_bytes()
    assert sentence in refused(at.edit, field, words)
    assert path.read_bytes() == before
    assert at.file.text.encode() == before


def test_the_prompt_comes_again_with_the_sentence(path, typing):
    shown = typing("e", "d", "Thursday", "2019-05", "q")
    assert "“Thursday” is not a date" in shown
    first = on_disk(path).statements[0]
    assert first.said is not None
    assert first.said.edtf == "2019-05"
    assert first.edited == ("said",)


def test_an_empty_line_leaves_the_field_after_a_refusal_too(at, path, typing):
    at.accept()
    shown = typing("e", "d", "Thursday", "", "A", "u", "quay", "", "n", "q")
    assert shown.count("“Thursday” is not a date") == 1
    assert shown.count("“quay” is not an address") == 1
    assert on_disk(path).statements[0].review is Review.ACCEPTED
    assert at.at == 1


def test_every_field_may_be_edited_and_emptied(at, path):
    for field, words in {
        **{"text": "The quay is too short", "speaker": "ole-dahl", "kind": "mixed", "said": "2019-05"},
        **{"basis": "b", "occasion": "o", "via": "v", "described_as": "d", "topics": "hoists, dredging", "id": "x-1"},
    }.items():
        at.edit(field, words)
    first = on_disk(path).statements[0]
    assert first.topics == ("cranes", "dredging")
    assert (first.kind, first.speaker, first.id, first.via) == (Kind.MIXED, "ole-dahl", "x-1", "v")
    for field in set(FIELDS) - {"id", "kind"}:
        at.edit(field, "")
    assert refused(at.edit, "id", "")
    assert refused(at.edit, "kind", "")
    first = on_disk(path).statements[0]
    assert (first.text, first.speaker, first.said, first.topics, first.basis) == (None, None, None, (), "")


def test_the_id_follows_who_spoke_and_when_until_somebody_chose_one(at):
    end = at.statement.id.removeprefix("berg-2019-05-09-")
    at.edit("speaker", "ole-dahl")
    assert at.statement.id == f"dahl-2019-05-09-{end}"
    at.edit("said", "2019-05")
    assert at.statement.id == f"dahl-2019-05-{end}"
    at.edit("speaker", "northport-council")
    assert at.statement.id == f"northport-council-2019-05-{end}"
    at.edit("id", "short-quay")
    at.edit("said", "2019")
    assert at.statement.id == "short-quay"


def test_an_id_that_is_taken_is_refused(at):
    assert "is taken already" in refused(at.edit, "id", "berg-2017-05-04-cranes")
    assert "is taken already" in refused(at.edit, "id", at.file.statements[1].id)
    assert "is taken already" in refused(at.edit, "id", "berg-2018-07-01-gone")
    at.edit("id", at.statement.id)


def test_another_kind_takes_what_is_verbatim_in_the_passage(at):
    at.edit("kind", "i")
    assert (at.statement.kind, at.statement.text) == (Kind.INDIRECT, None)
    at.edit("kind", "m")
    assert at.statement.text == ("“The quay is too short” … “and the cranes are too small”",)
    at.edit("kind", "direct")
    assert at.statement.text == ("The quay is too short,", "and the cranes are too small.")


def test_words_from_outside_the_passage_take_their_place_along(at, path):
    at.edit("text", "quay is too short | Mud is patient")
    assert on_disk(path).statements[0].spans == spans("quay is too short", "Mud is patient")
    at.edit("text", "is too short")  # a part of it: the spans hold it already
    assert on_disk(path).statements[0].spans == spans("quay is too short", "Mud is patient")


def test_somebody_new_is_introduced_with_an_office(path, typing):
    typing("e", "s", "+Lin Vik", "p", "harbour engineer", "Northport", "q")
    file = on_disk(path)
    assert file.statements[0].speaker == "lin-vik"
    new = file.model.new_speakers[-1]
    assert (new.name, new.offices[0].title, new.offices[0].organisation) == ("Lin Vik", "harbour engineer", "Northport")
    assert new.offices[0].since is None


def test_a_new_topic_is_proposed_once(at, path):
    at.edit("topics", "cranes, +long quays")
    at.step(1)
    at.edit("topics", "long quays")
    file = on_disk(path)
    assert [(new.id, new.label) for new in file.model.new_topics] == [("long-quays", "long quays")]
    assert file.statements[1].topics == ("long-quays",)
    assert refused(at.edit, "topics", "+another, nonsense")
    assert len(on_disk(path).model.new_topics) == len(at.file.model.new_topics) == 1


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("berg", "ada-berg"),
        ("Ада Берг", "ada-berg"),
        ("port chief", "ada-berg"),
        ("kim", "kim-moe"),
        ("counsil", "northport-council"),
    ],
)
def test_a_speaker_is_found_by_name_office_or_nearly(at, words, first):
    assert at.directory.choices(words)[0].id == first


def test_what_was_accepted_and_is_edited_waits_again(at, path):
    at.accept()
    at.edit("occasion", "on the quay")
    assert on_disk(path).statements[0].review is Review.PENDING


def test_what_a_sentence_of_ours_quotes_makes_it_mixed(at, path):
    at.step(2)
    at.edit("text", 'Berg spoke of "any money".')
    third = on_disk(path).statements[2]
    assert (third.kind, third.text) == (Kind.MIXED, ("Berg spoke of “any money”.",))
    at.edit("text", "Berg spoke of money.")
    assert on_disk(path).statements[2].kind is Kind.INDIRECT


# Merging


def test_the_same_statement_is_merged_by_its_number(at, path, typing):
    shown = typing("m", "1", "q")
    assert "1  berg-2017-05-04-cranes: “We need taller cranes, … and we need them now.” (said 4 May 2017)" in shown
    first = on_disk(path).statements[0]
    assert (first.same_as, first.review) == ("berg-2017-05-04-cranes", Review.ACCEPTED)
    typing("p", "m", "-")
    assert on_disk(path).statements[0].same_as is None


def test_nothing_is_merged_with_what_is_not_there_or_its_own(at, collection):
    assert "there is no statement “x”" in refused(at.merge, "x")
    at.step(1)
    at.merge("berg-2017-05-04-cranes")
    assert "“berg-2017-05-04-cranes” is by Ada Berg, this one by Ole Dahl" in at.verdict.warnings
    at.file.set_article(id="2017-05-04-herald")
    assert "is from this very article" in refused(at.merge, "berg-2017-05-04-cranes")


# Going about


def test_the_least_sure_comes_first(at, typing):
    order = []
    for _ in range(5):
        at.next_doubtful()
        order.append(at.at)
    assert order == [4, 2, 3, 1, 0]
    typing("d")
    assert at.at == 4


def test_it_goes_on_where_it_stopped(at, path, small_seeds):
    at.accept()
    at.step(1)
    at.reject()
    again = desk(path, small_seeds)
    assert again.at == 2
    assert again.pending == [2, 3, 4]


def test_keys_go_to_and_fro_and_unknown_ones_say_so(at, typing):
    shown = typing("n", "n", "n", "n", "n", "p", "z", "?")
    assert at.at == 3
    assert "there is no such key" in shown
    assert HELP.splitlines()[0] in shown
    assert all(f"{key}  " in HELP or f"{key} " in HELP for key in KEYS if key != "?")


def test_of_what_is_in_the_seeds_nothing_is_asked(at, path, typing):
    at.accept()
    at.file.set(0, basis=None)  # a fault, which is asked for where it is not in the seeds
    at.publish([0])
    before = path.read_bytes()
    shown = typing("a", "e", "m", "r", "A", "n", "q")
    assert shown.count("it is in the seeds already; change it there") == 4
    assert shown.count("the article is in the seeds already") == 1
    assert path.read_bytes() == before
    assert at.at == 1


def test_the_keys_are_named_over_as_many_lines_as_it_takes():
    for width in (20, 40, 79, 200):
        lines = menu(KEYS, width).splitlines()
        assert max(map(len, lines)) <= width
        named = [pair for line in lines for pair in line.removesuffix(" >").split("  ")]
        assert named == [f"{key} {what}" for key, what in KEYS.items()]


def test_what_came_of_a_key_is_the_last_thing_before_the_next(at, typing):
    for keys, told in {
        ("e", "z"): "no such field; nothing was changed",
        ("A", "z"): "no such field; nothing was changed",
        ("u",): "there is nothing to take back",
        ("r", "r", "r", "r", "r"): "Nothing is pending any more: w writes what is accepted to the seeds.",
        ("d",): "nothing is pending any more; n and p go through all there are",
    }.items():
        lines = typing(*keys).splitlines()
        assert lines[lines.index(told) + 1].startswith("a accept")


def test_every_act_can_be_taken_back(at, path, typing):
    before = path.read_bytes()
    at.accept()
    at.next_pending()
    at.edit("topics", "+mud")
    at.reject()
    for _ in range(3):
        assert at.undo()
    assert not at.undo()
    assert path.read_bytes() == before
    assert at.at == 0
    assert "there is nothing to take back" in typing("u")


# The article


def test_what_the_article_lacks_is_asked_for_first(collection, small_seeds, tmp_path):
    path = write(tmp_path / "drafts", drafted(collection, url="", outlet="", published=None))
    shown = io.StringIO()
    lines = Lines(iter(["Gazette", "Thursday", "2019-05-09", "quay", "https://example.org/quay", "q"]))
    Reviewer(desk(path, small_seeds), small_seeds, Console(file=shown, width=120), lines).run()
    assert "still needs its outlet, published, url" in shown.getvalue()
    assert "“Thursday” is not a date" in shown.getvalue()
    assert "“quay” is not an address" in shown.getvalue()
    file = on_disk(path)
    assert file.article.id == ID
    assert (file.article.url, file.article.outlet) == ("https://example.org/quay", "Gazette")
    assert [one.id.split("-", 1)[1][:10] for one in file.statements] == ["2019-05-09"] * 5


def test_the_article_is_edited_by_its_own_key(at, path, typing):
    shown = typing("A", "w", "machine", "translation", "A", "n", "from Northlandic", "A", "i", "n o", "2019-quay", "q")
    assert "“machine” is not one of" in shown
    assert "is not an id" in shown
    article = on_disk(path).article
    assert (str(article.wording), article.wording_note, article.id) == ("translation", "from Northlandic", "2019-quay")
    assert refused(at.edit_article, "url", "") == "is needed; type it"


# What is shown


def test_the_passage_stands_beside_the_draft_and_nothing_in_it_moves_the_cursor(collection, small_seeds, tmp_path):
    made = drafted(collection)
    path = write(tmp_path / "drafts", made)
    seated = desk(path, small_seeds)
    seated.judge.text = TEXT.replace("NORTHPORT", "\x1b[2J\x07ORT")
    for width in (60, 140):
        shown = io.StringIO()
        Reviewer(seated, small_seeds, Console(file=shown, width=width, force_terminal=False), Lines(iter(["q"]))).run()
        assert "\x1b" not in shown.getvalue()
        assert "\x07" not in shown.getvalue()
        assert "Ada Berg [ada-berg]" in shown.getvalue()
        assert "same statement as berg-2017-05-04-cranes?" in " ".join(shown.getvalue().split())


def test_nor_does_anything_in_what_is_wrong_with_it(at, typing):
    at.judge.text = TEXT.replace("too short", "too\x1b[2J\x9bshort")
    shown = typing("e", "t", "The quay is too short, too", "", "q")
    assert "is not verbatim in the article; closest: " in shown
    assert "too [2J short" in shown
    assert "".join(shown.splitlines()).isprintable()


def test_somebody_whom_only_the_draft_knows_is_shown_as_new(at, typing):
    at.step(3)
    assert "Kim Moe [kim-moe] is new: head, Northport" in typing("n", "p")
    at.edit("speaker", "+Lin Vik")
    assert "Lin Vik [lin-vik] is new: person" in typing("n", "p")


def test_an_id_is_shown_to_its_end_on_a_narrow_terminal(at, small_seeds):
    shown = io.StringIO()
    Reviewer(at, small_seeds, Console(file=shown, width=40), Lines(iter(["q"]))).run()
    assert at.statement.id in "".join(shown.getvalue().split())


@pytest.mark.parametrize("shift", range(11))
def test_what_stands_around_a_passage_is_cut_between_words(at, small_seeds, shift):
    before, passage, after = "beforehand " * 60 + "\n", "“The quay is too short.”", " afterwards" * 60 + "\n"
    at.judge.text = "x" * shift + before + passage + " " * shift + after
    begin = shift + len(before)
    at.file.set(0, spans=Inline([Inline([begin, begin + len(passage)])]))
    shown = io.StringIO()
    Reviewer(at, small_seeds, Console(file=shown, width=60), Lines(iter(["q"]))).run()
    words = re.findall(r"…?\w*(?:hand|after)\w*…?", shown.getvalue())
    assert set(words) == {"beforehand", "…beforehand", "afterwards", "afterwards…"}


def test_a_draft_without_statements_says_so(collection, small_seeds, tmp_path):
    made = drafted(collection)
    path = write(tmp_path / "drafts", made)
    empty = "".join(path.read_text().partition("statements:\n")[:1]) + "statements: []\n"
    path.write_text(empty)
    shown = io.StringIO()
    Reviewer(desk(path, small_seeds), small_seeds, Console(file=shown, width=120), Lines(iter(["a"]))).run()
    assert "The draft has no statement" in shown.getvalue()


# Nothing is lost


COMMENTS = st.lists(
    st.tuples(st.integers(0, 200), st.sampled_from(["# mine", "    # hm: [x]", "  # 2 % sure?"])), max_size=6
)
ACTS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sampled_from(
            [
                *({"text": "one"}, {"text": ["one", "two: x"]}, {"text": None}, {"topics": Inline(["a", "b"])}),
                *({"topics": Inline()}, {"said": "2019"}, {"said": None}, {"review": "accepted"}, {"basis": "b # c"}),
                *({"spans": Inline([Inline([1, 2])])}, {"edited": Inline(["text"])}, {"same_as": "x"}),
            ]
        ),
    ),
    max_size=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(COMMENTS, ACTS)
def test_a_curator_s_comments_stay_whatever_is_edited(made, path, comments, acts):
    from bot.drafting.render import render

    lines = render(made).splitlines()
    for number, comment in comments:
        lines.insert(number % (len(lines) - 1) + 1, comment)
    text = "\n".join(lines) + "\n"
    file = DraftFile(path, text)
    for number, values in acts:
        file.set(number, **values)
    kept = sorted(line.strip() for line in file.text.splitlines() if line.strip().startswith("#"))
    assert kept == sorted(line.strip() for line in lines if line.strip().startswith("#"))


def test_a_comment_behind_a_value_stays(path):
    path.write_text(path.read_text().replace("kind: direct\n", "kind: direct  # she nodded\n", 1))
    file = DraftFile.open(path)
    file.set(0, kind="mixed", text="x “y”")
    assert re.search(r"kind: mixed +# she nodded\n", file.text)


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(at, path):
    path.write_text(path.read_text() + "# from the editor\n")
    before = path.read_bytes()
    assert "was changed by somebody else while you reviewed it" in refused(at.accept)
    assert path.read_bytes() == before
    assert at.statement.review is Review.PENDING


def test_a_full_disk_loses_nothing(at, path, typing, monkeypatch):
    at.accept()
    before = path.read_bytes()

    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        shown = typing("n", "r", "q")
        assert "cannot be written (No space left on device); it is as it was: make room there" in shown
        assert path.read_bytes() == before
    assert sorted(each.name for each in path.parent.iterdir()) == [path.with_suffix(".txt").name, path.name]
    typing("r")
    assert on_disk(path).statements[1].review is Review.REJECTED


def test_a_full_disk_takes_nothing_back_by_halves(at, path, typing, monkeypatch):
    at.accept()
    before = path.read_bytes()

    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        shown = typing("u", "e", "s", "+Lin Vik", "p", "", "", "A", "t", "A shorter quay", "", "q")
    assert shown.count("cannot be written (No space left on device)") == 3
    assert path.read_bytes() == before
    assert at.file.text.encode() == before
    assert at.undo()
    assert on_disk(path).statements[0].review is Review.PENDING


def test_what_cannot_be_locked_is_not_reviewed(path, small_seeds, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(DraftError, match=r"cannot be kept from others while it is reviewed \("):
        verbs.review(path / "quay.yaml", small_seeds)
    before = path.read_bytes()
    monkeypatch.setattr(os, "open", full)
    with pytest.raises(DraftError, match=r"No space left on device\): make room there, then try again"):
        verbs.review(path, small_seeds)
    assert path.read_bytes() == before


def test_giving_up_a_line_changes_nothing(at, path, small_seeds):
    class GivenUp(Lines):
        def line(self, prompt: str, prefill: str = "") -> str:
            raise KeyboardInterrupt

    before = path.read_bytes()
    shown = io.StringIO()
    keys = GivenUp(iter(["e", "t", "m", "n"]))
    Reviewer(at, small_seeds, Console(file=shown, width=120), keys).run()
    assert shown.getvalue().count("Left as it was.") == 2
    assert path.read_bytes() == before
    assert at.at == 1


@pytest.fixture
def started(path, small_seeds, tmp_path, monkeypatch):
    """Start the real command; its standard input is a pipe."""
    monkeypatch.setenv("ONRECORD_SEEDS__DIR", str(small_seeds))
    monkeypatch.setenv("ONRECORD_DRAFTS__DIR", str(path.parent))
    monkeypatch.setenv("PYTHONPATH", str(bot_settings.HOME))
    running: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "bot", "review", path.stem]
        running.append(
            subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                cwd=tmp_path,
                env=os.environ | {"COLUMNS": "120"},
            )
        )
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.communicate()


def press(process: subprocess.Popen[str], path: Path, *lines: str) -> None:
    """Type lines and wait until the draft is another."""
    before = path.read_bytes()
    assert process.stdin
    for line in lines:
        process.stdin.write(f"{line}\n")
    process.stdin.flush()
    limit = time.monotonic() + 30
    while path.read_bytes() == before:
        assert time.monotonic() < limit, process.poll()
        time.sleep(0.01)


def test_killed_between_two_keys_nothing_is_lost_and_the_next_review_goes_on(path, started):
    first = started()
    press(first, path, "a")
    press(first, path, "e", "o", "on the quay")
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    file = on_disk(path)
    assert file.statements[0].review is Review.ACCEPTED
    assert file.statements[1].occasion == "on the quay"
    second = started()
    press(second, path, "r")
    out, err = second.communicate("q\n", timeout=30)
    assert (second.returncode, err) == (0, "")
    assert "2 of 5" in out
    assert on_disk(path).statements[1].review is Review.REJECTED


def test_two_at_one_draft_are_told_apart(path, started):
    first = started()
    press(first, path, "a")
    second = started()
    _, err = second.communicate("q\n", timeout=30)
    assert second.returncode == 1
    assert "somebody else is reviewing it" in err
    out, _ = first.communicate("", timeout=30)  # the terminal is closed
    assert first.returncode == 0
    assert "1 accepted" in out


def test_a_draft_that_is_not_there_is_told(path, small_seeds):
    with pytest.raises(DraftError, match="cannot be read"):
        verbs.review(path.with_name("gone.yaml"), small_seeds)
