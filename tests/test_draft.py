"""What was found in an article becomes a draft of its seeds, with offsets and doubts, and nothing invented."""

import errno
import json
import os
import time
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.corpus import seeds, yamltree
from bot.drafting import attribution, draft, ids, parsing, render, verbs, wording, yamltext
from bot.drafting.reviewing.draftfile import DraftFile, drafts
from bot.drafting.reviewing.draftseed import Review
from bot.drafting.values import Attribution, Manuscript, Occasion, Proposal, Span, Subject, Voice
from bot.drafting.verbs import Made, Wanted
from bot.errors import DraftError, Problem, SeedProblems
from bot.record import Dating, Kind
from tests.drafts import ID, TEXT, drafted, found, manuscript, spans, write


@pytest.fixture
def collection(small_seeds):
    return seeds.load(small_seeds)


@pytest.fixture
def made(collection):
    return drafted(collection)


@pytest.fixture
def path(made, tmp_path):
    return write(tmp_path / "drafts", made)


def one_statement(collection, text: str, *pieces: str, kind: Kind, voice: Voice | None = None):
    """The draft of an article with one statement in it."""
    (prose,) = parsing.parse([text])
    found_at: list[Span] = []
    for piece in pieces:
        begin = text.index(piece, found_at[-1][1] if found_at else 0)
        found_at.append((begin, begin + len(piece)))
    attribution = Attribution(tuple(found_at), (), (), kind)
    given = Manuscript("x.txt", text, text.encode())
    values = [(attribution, voice or Voice(collection.speakers[0]), Occasion(), Subject())]
    return draft.assemble(given, prose, values, collection)


# What a statement has


def test_statements_come_in_the_order_of_the_text_each_with_an_id_of_its_own(collection, made):
    assert made.article == ID
    names = [statement.id.split("-")[0] for statement in made.statements]
    assert names == ["berg", "dahl", "berg", "moe", "unnamed"]
    again = drafted(collection)
    backwards = draft.assemble(manuscript(), next(parsing.parse([TEXT])), list(reversed(found(collection))), collection)
    assert [one.id for one in again.statements] == [one.id for one in backwards.statements]
    assert all(len(one.id) <= 80 for one in made.statements)


def test_the_id_tells_what_it_is_about_and_when(made):
    first = made.statements[0]
    assert first.id.startswith("berg-2019-05-09-")
    assert set(first.id.removeprefix("berg-2019-05-09-").split("-")) <= {"quay", "short", "cranes", "small"}


def test_direct_words_stand_without_their_marks_a_piece_for_each_part_and_paragraph(made):
    assert made.statements[0].pieces == ("The quay is too short,", "and the cranes are too small.")
    assert made.statements[3].pieces == ("Mud is patient,", "It waits.", "And then it moves.")


def test_of_a_mixed_one_there_are_the_fragments_and_of_an_indirect_one_nothing(made):
    assert made.statements[1].pieces == ("“a tower of mud”",)
    assert made.statements[2].pieces == ()


@pytest.mark.parametrize(
    ("text", "pieces", "kind", "expected"),
    [
        ("He said: \"It's `odd'\".", ["\"It's `odd'\"."], Kind.DIRECT, ("It's `odd'",)),
        ("«Это так», he said.", ["«Это так»"], Kind.DIRECT, ("Это так",)),
        ("“So\u00ad it \u200fis,\u00a0here”", ["“So\u00ad it \u200fis,\u00a0here”"], Kind.DIRECT, ("So it is, here",)),
        ("„Ja“ and “no” he said", ["„Ja“ and “no”"], Kind.MIXED, ("“Ja” … “no”",)),
        ("He called it 'odd' and 'old'.", ["it 'odd' and 'old'"], Kind.MIXED, ("“odd” … “old”",)),
        ("He called it odd.", ["it odd"], Kind.MIXED, ()),
        ("It is odd -- Kim Moe", ["It is odd"], Kind.DIRECT, ("It is odd",)),
        ("“Never closed, he said.", ["“Never closed,"], Kind.DIRECT, ("Never closed",)),
    ],
)
def test_marks_of_every_shape_come_off(collection, text, pieces, kind, expected):
    assert one_statement(collection, text, *pieces, kind=kind).statements[0].pieces == expected


