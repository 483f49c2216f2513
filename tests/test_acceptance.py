"""What is accepted goes into the seeds: checked as a whole first, and all of it or nothing."""

import difflib
import errno
import io
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from bot import cli
from bot.corpus import seeds, verbatim
from bot.drafting.reviewing import acceptance
from bot.drafting.reviewing.draftfile import DraftFile
from bot.drafting.reviewing.draftseed import Review
from bot.drafting.reviewing.review import Reviewer
from bot.drafting.reviewing.terminal import Lines
from bot.errors import DraftError, SeedProblems
from tests.drafts import ID, TEXT, desk, drafted, spans, write
from tests.seedfiles import HERALD, alter

NAME = f"articles/{ID}.yaml"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    from tests import seedfiles

    return drafted(seeds.load(seedfiles.small(tmp_path_factory.mktemp("once") / "seeds")))


@pytest.fixture
def path(made, tmp_path):
    return write(tmp_path / "drafts", made)


@pytest.fixture
def at(path, small_seeds):
    """The desk with the draft on it; two statements are accepted, one is rejected."""
    seated = desk(path, small_seeds)
    seated.accept()
    seated.step(1)
    seated.reject()
    seated.step(2)
    seated.accept()
    return seated


def publish(at, folder):
    return acceptance.publish(at.file, folder, at.seeds)


def everything(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()
    }


def test_a_new_article_is_written_with_what_is_accepted_and_no_prose_of_it(at, small_seeds):
    before = everything(small_seeds)
    done = publish(at, small_seeds)
    assert done.file == small_seeds / NAME
    assert done.count == 6
    text = done.file.read_text()
    for word in ("review", "passage", "prefix", "exact", "suffix", "same_as", "edited", "rejected", "told reporters"):
        assert word not in text
    first, second = seeds.load(small_seeds).statements[-2:]
    assert first.citation.pieces == ("The quay is too short,", "and the cranes are too small.")
    assert f"    spans: {[list(span) for span in at.file.statements[0].spans]}\n" in text
    assert second.speaker.id == "kim-moe"
    assert everything(small_seeds).keys() - before.keys() == {NAME}
    changed = {name for name, content in everything(small_seeds).items() if before.get(name) != content}
    assert changed == {NAME, "speakers.yaml"}


def test_what_is_published_is_sound_and_verbatim(at, path, small_seeds):
    publish(at, small_seeds)
    loaded = seeds.load(small_seeds)
    one = next(one for one in loaded.statements if one.speaker.id == "kim-moe")
    assert one.citation.pieces == ("Mud is patient,", "It waits.", "And then it moves.")
    assert loaded.spans[f"{one.id}@{ID}"] == spans("“Mud is patient,”", "“It waits.\n\n“And then it moves.”")
    assert verbatim.check_one(loaded, ID, TEXT.encode()) == []
    told = [problem for problem in verbatim.check(loaded, path.parent) if NAME in problem.file]
    assert told == []


def test_a_newcomer_gets_an_office_that_begins_where_the_article_says_no_more(at, small_seeds):
    before = (small_seeds / "speakers.yaml").read_text()
    publish(at, small_seeds)
    after = (small_seeds / "speakers.yaml").read_text()
    added = [line[2:] for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line.startswith("+ ")]
    assert [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line.startswith("- ")] == []
    assert "\n".join(added) == (
        "  - id: kim-moe\n"
        "    name: Kim Moe\n"
        "    offices:\n"
        "      - title: head\n"
        "        organisation: Northport Dredgers\n"
        "        from: ../2019-05-09\n"
        "        source:\n"
        "          title: Gazette\n"
        "          url: https://example.org/quay"
    )


