"""A folder of seeds becomes a collection, or every problem at once: each a file, a line and a sentence."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from bot.corpus import seeds
from bot.corpus.seeds import Seeds
from bot.errors import SeedProblems
from bot.record import Dating, Kind
from tests.conftest import REAL_SEEDS
from tests.seedfiles import COURIER, HERALD, SMALL, alter, line_of, small, write

needs_root = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can become somebody else")


def problems_in(folder: Path) -> list[str]:
    """Every problem of a folder, a line each; each of them as a curator should meet it."""
    try:
        seeds.load(folder)
    except SeedProblems as error:
        lines = str(error).split("\n")
    else:
        lines = []
    for line in lines:
        assert re.fullmatch(r"seeds(/[^:]+)?(:\d+)?: .+", line), line
        assert line.isprintable()
        assert len(line) < 700
        assert str(folder.parent) not in line
        assert "Traceback" not in line
    return lines


def only_problem_in(folder: Path) -> str:
    lines = problems_in(folder)
    assert len(lines) == 1, lines
    return lines[0].removeprefix("seeds/")


def loaded(folder: Path) -> Seeds:
    assert problems_in(folder) == []
    return seeds.load(folder)


# What is right


def test_the_small_collection_is_read_whole(small_seeds):
    found = loaded(small_seeds)
    assert found.collection.title == "Harbour talks"
    assert [speaker.id for speaker in found.speakers] == ["ada-berg", "ole-dahl", "northport-council"]
    assert found.speakers[2].is_organisation
    berg = found.speakers[0]
    assert berg.aliases == ("Ада Берг", "A. Berg")
    assert [str(office) for office in berg.offices_on(Dating.parse("2018-06"))] == ["Harbour Master, Northport"]
    assert berg.offices[1].source
    assert berg.offices[1].source.title == "Gazette"
    assert [topic.synonyms for topic in found.topics] == [("crane", "hoists"), ()]
    assert found.events[0].id == "2016-05-04-crane-opened"
    assert found.events[1].id.startswith("2019-12-")
    assert [gone.statement for gone in found.withdrawals] == ["berg-2018-07-01-gone"]
    cranes, mud, council, later = found.statements
    assert cranes.citation.pieces == ("We need taller cranes,", "and we need them now.")
    assert [citation.article.outlet for citation in cranes.citations] == ["Herald", "Courier"]
    assert cranes.citations[1].kind is Kind.DIRECT
    assert str(cranes.said) == "4 May 2017"
    assert mud.said is None
    assert council.citation.kind is Kind.INDIRECT
    assert later.corrected
    assert later.corrected.was == "Mud is mad."


def test_a_place_is_the_line_where_the_wording_stands(small_seeds):
    places = loaded(small_seeds).places
    assert places["berg-2017-05-04-cranes"].line == line_of(small_seeds, HERALD, "text: [")
    assert places["berg-2017-05-04-cranes@2018-07-02-courier"].file == f"seeds/{COURIER}"
    assert places["@2017-05-04-herald"].file == f"seeds/{HERALD}"


def test_events_are_optional_and_so_are_articles(small_seeds):
    (small_seeds / "events.yaml").unlink()
    shutil.rmtree(small_seeds / "articles")
    found = loaded(small_seeds)
    assert not found.events
    assert not found.statements


def test_other_files_and_hidden_ones_are_left_alone(small_seeds):
    before = loaded(small_seeds).fingerprint
    write(small_seeds, "README.md", "# how to\n")
    write(small_seeds, "articles/.#draft.yaml", "nonsense")
    write(small_seeds, ".git/x.yaml", "nonsense")
    assert loaded(small_seeds).fingerprint == before == seeds.fingerprint(small_seeds)


def test_the_fingerprint_follows_bytes_and_names_alone(small_seeds, tmp_path):
    first = seeds.fingerprint(small_seeds)
    copy = Path(shutil.copytree(small_seeds, tmp_path / "elsewhere" / "seeds"))
    assert seeds.fingerprint(copy) == first
    (copy / HERALD).rename(copy / "articles" / "renamed.yaml")
    renamed = seeds.fingerprint(copy)
    assert renamed != first
    with (copy / COURIER).open("a") as file:
        file.write("# a comment\n")
    assert seeds.fingerprint(copy) not in {first, renamed}
    (copy / "speakers.yaml").unlink()
    assert seeds.fingerprint(copy) is None


def test_dates_that_contradict_each_other_are_a_remark_and_no_problem(small_seeds):
    line = alter(small_seeds, COURIER, "said: 2017-05\n", "said: 2017-06\n")
    (remark,) = loaded(small_seeds).remarks
    assert str(remark).startswith(f"seeds/{COURIER}:{line}: also_reports[0].said: June 2017 contradicts 4 May 2017")


def test_a_comment_between_two_lines_moves_the_line_of_what_follows(small_seeds):
    alter(small_seeds, HERALD, "  - id: dahl", "\n  # why\n\n  - id: dahl")
    line = alter(small_seeds, HERALD, "speaker: ole-dahl", "speaker: ole-dal")
    assert only_problem_in(small_seeds).startswith(f"{HERALD}:{line}: ")


# One thing wrong: the file, what is replaced by what, and the problem, on the line of the change if it names none.

ALTERED = [
    # keys
    ("collection.yaml", "digest_title:", "digest_titel:", "1: digest_title: is missing; add it|"
     "2: digest_titel: unknown key; did you mean “digest_title”?"),
    (HERALD, "    via: Port", "    vai: Port", "statements[0].vai: unknown key; did you mean “via”?"),
    (HERALD, "    via: Port", "    zzzzz: Port", "statements[0].zzzzz: unknown key; known here: basis, corrected, "),
    (HERALD, "    via: Port", "    <standing>: Port", "statements[0].<standing>: unknown key; known here: "),
    (HERALD, "    via: Port", '    "a\\nb": Port', "statements[0].a\ufffdb: unknown key; known here: "),
    (HERALD, "  byline: Kim", "  bylines: Kim", "article.bylines: unknown key; did you mean “byline”?"),
    ("speakers.yaml", "        from: 2018-07-01", "        since: 2018-07-01",
     "11: speakers[0].offices[1].from: is missing; add it|13: speakers[0].offices[1].since: unknown key; known here: "
     "from, organisation, source, title, to"),
    ("events.yaml", "    source: {title: Gazette,", "    source: {titel: Gazette,",
     "6: events[0].source.title: is missing; add it|6: events[0].source.titel: unknown key; did you mean “title”?"),
    ("topics.yaml", "    label: dredging\n", "    label: dredging\n    label: mud\n",
     "7: key “label” stands here a second time (first on line 6); delete one"),
    # ids
    (HERALD, "id: dahl-2017-05-dredging", "id: dahl 2017", "statements[1].id: “dahl 2017” is not an id; write letters"),
    (HERALD, "id: dahl-2017-05-dredging", "id: dähl", "statements[1].id: “dähl” is not an id"),
    (HERALD, "id: dahl-2017-05-dredging", "id: -dahl", "statements[1].id: “-dahl” is not an id"),
    (HERALD, "id: dahl-2017-05-dredging", "id: ../dahl", "statements[1].id: “../dahl” is not an id"),
    (HERALD, "id: dahl-2017-05-dredging", "id: [dahl]", "statements[1].id: must be text"),
    (HERALD, "id: dahl-2017-05-dredging", f"id: {'x' * 81}", "statements[1].id: has 81 characters; at most 80 fit"),
    (HERALD, "id: dahl-2017-05-dredging", "id: berg-2017-05-04-cranes",
     "statements[1].id: “berg-2017-05-04-cranes” is already used on line 10; each may be there once"),
    (COURIER, "id: berg-2018-07-01-mud", "id: dahl-2017-05-dredging",
     f"statements[0].id: “dahl-2017-05-dredging” is already used in seeds/{HERALD}:19"),
    (COURIER, "id: berg-2018-07-01-gone", "id: berg-2018-07-01-mud",
     "statements[1].id: “berg-2018-07-01-mud” is already used on line 10"),
    (COURIER, "id: 2018-07-02-courier", "id: 2017-05-04-herald",
     f"article.id: “2017-05-04-herald” is already used in seeds/{HERALD}:2"),
    ("events.yaml", "  - date: 2019-12\n", "  - id: 2016-05-04-crane-opened\n    date: 2019-12\n",
     "7: events[1].id: “2016-05-04-crane-opened” is already used on line 2"),
    # references
    (HERALD, "speaker: ole-dahl", "speaker: ole-dal", "statements[1].speaker: there is no speaker “ole-dal”; "
     "did you mean “ole-dahl”?"),
    (HERALD, "speaker: ole-dahl", "speaker: zz", "statements[1].speaker: there is no speaker “zz”; add it to "
     "speakers.yaml first"),
    (HERALD, "topics: [dredging, cranes]", "topics: [dredging, crane]",
     "statements[1].topics[1]: there is no topic “crane”; did you mean “cranes”?"),
    (COURIER, "statement: berg-2017-05-04-cranes", "statement: berg-2017-05-04-crane",
     "also_reports[0].statement: there is no statement “berg-2017-05-04-crane”; did you mean "
     "“berg-2017-05-04-cranes”?"),
    (COURIER, "statement: berg-2017-05-04-cranes", "statement: berg-2018-07-01-mud",
     "also_reports[0].statement: this file holds “berg-2018-07-01-mud” already"),
    (COURIER, "statement: berg-2017-05-04-cranes", "statement: berg-2018-07-01-gone",
     "also_reports[0].statement: “berg-2018-07-01-gone” was withdrawn; delete this report of it"),
    (COURIER, "also_reports:\n", "also_reports:\n  - statement: berg-2017-05-04-cranes\n    text: Taller cranes.\n",
     "23: also_reports[1].statement: this file holds “berg-2017-05-04-cranes” already"),
    ("topics.yaml", "    label: dredging\n", "    label: dredging\n    synonyms: [Hoists]\n",
     "7: topics[1].synonyms[0]: “Hoists” means the topic “cranes” already; leave it to one of the two"),
    ("speakers.yaml", "offices:\n  - title: Harbour Master", "offices:\n  - title: Harbor Master",
     "21: offices[0]: nobody in this file is Harbor Master, Northport; correct it or delete it"),
    ("speakers.yaml", "    aliases: [port chief]\n",
     "    aliases: [port chief]\n  - title: Harbour Master\n    organisation: Northport\n    aliases: [port chief]\n",
     "24: offices[1]: “Harbour Master, Northport” is already used on line 21"),
    # dates
    (HERALD, "said: 2017-05-04", "said: 2017-13-01", "statements[0].said: “2017-13-01” is not a date: the calendar"),
    (HERALD, "said: 2017-05-04", "said: 2017-02-30", "statements[0].said: “2017-02-30” is not a date: the calendar"),
    (HERALD, "said: 2017-05-04", "said: 4 May 2017", "statements[0].said: “4 May 2017” is not a date; write YYYY, "),
    (HERALD, "said: 2017-05-04", "said: 2017-05-05", "statements[0].said: “2017-05-05” is after the article was "
     "published, 2017-05-04; correct one of them"),
    (HERALD, "said: 2017-05-04", "said: [2017-05-04]", "statements[0].said: must be text"),
    (HERALD, "published: 2017-05-04", "published: soon", "article.published: “soon” is not a date"),
    ("speakers.yaml", "to: 2018-06-30", "to: 2015-02", "speakers[0].offices[0].to: “2015-02” is before its “from”, "
     "2015-03-01; correct one of them"),
    ("speakers.yaml", "to: 2018-06-30", "to: now", "speakers[0].offices[0].to: “now” is not a date"),
    (COURIER, "corrected: {on: 2018-08-01,", "corrected: {on: 2018-08,", "statements[0].corrected.on: “2018-08” is not "
     "a day; write YYYY-MM-DD"),
    (COURIER, "withdrawn: {on: 2018-09-01,", "withdrawn: {on: 2018~,",
     "statements[1].withdrawn.on: “2018~” is not a day"),
    # texts
    (HERALD, "via: Port Agency", 'via: ""', "statements[0].via: is empty; write it, or delete the key"),
    (HERALD, "via: Port Agency", "via: [Port Agency]", "statements[0].via: must be text"),
    (HERALD, "via: Port Agency", f"via: {'x' * 101}", "statements[0].via: has 101 characters; at most 100 fit"),
    (HERALD, "via: Port Agency", "via: Port\u202e Agency", "statements[0].via: holds the invisible or unassigned "
     "character U+202E; delete it"),
    (HERALD, "via: Port Agency", "via: Port\u200b Agency", "statements[0].via: holds the invisible or unassigned"),
    (HERALD, "via: Port Agency", 'via: "Port\\e[31m"', "statements[0].via: holds the invisible or unassigned "
     "character U+001B"),
    (HERALD, "via: Port Agency", 'via: "\\0"', "statements[0].via: holds the invisible or unassigned character U+0000"),
    (HERALD, "via: Port Agency", "via: Port\x07", "holds the invisible character U+0007; delete it"),
    (HERALD, "text: The council was against taller cranes.", "text:", "statements[2].text: is missing; add it"),
    (HERALD, "text: The council was against taller cranes.", "text: []", "statements[2].text: is empty"),
    (HERALD, "text: The council was against taller cranes.", 'text: " "', "statements[2].text: is empty"),
    (HERALD, "text: The council was against taller cranes.", "text: {a: b}", "statements[2].text: must be text"),
    (HERALD, "text: The council was against taller cranes.", "text: [One., Two.]",
     "statements[2].text: is a list; where the kind is indirect it is one sentence of our own: join the pieces"),
    (HERALD, "text: The council was against taller cranes.", f"text: {'x' * 1501}",
     "statements[2].text: has 1,501 characters; at most 1,500 fit"),
    (HERALD, "text: The council was against taller cranes.", "text: The council was “against”.",
     "statements[2].text: quotes; an indirect statement is all our own words: take the quotation marks out"),
    (HERALD, "text: The council was against taller cranes.", 'text: The council was "against".',
     "statements[2].text: quotes; an indirect statement is all our own words"),
    (HERALD, '"and we need them now."]', '["and"]]', "statements[0].text: must be text"),
    (HERALD, '["We need taller cranes,", "and we need them now."]', "“We need taller cranes.”",
     "statements[0].text: “We need taller cranes.” begins or ends with a quotation mark; leave the outer marks out"
     .replace("“We need taller cranes.” b", "““We need taller cranes.”” b")),
    (HERALD, '"and we need them now."]', "'and \"we\"']", "statements[0].text: “and \"we\"” begins or ends with a "
     "quotation mark"),
    (HERALD, "“a waste of good mud”", "a waste of good mud", "statements[1].text: quotes nothing; put the verbatim"),
    (HERALD, "“a waste of good mud”", "“a waste” of “”", "statements[1].text: quotes nothing; put the verbatim"),
    (HERALD, "“a waste of good mud”", "“a waste of good mud", "statements[1].text: has a quotation mark without its "
     "partner; verbatim words stand between “ and ”, and no other marks"),
    (HERALD, "“a waste of good mud”", "“a “waste” of good mud”", "statements[1].text: has a quotation mark without"),
    (HERALD, "“a waste of good mud”", '"a waste of good mud"', "statements[1].text: has a quotation mark without its"),
    # addresses
    *((HERALD, "https://example.org/herald/cranes", url, f"article.url: “{url}” is not an address; write it in full")
      for url in ("javascript:alert(1)", "example.org/x", "https://", "ftp://example.org/", "https://exa mple.org/",
                  "https://example.org:port/", "https://example.org:99999/", "https://[::1/", "//example.org/",
                  "https://example.org/<b>", "mailto:a@example.org", "https://user@", "https:///x")),
    (HERALD, "https://example.org/herald/cranes", f"https://example.org/{'x' * 500}",
     "article.url: has 520 characters;"),
    (HERALD, "https://example.org/herald/cranes", "", "article.url: is missing; add it"),
    ("collection.yaml", "https://example.org/corrections", "corrections", "corrections_url: “corrections” is not an"),
    # choices, lists, mappings
    (HERALD, "kind: mixed", "kind: quoted", "statements[1].kind: “quoted” is not one of direct, mixed or indirect"),
    (HERALD, "kind: mixed", "kind: no", "statements[1].kind: “no” is not one of direct, mixed or indirect"),
    (HERALD, "kind: mixed", "kind: [mixed]", "statements[1].kind: must be one of direct, mixed or indirect"),
    (HERALD, "kind: mixed", f'kind: "{"x" * 5000}\\n"', "statements[1].kind: “xxx"),
    (HERALD, "kind: mixed", "kind: ~", "statements[1].kind: is missing; add it"),
    (HERALD, "wording: original", "wording: Original", "article.wording: “Original” is not one of original, "
     "translation or machine-translation"),
    ("speakers.yaml", "kind: organisation", "kind: body",
     "speakers[2].kind: “body” is not one of person or organisation"),
    ("events.yaml", "status: announced", "status: planned", "events[1].status: “planned” is not one of occurred or "
     "announced"),
    (HERALD, "topics: [dredging, cranes]", "topics: dredging",
     "statements[1].topics: must be a list: one “- …” a line"),
    (HERALD, "topics: [dredging, cranes]", "topics: {dredging: cranes}", "statements[1].topics: must be a list"),
    (HERALD, "topics: [dredging, cranes]", "topics: [~]", "statements[1].topics[0]: is empty"),
    (HERALD, "topics: [dredging, cranes]", f"topics: [{', '.join(['cranes'] * 9)}]",
     "statements[1].topics: has 9 entries; at most 8 fit: leave some out"),
    ("topics.yaml", "  - id: dredging\n    label: dredging\n", "  - id: dredging\n    label: dredging\n  - no\n",
     "7: topics[2]: must be made of “key: value” lines"),
    ("speakers.yaml", "      - title: Minister of Ports\n        organisation: Northland\n        from: 2018-07-01\n"
     "        source: Gazette\n", "      - 7\n", "speakers[0].offices[1]: must be made of “key: value” lines"),
    ("speakers.yaml", "source: {title: Gazette, url: \"https://example.org/gazette\"}", "source: [Gazette]",
     "speakers[0].offices[0].source: must be made of “key: value” lines"),
    (HERALD, "  wording: original\n", "  wording: original\n  text_sha256: ABC\n", "9: article.text_sha256: must be 64 "
     "hexadecimal digits in small letters, as sha256sum prints them"),
    (HERALD, "  wording: original\n", "  wording: original\n  text_sha256: [a]\n",
     "9: article.text_sha256: must be 64"),
    (COURIER, "    withdrawn: {", "    speaker: ada-berg\n    withdrawn: {", "19: statements[1].speaker: must go; of a "
     "withdrawn statement only its id and “withdrawn” are left"),
    (COURIER, "    withdrawn: {on: 2018-09-01, why: she did not say it}", "    withdrawn: yes",
     "statements[1].withdrawn: must be made of “key: value” lines"),
    (COURIER, ", why: she did not say it}", "}", "statements[1].withdrawn.why: is missing; add it"),
    (COURIER, "was: Mud is mad., ", "", "statements[0].corrected.was: is missing; add it"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"), ALTERED, ids=[f"{new.strip()[:40]!a}" for _, _, new, _ in ALTERED]
)
def test_one_mistake_is_told_with_its_line(small_seeds, name, old, new, expected):
    line = alter(small_seeds, name, old, new)
    told = [problem.removeprefix("seeds/") for problem in problems_in(small_seeds)]
    sentences = expected.split("|")
    for sentence in sentences:
        place = name if re.match(r"\d+: ", sentence) else f"{name}:{line}"
        assert any(problem.startswith((f"{place}:{sentence}", f"{place}: {sentence}")) for problem in told), told
    assert len(told) == len(sentences), told


# Many things wrong


def test_every_mistake_of_every_file_is_told_at_once(small_seeds):
    changes = [
        (HERALD, "    via: Port", "    vai: Port", "statements[0].vai: unknown key"),
        (HERALD, "speaker: ole-dahl", "speaker: nobody", "there is no speaker “nobody”"),
        (HERALD, "“a waste of good mud”", "“a waste", "without its partner"),
        (HERALD, "said: 2017-04\n", "said: 2017-02-30\n", "is not a date"),
        (COURIER, "id: berg-2018-07-01-mud", "id: dahl-2017-05-dredging", "is already used in"),
        (COURIER, "topics: [dredging]", "topics: [mud]", "there is no topic “mud”"),
        (COURIER, "statement: berg-2017-05-04-cranes", "statement: gone", "there is no statement “gone”"),
        ("speakers.yaml", "to: 2018-06-30", "to: 2014", "is before its “from”"),
        ("speakers.yaml", "kind: organisation", "kind: body", "is not one of"),
        ("topics.yaml", "    label: dredging", "    label: Hoists", "means the topic “cranes” already"),
        ("events.yaml", "date: 2016-05-04", "date: 2016-05-32", "is not a date"),
        ("collection.yaml", "language: en", "language: [en]", "must be text"),
    ]
    expected = [(f"seeds/{name}", alter(small_seeds, name, old, new), words) for name, old, new, words in changes]
    told = problems_in(small_seeds)
    for name, line, words in expected:
        assert any(problem.startswith(f"{name}:{line}: ") and words in problem for problem in told), (words, told)
    assert len(told) == len(changes)
    assert told == sorted(told, key=lambda problem: (problem.split(":")[0], int(problem.split(":")[1])))


def test_a_file_that_cannot_be_read_makes_no_false_problems_elsewhere(small_seeds):
    alter(small_seeds, HERALD, "outlet: Herald", "outlet: 'Herald")
    assert only_problem_in(small_seeds).startswith(f"{HERALD}:")
    small(small_seeds)
    alter(small_seeds, "speakers.yaml", "name: Ada Berg", "name: 'Ada Berg")
    assert only_problem_in(small_seeds).startswith("speakers.yaml:")
    small(small_seeds)
    alter(small_seeds, "speakers.yaml", "name: Ada Berg", "nom: Ada Berg")
    assert len(problems_in(small_seeds)) == 2


def test_the_same_event_twice_without_an_id_is_one_too_many(small_seeds):
    with (small_seeds / "events.yaml").open("a") as file:
        file.write("  - date: 2019-12\n    description: Dredging is to begin.\n    source: Herald\n")
    assert only_problem_in(small_seeds) == (
        "events.yaml:11: events[2]: “Dredging is to begin.” is already used on line 7; each may be there once"
    )


# Files and folders


@pytest.mark.parametrize("name", ["collection.yaml", "speakers.yaml", "topics.yaml"])
def test_a_missing_file_is_named(small_seeds, name):
    (small_seeds / name).unlink()
    assert only_problem_in(small_seeds) == f"{name}: is missing; add it"


def test_a_missing_folder_is_named(tmp_path):
    assert problems_in(tmp_path / "seeds") == [
        "seeds: is not a folder; point seeds.dir at the folder that holds collection.yaml"
    ]
    (tmp_path / "seeds").write_text("a file")
    assert problems_in(tmp_path / "seeds")[0].startswith("seeds: is not a folder")


def test_an_empty_folder_lacks_everything(tmp_path):
    (tmp_path / "seeds").mkdir()
    assert len(problems_in(tmp_path / "seeds")) == 3


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("articles/x.yml", "is not read; rename it to end in .yaml"),
        ("articles/x.YAML", "is not read; rename it to end in .yaml"),
        ("speakers.yml", "is not read; rename it to end in .yaml"),
        ("2017-article.yaml", "is not read; here belong collection.yaml, speakers.yaml, topics.yaml, events.yaml, and"),
        ("articles/2017/x.yaml", "is not read; here belong collection.yaml,"),
        ("article/x.yaml", "is not read; here belong collection.yaml,"),
        ("articles/speakers.yaml/x", "is not a file; put one with this name in its place"),
    ],
)
def test_what_is_in_the_wrong_place_is_not_passed_over(small_seeds, name, problem):
    write(small_seeds, name, "a: b")
    shown = name.removesuffix("/x")
    assert only_problem_in(small_seeds).startswith(f"{shown}: {problem}")


def test_a_folder_in_the_place_of_a_file_is_named_once(small_seeds):
    (small_seeds / "topics.yaml").unlink()
    (small_seeds / "topics.yaml").mkdir()
    assert only_problem_in(small_seeds).startswith("topics.yaml: is not a file")


def test_links_are_followed_to_files_and_refused_to_folders(small_seeds, tmp_path):
    (small_seeds / HERALD).rename(tmp_path / "real.yaml")
    (small_seeds / HERALD).symlink_to(tmp_path / "real.yaml")
    assert len(loaded(small_seeds).statements) == 4
    (small_seeds / "articles").rename(tmp_path / "articles")
    (small_seeds / "articles").symlink_to(tmp_path / "articles")
    assert only_problem_in(small_seeds) == "articles: is a link to a folder, which is not followed; put the folder here"


def test_a_dangling_link_and_a_circle_are_named(small_seeds):
    (small_seeds / "articles" / "a.yaml").symlink_to("nowhere")
    (small_seeds / "articles" / "b.yaml").symlink_to("b.yaml")
    first, second = problems_in(small_seeds)
    assert first == "seeds/articles/a.yaml: cannot be read: No such file or directory"
    assert second.startswith("seeds/articles/b.yaml: cannot be read: Too many levels of symbolic links")


def test_a_pipe_or_a_socket_does_not_make_us_wait(small_seeds, monkeypatch):
    os.mkfifo(small_seeds / "articles" / "pipe.yaml")
    monkeypatch.chdir(small_seeds / "articles")  # a socket's path may have 100 bytes at most
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.yaml")
        assert [problem.split(": ")[1] for problem in problems_in(small_seeds)] == [
            "is not a file; put one with this name in its place"
        ] * 2


def test_a_file_of_50_megabytes_is_refused_unread(small_seeds):
    with (small_seeds / "articles" / "huge.yaml").open("wb") as file:
        file.truncate(50_000_000)
    begun = time.perf_counter()
    assert only_problem_in(small_seeds) == (
        "articles/huge.yaml: has 50,000,000 bytes; at most 4,000,000 are read: split it"
    )
    assert time.perf_counter() - begun < 1


@needs_root
def test_a_file_or_folder_that_may_not_be_read_is_named(small_seeds, tmp_path_factory):
    write(small_seeds, "README.yaml", "a problem for root, too")
    (small_seeds / HERALD).chmod(0)
    (small_seeds / "locked").mkdir(mode=0)
    for path in (small_seeds, *small_seeds.parents):  # pytest keeps its folders for the owner
        if path.is_relative_to(tmp_path_factory.getbasetemp().parents[1]):
            path.chmod(path.stat().st_mode | 0o055)
    script = (
        "import os, sys; from bot.corpus import seeds; from bot.errors import SeedProblems; from pathlib import Path\n"
        "folder = Path(sys.argv[1])\n"
        "for user in (0, 65534):  # first as root, so that everything is imported\n"
        "    os.setuid(user)\n"
        "    try: seeds.load(folder)\n"
        "    except SeedProblems as error: found = error\n"
        "print(found)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(small_seeds)], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.splitlines()[1:] == [
        f"seeds/{HERALD}: cannot be read: Permission denied",
        "seeds/locked: cannot be read: Permission denied",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
def test_a_name_that_cannot_be_printed_is_named_all_the_same(small_seeds):
    (small_seeds / "articles" / "a\nb\x1b.yaml").write_text("a: b")
    Path(os.fsdecode(bytes(small_seeds) + b"/articles/\xff.yaml")).write_text("a: b")
    told = problems_in(small_seeds)
    assert told == [
        "seeds/articles/a\ufffdb\ufffd.yaml: is not read; rename it to plain letters, digits, and - _ .",
        "seeds/articles/\ufffd.yaml: is not read; rename it to plain letters, digits, and - _ .",
    ]
    assert seeds.fingerprint(small_seeds) is None


# Anything at all


REAL_FILES = sorted(path.relative_to(REAL_SEEDS).as_posix() for path in REAL_SEEDS.rglob("*.yaml"))


@st.composite
def mutations(draw) -> tuple[str, bytes]:
    """One of the real files with some bytes replaced, repeated or gone."""
    name = draw(st.sampled_from(REAL_FILES))
    content = (REAL_SEEDS / name).read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        piece = draw(
            st.sampled_from(
                [b"", b"\0", b"\xff", b"\n", b"  ", b"- ", b": ", b"[", b"{", b'"', b"'", b"&a", b"*a", b"!!x "]
            )
            | st.sampled_from(["“", "”", "\u202e", "null", "~", "2017-02-30", "a" * 2000, "\t"]).map(str.encode)
            | st.just(content[start:end] * 2)
            | st.binary(max_size=6)
        )
        content = content[:start] + piece + content[end:]
    return name, content


@given(mutations())
@limits(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_the_real_files_are_damaged_there_are_problems_or_seeds(seed_folder, mutation):
    name, content = mutation
    original = (seed_folder / name).read_bytes()
    (seed_folder / name).write_bytes(content)
    try:
        problems_in(seed_folder)
    finally:
        (seed_folder / name).write_bytes(original)


values = st.recursive(
    st.sampled_from(
        ["", "~", "x", "2017", "“a”", "ada-berg", "cranes", "direct", "<standing>", "https://example.org/"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "article", "text", "statements", "withdrawn", "said", "x"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(
    st.sampled_from(sorted(SMALL)),
    st.dictionaries(
        st.sampled_from(
            ["article", "statements", "also_reports", "speakers", "offices", "topics", "events", "title", "<withdrawn>"]
        ),
        values | st.lists(values, max_size=3),
    ),
)
@limits(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_where_something_else_should_there_are_problems_or_seeds(tmp_path, name, content):
    import yaml

    folder = small(tmp_path / "seeds")
    (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True))
    problems_in(folder)