def test_a_quotation_that_no_card_can_show_is_cut_at_the_end_of_a_sentence_and_says_so(collection):
    text = f"“{'This is said at length. ' * 100}”"
    (statement,) = one_statement(collection, text, text, kind=Kind.DIRECT).statements
    (piece,) = statement.pieces
    assert 1_000 < len(piece) <= 1_500
    assert piece.endswith("length.")
    assert "longer than a card can show" in statement.doubts[-1]


def test_so_is_one_of_which_only_parts_are_quoted(collection):
    text = f"He called it “{'odd at length. ' * 80}” and “{'old at length. ' * 80}”."
    (statement,) = one_statement(collection, text, text, kind=Kind.MIXED).statements
    (wording,) = statement.pieces
    assert 1_000 < len(wording) <= 1_500
    assert "longer than a card can show" in statement.doubts[-1]


def test_who_speaks_is_somebody_known_or_proposed_or_nobody(made):
    assert [one.speaker for one in made.statements] == ["ada-berg", "ole-dahl", "ada-berg", "kim-moe", ""]
    (newcomer,) = made.newcomers
    assert newcomer.offices == (("head", "Northport Dredgers"),)
    assert made.statements[4].doubts[0] == "nobody is named as the speaker"
    assert made.statements[4].sure == 0


def test_a_newcomer_is_proposed_once_with_every_office_the_article_gives(collection):
    values = found(collection)
    attribution, _, occasion, subject = values[3]
    for title in ("head", "founder"):
        voice = Voice(proposal=Proposal("Kim Moe", title, "Northport Dredgers"))
        values.append((attribution, voice, occasion, subject))
    made = draft.assemble(manuscript(), next(parsing.parse([TEXT])), values, collection)
    (newcomer,) = made.newcomers
    assert [title for title, _ in newcomer.offices] == ["head", "founder"]
    assert len({one.id for one in made.statements}) == len(made.statements) == 7


@pytest.mark.parametrize("name", ["", "…", "x" * 61])
def test_a_name_that_can_be_none_is_nobody(collection, name):
    made = one_statement(collection, "“Yes.”", "“Yes.”", kind=Kind.DIRECT, voice=Voice(proposal=Proposal(name)))
    assert not made.newcomers
    assert made.statements[0].speaker == ""


def test_a_newcomer_takes_nobody_s_id(collection):
    voice = Voice(proposal=Proposal("Ada Berg"))
    made = one_statement(collection, "“Yes.”", "“Yes.”", kind=Kind.DIRECT, voice=voice)
    assert made.statements[0].speaker == "ada-berg-2"


def test_what_is_far_too_much_for_an_article_is_cut_and_says_so(collection):
    values = found(collection)[:1] * (draft.MOST + 1)
    made = draft.assemble(manuscript(), next(parsing.parse([TEXT])), values, collection)
    assert len(made.statements) == draft.MOST
    assert "501 statements" in made.notes[-1]
    assert len({one.id for one in made.statements}) == draft.MOST


# Ids


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2017-12-06", "2017-12-06"),
        ("2017-12", "2017-12"),
        ("2019-12-23~", "2019-12-23"),
        ("2019-12-03/2019-12-04", "2019-12"),
        ("2018-12-30/2019-01-02", "2019"),
        ("../2017-02-16", "2017-02-16"),
    ],
)
def test_the_date_in_an_id_is_as_precise_as_it_is_known(edtf, expected):
    assert ids.stamp(Dating.parse(edtf)) == expected


def test_an_article_without_a_day_waits_for_one(collection):
    made = drafted(collection, published=None)
    assert made.article == "undated-gazette-minister-wants-longer-quay"
    assert made.statements[2].id.startswith("berg-undated-")


def test_the_collection_s_own_article_keeps_its_id(collection):
    article = replace(collection.articles["2017-05-04-herald"], text_sha256=sha256(TEXT.encode()).hexdigest())
    known = replace(collection, articles=collection.articles | {article.id: article})
    assert drafted(known).article == "2017-05-04-herald"


@given(st.text(max_size=100), st.integers(3, 40))
def test_an_id_is_plain_and_short_whatever_it_is_made_of(text, limit):
    made = ids.slug(text, limit)
    assert len(made) <= limit
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not made.startswith("-")
    assert not made.endswith("-")