def test_since_when_is_asked_for_in_the_review(path, small_seeds):
    shown = io.StringIO()
    keys = ["n", "n", "n", "a", "w", "since ever", "2018-03", "p"]
    Reviewer(desk(path, small_seeds), small_seeds, Console(file=shown, width=120), Lines(iter(keys))).run()
    assert "“since ever” is not a date" in shown.getvalue()
    moe = next(one for one in seeds.load(small_seeds).speakers if one.id == "kim-moe")
    assert moe.offices[0].since.edtf == "2018-03"
    before, _, after = shown.getvalue().partition("In the seeds:")
    assert "Kim Moe [kim-moe] is new: head" in before
    assert "is new" not in after
    assert "4 are pending still." in after


def test_newcomers_and_topics_that_nobody_used_stay_in_the_draft(at, small_seeds):
    at.edit("topics", "+deep mud")
    at.accept()
    at.step(-1)
    at.edit("topics", "+never used")
    publish(at, small_seeds)
    loaded = seeds.load(small_seeds)
    assert [topic.id for topic in loaded.topics] == ["cranes", "dredging", "deep-mud"]
    at.step(1)
    at.reject()
    at.publish([0])
    assert "# " not in (small_seeds / "topics.yaml").read_text()


def test_an_article_that_is_there_is_extended_and_its_comments_stay(at, path, small_seeds):
    publish(at, small_seeds)
    at.publish([0, 3])
    file = small_seeds / NAME
    file.write_text(file.read_text().replace("statements:\n", "statements:  # as she said it\n") + "# the end\n")
    seated = desk(path, small_seeds)
    seated.edit("text", "Berg left it to the council to find “any money”.")
    seated.accept()
    before = file.read_text()
    done = publish(seated, small_seeds)
    after = file.read_text()
    assert [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line.startswith("- ")] == []
    assert "statements:  # as she said it\n" in after
    assert after.endswith("# the end\n")
    assert [one.id for one in done.accepted.statements] == [seated.file.statements[2].id]
    assert done.count == 7


def test_a_merged_statement_becomes_a_further_report_of_the_known_one(path, small_seeds):
    seated = desk(path, small_seeds)
    seated.merge("berg-2017-05-04-cranes")
    seated.accept()
    done = publish(seated, small_seeds)
    text = done.file.read_text()
    assert "also_reports:\n  - statement: berg-2017-05-04-cranes\n    kind: direct\n" in text
    assert "speaker:" not in text
    assert "topics:" not in text
    loaded = seeds.load(small_seeds)
    known = next(one for one in loaded.statements if one.id == "berg-2017-05-04-cranes")
    assert [citation.article.id for citation in known.citations] == [
        "2017-05-04-herald",
        "2018-07-02-courier",
        ID,
    ]
    assert loaded.spans[f"berg-2017-05-04-cranes@{ID}"] == seated.file.statements[0].spans


# All or nothing


def test_without_what_a_reader_checks_it_by_nothing_is_published(made, small_seeds, tmp_path):
    path = write(tmp_path / "bare", drafted(seeds.load(small_seeds), url=""))
    seated = desk(path, small_seeds)
    seated.accept()
    before = everything(small_seeds)
    with pytest.raises(DraftError, match="the article has no url yet"):
        publish(seated, small_seeds)
    assert everything(small_seeds) == before


def test_nothing_accepted_is_nothing_to_publish(path, small_seeds):
    with pytest.raises(DraftError, match="nothing is accepted"):
        publish(desk(path, small_seeds), small_seeds)


def test_seeds_that_would_not_be_sound_stay_as_they_were(at, small_seeds):
    line = alter(small_seeds, HERALD, "speaker: ole-dahl", "speaker: nobody")
    before = everything(small_seeds)
    with pytest.raises(SeedProblems) as refused:
        publish(at, small_seeds)
    assert str(refused.value).startswith(f"seeds/{HERALD}:{line}: statements[1].speaker: there is no speaker “nobody”")
    assert everything(small_seeds) == before


def test_words_that_do_not_stand_there_are_caught_by_the_gate(at, path, small_seeds):
    path.write_text(path.read_text().replace("      - It waits.", "      - It sleeps."))
    file = DraftFile.open(path)
    before = everything(small_seeds)
    with pytest.raises(SeedProblems) as refused:
        acceptance.publish(file, small_seeds, at.seeds)
    assert "“It sleeps.” is not verbatim in its text" in str(refused.value)
    assert f"seeds/{NAME}:" in str(refused.value)
    assert everything(small_seeds) == before


def test_a_full_disk_changes_nothing(at, small_seeds, monkeypatch):
    before = everything(small_seeds)
    written: list[int] = []

    def full(descriptor):
        written.append(descriptor)
        if len(written) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DraftError, match="No space left on device"):
        publish(at, small_seeds)
    assert everything(small_seeds) == before


def full(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    ("of", "act"),
    [(tempfile, "mkdtemp"), (Path, "write_bytes"), (Path, "mkdir")],
    ids=["no folder", "no file", "no folder within"],
)
def test_a_disk_too_full_to_try_the_seeds_changes_nothing(at, path, small_seeds, monkeypatch, of, act):
    before, drafts = everything(small_seeds), everything(path.parent)
    with monkeypatch.context() as patch:
        patch.setattr(of, act, full)
        with pytest.raises(DraftError) as refused:
            publish(at, small_seeds)
    assert str(refused.value) == (
        f"a copy of the seeds, to try them in, cannot be made in {tempfile.gettempdir()} (No space left on device); "
        "nothing was written: make room there, then try again"
    )
    assert (everything(small_seeds), everything(path.parent)) == (before, drafts)
    assert publish(at, small_seeds).count == 6


def test_without_links_the_seeds_are_copied_as_long_as_there_is_room(at, small_seeds, monkeypatch):
    monkeypatch.setattr(Path, "symlink_to", full)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        with pytest.raises(DraftError, match=r"No space left on device.*nothing was written"):
            publish(at, small_seeds)
    assert publish(at, small_seeds).count == 6


def test_without_a_folder_for_temporary_files_nothing_is_written(at, small_seeds, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    before = everything(small_seeds)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    with pytest.raises(DraftError, match=r"cannot be made in .*file \(Not a directory\); nothing was written: "):
        publish(at, small_seeds)
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(tmp_path / "file")])
    with pytest.raises(DraftError, match=r"in a temporary folder .*: name another folder in TMPDIR, then try again"):
        publish(at, small_seeds)
    assert everything(small_seeds) == before


def test_a_seed_file_that_cannot_be_read_any_more_changes_nothing(at, small_seeds):
    (small_seeds / "topics.yaml").unlink()
    (small_seeds / "topics.yaml").mkdir()
    before = everything(small_seeds)
    with pytest.raises(DraftError, match=r"topics\.yaml: cannot be read \(Is a directory\); nothing was written: "):
        publish(at, small_seeds)
    assert everything(small_seeds) == before


def test_where_articles_should_be_there_is_a_file(at, small_seeds):
    shutil.rmtree(small_seeds / "articles")
    (small_seeds / "articles").touch()
    before = everything(small_seeds)
    with pytest.raises(DraftError, match=r"cannot be (?:read|made) .*nothing was written"):
        publish(at, small_seeds)
    assert everything(small_seeds) == before


def test_what_cannot_be_put_back_is_told_and_the_next_time_goes_on_from_there(at, small_seeds, monkeypatch):
    real = Path.replace
    placed: list[Path] = []

    def once(self, target):
        if placed:
            full()
        placed.append(target)
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", once)
        with pytest.raises(DraftError) as refused:
            publish(at, small_seeds)
    assert f"{ID}.yaml: cannot be written (No space left on device); it is as it was" in str(refused.value)
    assert "speakers.yaml could not be put back; the seeds are sound all the same" in str(refused.value)
    assert not (small_seeds / NAME).exists()
    assert "kim-moe" in [speaker.id for speaker in seeds.load(small_seeds).speakers]
    at.renew(seeds.load(small_seeds))
    assert publish(at, small_seeds).count == 6