@given(st.integers(0, 30))
def test_an_id_that_is_taken_is_counted_on_within_its_length(others):
    taken: set[str] = set()
    for _ in range(others):
        taken.add(ids.free("a-long-name-of-somebody", taken.__contains__, 20))
    assert len(taken) == others
    assert all(len(id_) <= 20 for id_ in taken)


@given(st.text(max_size=60))
def test_folded_text_is_one_line_that_a_seed_may_have(text):
    line = wording.folded(text)
    assert line == wording.folded(line)
    assert line.isprintable()


def test_what_moves_a_cursor_is_not_folded_in():
    assert wording.folded("so\x1b[2J it\x00 is\x07\x9b1m \u2028here\x7f") == "so [2J it is 1m here"


def test_a_quotation_of_a_thousand_parts_is_one_and_takes_seconds():
    parts = "; ".join(f"“We dig hole {number}.”" for number in range(700))
    text = f"Berg said: {parts}; “We go.”\n"
    assert len(text) < parsing.MAX_PARAGRAPH
    (read,) = parsing.parse([text], entities=False)
    began = time.process_time()
    (found_there,) = attribution.attributions(read)
    assert time.process_time() - began < 5
    assert found_there.content == ((text.index("“"), len(text.rstrip())),)


# The file


def test_the_file_is_a_seed_file_with_more_keys_that_only_waits_for_review(path, made):
    file = DraftFile.open(path)
    assert [one.review for one in file.statements] == [Review.PENDING] * 5
    first = file.statements[0]
    assert (first.speaker, first.kind, first.said, first.topics) == (
        "ada-berg",
        Kind.DIRECT,
        Dating.parse("2019-05-09"),
        ("cranes",),
    )
    assert file.article_text == TEXT.encode()
    assert file.article.text_sha256 == sha256(TEXT.encode()).hexdigest()
    for one, statement in zip(file.statements, made.statements, strict=True):
        assert one.spans == statement.spans
        begin, end = one.spans[0][0], one.spans[-1][1]
        assert one.passage.exact == TEXT[begin:end]
        assert TEXT[:begin].endswith(one.passage.prefix)
        assert TEXT[end:].startswith(one.passage.suffix)
        assert 32 <= len(one.passage.prefix) <= 64


def test_how_sure_it_is_and_why_not_stand_in_comments_above(path):
    file = DraftFile.open(path)
    assert file.remarks(0) == (
        "100 % sure",
        "also in 2017-05-04-herald: same statement as berg-2017-05-04-cranes?",
    )
    assert file.remarks(2) == ("72 % sure", "look at: “it” may be the plan or the quay")
    assert [file.sure(number) for number in range(5)] == [100, 90, 72, 81, 0]
    assert file.alike(0) == ("berg-2017-05-04-cranes",)
    assert file.remarks(4)[1:] == ("look at: nobody is named as the speaker", "look at: nothing says whose")


def test_a_day_that_may_be_that_of_undated_words_is_told_and_is_no_doubt(collection, tmp_path):
    text = "The council met on Monday.\n\n“We balk,” Berg said."
    attribution, voice, _, subject = found(collection)[0]
    quoted = replace(attribution, content=((text.index("“"), text.index(" Berg")),), source=(), cue=())
    when = Occasion(basis="day not stated", hint="the article speaks of Monday")
    given = Manuscript("a", text, text.encode())
    made = draft.assemble(given, next(parsing.parse([text])), [(quoted, voice, when, subject)], collection)
    path = tmp_path / "a.yaml"
    path.write_text(render.render(made))
    path.with_suffix(".txt").write_text(text)
    assert "look at the date: the article speaks of Monday" in DraftFile.open(path).remarks(0)
    assert made.doubtful == 0


def test_an_indirect_statement_never_carries_the_article_s_sentence_as_ours(path):
    file = DraftFile.open(path)
    assert file.statements[2].text is None
    assert file.statements[2].passage.exact in TEXT


def test_what_is_missing_is_named_and_empty(collection, tmp_path):
    made = drafted(collection, url="", outlet="", published=None)
    text = write(tmp_path, made).read_text()
    assert "# missing: outlet, published, url\n" in text
    assert "\n  url:\n" in text
    assert DraftFile(tmp_path / "x.yaml", text).article.published is None


@pytest.mark.parametrize("title", ["x" * 300, "two\nlines", "\u202eturned", "- a: *b # c", "null"])
def test_a_strange_title_makes_no_file_that_cannot_be_read(collection, title, tmp_path):
    text = render.render(drafted(collection, title=title))
    assert "\u202e" not in text
    file = DraftFile(tmp_path / "x.yaml", text)
    assert file.article.title in {"", "two lines", "turned", "- a: *b # c", "null"}