def test_a_draft_that_cannot_be_marked_is_marked_the_next_time(path, small_seeds, monkeypatch):
    real = Path.replace
    failed: list[Path] = []

    def once(self, target):
        if target == path and (small_seeds / NAME).exists() and not failed:
            failed.append(target)
            full()
        return real(self, target)

    monkeypatch.setattr(Path, "replace", once)
    shown = io.StringIO()
    keys = ["a", "r", "r", "a", "r", "w", "", "p", "w"]
    Reviewer(desk(path, small_seeds), small_seeds, Console(file=shown, width=120), Lines(iter(keys))).run()
    told = " ".join(shown.getvalue().split())
    assert "cannot be written (No space left on device)" in told
    assert "The seeds have what was accepted all the same; w notes it in the draft" in told
    assert "2 accepted" not in told
    assert [one.review for one in DraftFile.open(path).statements].count(Review.PUBLISHED) == 2
    assert seeds.load(small_seeds).count == 6


def test_seeds_that_somebody_breaks_right_after_are_told_and_the_draft_is_marked(path, small_seeds, monkeypatch):
    def meanwhile(*given):
        done = real(*given)
        alter(small_seeds, HERALD, "speaker: ole-dahl", "speaker: nobody")
        return done

    real = acceptance.publish
    monkeypatch.setattr(acceptance, "publish", meanwhile)
    shown = io.StringIO()
    keys = ["a", "w"]
    Reviewer(desk(path, small_seeds), small_seeds, Console(file=shown, width=120), Lines(iter(keys))).run()
    assert "somebody else has changed the seeds meanwhile" in shown.getvalue()
    assert "there is no speaker “nobody”" in shown.getvalue()
    assert DraftFile.open(path).statements[0].review is Review.PUBLISHED


def test_a_file_that_cannot_take_its_place_puts_the_others_back(at, small_seeds, monkeypatch):
    before = everything(small_seeds)
    real = Path.replace

    def refuse(self, target):
        if Path(target).name == f"{ID}.yaml":
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(DraftError, match="Permission denied"):
        publish(at, small_seeds)
    assert everything(small_seeds) == before


def test_cut_off_between_two_files_the_seeds_are_sound_and_doing_it_again_goes_on(at, path, small_seeds, monkeypatch):
    real = Path.replace

    def killed(self, target):
        if Path(target).name == f"{ID}.yaml":
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            publish(at, small_seeds)
    assert "kim-moe" in (small_seeds / "speakers.yaml").read_text()
    seeds.load(small_seeds)
    done = publish(desk(path, small_seeds), small_seeds)
    assert done.count == 6
    assert done.accepted.newcomers == ()


def test_cut_off_before_the_draft_knew_it_is_published_once(at, path, small_seeds):
    first = publish(at, small_seeds)
    again = desk(path, small_seeds)
    assert [one.review for one in again.file.statements].count(Review.ACCEPTED) == 2
    before = everything(small_seeds)
    done = publish(again, small_seeds)
    assert (done.accepted.statements, done.count) == ((), first.count)
    assert everything(small_seeds) == before
    again.publish(list(done.accepted.numbers))
    assert [one.review for one in again.file.statements].count(Review.PUBLISHED) == 2


def test_a_file_that_somebody_writes_meanwhile_is_not_overwritten(at, small_seeds, monkeypatch):
    def meanwhile(*given):
        (small_seeds / "speakers.yaml").write_text((small_seeds / "speakers.yaml").read_text() + "# hers\n")
        return real(*given)

    real = verbatim.check_one
    monkeypatch.setattr(verbatim, "check_one", meanwhile)
    with pytest.raises(DraftError, match=r"speakers\.yaml: was changed by somebody else"):
        publish(at, small_seeds)
    assert (small_seeds / "speakers.yaml").read_text().endswith("# hers\n")
    assert not (small_seeds / NAME).exists()