def test_a_curator_s_keeper_of_comments_writes_it_back_as_it_was(path):
    text = path.read_text()
    kept = yamltext.keeper()
    assert yamltext.dump(kept, kept.load(text)) == text


def test_the_seeds_refuse_a_draft_with_one_sentence_a_statement(path, small_seeds):
    (small_seeds / "articles" / path.name).write_bytes(path.read_bytes())
    with pytest.raises(SeedProblems) as refused:
        seeds.load(small_seeds)
    told = [str(problem) for problem in refused.value.problems]
    line = path.read_text().splitlines().index("new_speakers:") + 1
    assert told[0] == f"seeds/articles/{path.name}:{line}: new_speakers: belongs to a draft; delete it here"
    reviews = [number for number, text in enumerate(path.read_text().splitlines(), 1) if "- review: pending" in text]
    assert told[1:] == [
        f"seeds/articles/{path.name}:{line}: statements[{number}].review: this is not reviewed yet; "
        "`onrecord review FILE`, with its draft, and accept it there"
        for number, line in enumerate(reviews)
    ]


# Keeping it


@pytest.fixture
def result(made):
    return Made(
        file=Path("quay.txt"),
        article=made.article,
        draft=render.render(made),
        text=TEXT.encode(),
        statements=5,
        doubtful=2,
    )


def test_a_draft_that_nobody_touched_is_drafted_anew(result, tmp_path):
    first = verbs.keep(result, tmp_path)
    better = replace(result, draft=render.marked(result.draft.replace("the article says Thursday", "it says so")))
    assert verbs.keep(better, tmp_path) == first
    assert "it says so" in first.read_text()
    assert render.is_untouched(first.read_text())


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("review: pending", "review: rejected", "is reviewed in part (1 of 5)"),
        ("occasion: to reporters", "occasion: on the quay", "was edited by hand"),
        ("  # 100 % sure", "  # 100 % sure, and I asked her", "was edited by hand"),
    ],
)
def test_what_somebody_did_is_never_overwritten(result, tmp_path, old, new, what):
    path = verbs.keep(result, tmp_path)
    path.write_text(path.read_text().replace(old, new, 1))
    before = path.read_bytes()
    with pytest.raises(DraftError) as refused:
        verbs.keep(replace(result, draft=result.draft + "# other\n"), tmp_path)
    assert what in str(refused.value)
    assert f"onrecord review {path.stem}" in str(refused.value)
    assert path.read_bytes() == before


def test_another_article_of_the_same_name_gets_a_name_of_its_own(result, collection, tmp_path):
    first = verbs.keep(result, tmp_path)
    text = (TEXT + "And more.").encode()
    other = replace(
        result, text=text, draft=result.draft.replace(sha256(TEXT.encode()).hexdigest(), sha256(text).hexdigest())
    )
    second = verbs.keep(other, tmp_path)
    assert second.stem == f"{first.stem}-2"
    file = DraftFile.open(second)
    assert file.article.id == second.stem
    assert file.article_text == text
    assert verbs.keep(other, tmp_path) == second
    assert set(drafts(tmp_path)) == {first, second}


def test_a_draft_is_found_by_its_path_its_file_or_its_id(result, tmp_path):
    path = verbs.keep(result, tmp_path / "drafts")
    for words in (str(path), path.name, path.stem, str(path.with_suffix(".txt"))):
        assert verbs.find(words, tmp_path / "drafts") == path
    with pytest.raises(DraftError, match=f"there is no draft “x” in .*; there are {ID}"):
        verbs.find("x", tmp_path / "drafts")
    with pytest.raises(DraftError, match="`onrecord draft FILE` makes one"):
        verbs.find("x", tmp_path / "nowhere")


def test_a_name_that_no_file_can_have_is_told_in_a_short_sentence(result, tmp_path):
    verbs.keep(result, tmp_path)
    with pytest.raises(DraftError, match=f"^there is no draft “x+…” in .*; there are {ID}; `onrecord draft") as told:
        verbs.find("x" * 5_000, tmp_path)
    assert len(str(told.value)) < 500
    with pytest.raises(DraftError, match="there is no draft “�") as told:
        verbs.find("\0\x1b[2J\ud800", tmp_path)
    assert str(told.value).isprintable()


@pytest.mark.parametrize("name", ["quay.txt", "quay.html"])
def test_an_article_is_no_draft_of_itself(result, tmp_path, name):
    article = tmp_path / name
    article.write_text(TEXT)
    with pytest.raises(DraftError, match=f"“{article}” is no draft; `onrecord draft FILE` makes one"):
        verbs.find(str(article), tmp_path / "drafts")
    path = verbs.keep(result, tmp_path / "drafts")
    assert verbs.find(str(path.with_suffix(".txt")), tmp_path / "drafts") == path


def test_nothing_unprintable_reaches_the_terminal_or_the_file(collection, tmp_path, capsys):
    quoted = "“The quay\x1b]0;x\x07 is\x9b2J short.”"
    text = f"{quoted} Ada Berg said.\n"
    (read,) = parsing.parse([text])
    given = Manuscript("a\x1b[2J.txt", text, text.encode(), title="Quay\x1b[31m", notes=("\x1b[2Jodd\x00",))
    voice = Voice(collection.speakers[0])
    attributed = Attribution(((0, len(quoted)),), (), (), Kind.DIRECT, because=("“\x1b[2J” is odd",))
    made = draft.assemble(given, read, [(attributed, voice, Occasion(basis="\x1b"), Subject())], collection)
    written = Made(Path(given.name), draft=render.render(made), article=made.article, text=b"", notes=made.notes)
    verbs.tell(written, tmp_path / "in\x07side")
    told = capsys.readouterr()
    assert "[2J.txt: [2Jodd" in told.err
    (file,) = (tmp_path / "in\x07side").glob("*.yaml")
    for shown in (told.out, told.err, file.read_text()):
        assert "".join(shown.splitlines()).isprintable()
    with pytest.raises(DraftError) as refused:
        verbs.tell(Made(Path("a"), fault="a\x1b[2J.txt: is empty"), tmp_path)
    assert str(refused.value) == "a [2J.txt: is empty"


# A disk that refuses


def full(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("again", [False, True], ids=["the first time", "drafted anew"])
def test_a_full_disk_leaves_the_drafts_as_they_were(result, tmp_path, monkeypatch, again):
    into = tmp_path / "drafts"
    before = {}
    if again:
        verbs.keep(result, into)
        before = {each.name: each.read_bytes() for each in into.iterdir()}
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DraftError) as refused:
        verbs.keep(replace(result, draft=render.marked(result.draft + "# more\n")), into)
    assert str(refused.value) == (
        f"{into / ID}.txt: cannot be written (No space left on device); it is as it was: "
        "make room there, then try again"
    )
    assert {each.name: each.read_bytes() for each in into.iterdir()} == before


@pytest.mark.parametrize(
    ("into", "sentence"),
    [
        ("file", "cannot be written .*: put a folder where a file is now, or name another one"),
        ("file/drafts", "cannot be written .*: put a folder where a file is now, or name another one"),
        ("x" * 300, r"cannot be written \(File name too long\): choose a shorter name"),
        ("x" * 255 + "/drafts", "cannot be written"),
        ("loop/drafts", "cannot be written .*: see to it, then try again"),
    ],
)
def test_where_no_draft_can_be_kept_says_so(result, tmp_path, into, sentence):
    (tmp_path / "file").write_text("")
    (tmp_path / "loop").symlink_to("loop")
    if into.startswith("x" * 255):
        (tmp_path / into).parent.touch()
    with pytest.raises(DraftError, match=sentence):
        verbs.keep(result, tmp_path / into)
    assert (tmp_path / "file").read_text() == ""


# Rubbish, by hand