def test_an_article_that_the_seeds_have_with_another_text_is_not_mixed_up(at, path, small_seeds):
    publish(at, small_seeds)
    file = small_seeds / NAME
    file.write_text(file.read_text().replace(at.file.article.text_sha256, "0" * 64))
    with pytest.raises(DraftError, match="with another text"):
        publish(desk(path, small_seeds), small_seeds)


def test_what_is_published_is_changed_in_the_seeds_only(at, small_seeds):
    publish(at, small_seeds)
    at.publish([0, 3])
    assert not at.undo()
    at.at = 0
    for act in (at.reject, lambda: at.edit("text", "x"), lambda: at.merge(""), at.accept):
        with pytest.raises(DraftError, match="in the seeds already"):
            act()
    with pytest.raises(DraftError, match="the article is in the seeds already"):
        at.edit_article("title", "x")


def test_seeds_in_bulk_are_tried_without_copying_them(at, small_seeds):
    line = (
        '{"id": "s1", "speaker": "ada-berg", "kind": "direct", "text": "So.", "topics": ["cranes"], '
        '"article": "2017-05-04-herald"}\n'
    )
    (small_seeds / "articles.jsonl").write_text("")
    (small_seeds / "statements.jsonl").write_text(line)
    assert publish(at, small_seeds).count == 7


def test_what_else_lies_deep_below_the_articles_is_left_alone(at, small_seeds):
    notes = small_seeds / "articles" / "2019" / "05" / "notes.md"
    notes.parent.mkdir(parents=True)
    notes.write_text("on the quay")
    assert publish(at, small_seeds).count == 6
    assert notes.read_text() == "on the quay"


def test_an_article_two_folders_deep_is_told_and_nothing_is_written(at, small_seeds):
    deep = small_seeds / "articles" / "2019" / "05" / "quay.yaml"
    deep.parent.mkdir(parents=True)
    deep.write_text("article:\n")
    before = everything(small_seeds)
    with pytest.raises(SeedProblems) as refused:
        publish(at, small_seeds)
    assert [str(problem).partition(";")[0] for problem in refused.value.problems] == [
        "seeds/articles/2019/05/quay.yaml: is not read"
    ]
    assert everything(small_seeds) == before


# From key to answer


def test_from_the_first_key_to_an_answer(path, small_seeds, tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_SEEDS__DIR", str(small_seeds))
    monkeypatch.setenv("ONRECORD_DRAFTS__DIR", str(path.parent))
    monkeypatch.setenv("ONRECORD_DATA__DIR", str(tmp_path / "data"))
    keys = "a\nr\nr\na\nr\nw\n\nq\n"
    done = CliRunner().invoke(cli.main, ["review", ID], input=keys, catch_exceptions=False)
    assert done.exit_code == 0
    shown = " ".join(done.output.split())
    assert "In the seeds: 2 statements, 1 new speaker" in shown
    assert "Try it: onrecord find berg cranes" in shown
    assert "/seeds reload" in shown
    assert "2 published" in shown
    answer = CliRunner().invoke(cli.main, ["find", "berg", "quay"], catch_exceptions=False)
    assert "“The quay is too short, … and the cranes are too small.”" in answer.output
    assert "Gazette, 9 May 2019: Minister wants a longer quay <https://example.org/quay>" in answer.output
    moe = CliRunner().invoke(cli.main, ["find", "kim", "moe"], catch_exceptions=False)
    assert "Kim Moe, head, Northport Dredgers" in moe.output


def test_what_would_be_wrong_is_shown_in_the_review_and_goes_on(path, small_seeds):
    opened = desk(path, small_seeds)
    alter(small_seeds, HERALD, "said: 2017-04\n", "said: 2019-04\n")
    before = everything(small_seeds)
    shown = io.StringIO()
    Reviewer(opened, small_seeds, Console(file=shown, width=120), Lines(iter(["a", "w", "r"]))).run()
    assert "The seeds would not be sound, so nothing was written:" in shown.getvalue()
    assert everything(small_seeds) == before
    assert DraftFile.open(path).statements[1].review is Review.REJECTED