@pytest.mark.parametrize(
    ("old", "new", "path", "sentence"),
    [
        ("review: pending", "review: maybe", "statements[0].review", "“maybe” is not one of"),
        ("kind: direct", "kind: loud", "statements[0].kind", "“loud” is not one of"),
        ("said: 2019-05-09", "said: yesterday", "statements[0].said", "“yesterday” is not a date"),
        ("occasion: to reporters", "ocasion: to reporters", "statements[0].ocasion", "did you mean “occasion”?"),
        ("      exact:", "      exactly:", "statements[0].passage.exactly", "did you mean “exact”?"),
        ("  text_sha256: ", "  text_sha256: x", "article.text_sha256", "64 hexadecimal digits"),
    ],
)
def test_a_slip_of_the_hand_is_told_with_its_line(tmp_path, made, old, new, path, sentence, monkeypatch):
    file = write(tmp_path / "drafts", made)
    text = file.read_text()
    line = text.count("\n", 0, text.index(old)) + 1
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(SeedProblems) as refused:
        DraftFile.open(file)
    told = next(str(problem) for problem in refused.value.problems if path in problem.message)
    assert told.startswith(f"drafts/{file.name}:{line}: {path}: ")
    assert sentence in told
    monkeypatch.chdir(file.parent)
    with pytest.raises(SeedProblems, match=f"(?m)^{file.name}:{line}: "):
        DraftFile.open(Path(file.name))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("spans: [[", "spans: [[x", "must be a list of [begin, end]"),
        ("spans: [[", "spans: [[99999, ", "must be a list of [begin, end]"),
        ("spans: [[", "spans: [[99999, 9], [", "ends before it begins"),
        ("  - review: pending\n", "  - review: pending\n    review: accepted\n", "stands here a second time"),
        ("statements:\n", "statements:\n  - x\n", "must be made of “key: value” lines"),
        ("article:\n", "article: [\n", "is not YAML"),
        ("article:\n", "article: &a\n", "anchors are not read"),
    ],
)
def test_what_cannot_be_read_is_told_and_never_a_traceback(tmp_path, made, old, new, sentence):
    file = write(tmp_path / "drafts", made)
    file.write_text(file.read_text().replace(old, new, 1))
    with pytest.raises(SeedProblems) as refused:
        DraftFile.open(file)
    assert sentence in str(refused.value)


def test_an_id_may_be_there_once(tmp_path, made):
    file = write(tmp_path / "drafts", made)
    first, second = made.statements[0].id, made.statements[1].id
    file.write_text(file.read_text().replace(f"id: {second}", f"id: {first}"))
    with pytest.raises(SeedProblems, match=f"“{first}” is already used on line"):
        DraftFile.open(file)


def test_bytes_that_are_no_text_are_told(tmp_path, made):
    file = write(tmp_path / "drafts", made)
    file.write_bytes(file.read_bytes().replace(b"Gazette", b"Gaz\xfftte", 1))
    with pytest.raises(SeedProblems, match="is not UTF-8"):
        DraftFile.open(file)


def test_another_text_is_no_longer_the_one_it_counts_in(path):
    file = DraftFile.open(path)
    path.with_suffix(".txt").write_text(TEXT + " ")
    with pytest.raises(DraftError, match="is not the text that"):
        assert file.article_text
    path.with_suffix(".txt").unlink()
    with pytest.raises(DraftError, match=r"cannot be read .*: put it back, or draft the article again"):
        assert file.article_text


# Many files


def test_files_are_drafted_in_their_order_by_one_process_or_by_two(tmp_path, monkeypatch):
    files = []
    for number in range(6):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(f"BERLIN (dpa) - “We need {number} cranes,” Kim Moe said on Monday. “And soon.”\n" * 2)
    files.insert(3, tmp_path / "gone.txt")
    alone = list(verbs.make(files, Wanted()))
    assert [made.file for made in alone] == files
    assert "gone.txt" in alone[3].fault
    assert [bool(made.lines) for made in alone] == [True] * 3 + [False] + [True] * 3
    monkeypatch.setattr(verbs, "WORTH", 0)
    monkeypatch.setattr(verbs, "_BATCH", 1)
    assert list(verbs.make(files, Wanted())) == alone
    first = json.loads(alone[1].lines[0])
    assert first["doc"] == "1"
    text = files[1].read_text()
    begin, end = first["content"][0]
    assert "We need 1 cranes" in text[begin:end]
    assert set(first) == {"doc", "content", "source", "cue"}


def test_a_date_that_is_none_is_told_before_anything_is_read():
    with pytest.raises(DraftError, match="--published: “soon” is not a date"):
        list(verbs.make([Path("x.txt")], Wanted(published="soon")))


def test_every_draft_is_read_by_our_own_strict_reader(collection):
    problems: list[Problem] = []
    assert yamltree.read(render.render(drafted(collection)).encode(), "x", problems)
    assert problems == []
    assert spans("Berg") == ((TEXT.index("Berg"), TEXT.index("Berg") + 4),)
