"""Seeds in JSON Lines are held to what seeds in YAML are, and answer as those do."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from bot.corpus import build, crew, domain, folder, glance, jsonlines, schema, seeds, sight, tables, verbatim
from bot.corpus.crew import Crew
from bot.corpus.store import Corpus
from bot.errors import MAX_PROBLEMS, CrewLost, Problem, SeedProblems
from bot.record import Selection, key_of
from tests.seedfiles import COURIER, HERALD, SMALL, alter, line_of, small, write
from tests.test_seeds import only_problem_in, problems_in

SPEAKERS: list[dict[str, Any]] = [
    {
        "id": "ada-berg",
        "name": "Ada Berg",
        "aliases": ["Ада Берг", "A. Berg"],
        "offices": [
            {
                "title": "Harbour Master",
                "organisation": "Northport",
                "from": "2015-03-01",
                "to": "2018-06-30",
                "source": {"title": "Gazette", "url": "https://example.org/gazette"},
            },
            {"title": "Minister of Ports", "organisation": "Northland", "from": "2018-07-01", "source": "Gazette"},
        ],
    },
    {"id": "ole-dahl", "name": "Ole Dahl", "aliases": None},
    {"id": "northport-council", "name": "Northport Council", "kind": "organisation"},
]
TOPICS: list[dict[str, Any]] = [
    {"id": "cranes", "label": "cranes", "synonyms": ["crane", "hoists"]},
    {"id": "dredging", "label": "dredging"},
]
ARTICLES: list[dict[str, Any]] = [
    {
        "id": "2017-05-04-herald",
        "outlet": "Herald",
        "title": "Cranes again",
        "byline": "Kim Moe",
        "published": "2017-05-04",
        "url": "https://example.org/herald/cranes",
        "wording": "original",
    },
    {
        "id": "2018-07-02-courier",
        "outlet": "Courier",
        "title": "Berg moves up",
        "published": "2018-07-02",
        "url": "https://example.org/courier/berg",
        "wording": "translation",
        "wording_note": "from Northlandic",
    },
]
STATEMENTS: list[dict[str, Any]] = [
    {
        "id": "berg-2017-05-04-cranes",
        "speaker": "ada-berg",
        "kind": "direct",
        "text": ["We need taller cranes,", "and we need them now."],
        "said": "2017-05-04",
        "basis": "said on the quay that day",
        "occasion": "a walk on the quay",
        "via": "Port Agency",
        "topics": ["cranes"],
        "article": "2017-05-04-herald",
    },
    {
        "id": "dahl-2017-05-dredging",
        "speaker": "ole-dahl",
        "kind": "mixed",
        "text": "Dahl called dredging “a waste of good mud”.",
        "said": None,
        "basis": "no day given; reported 4 May 2017",
        "described_as": "former pilot",
        "topics": ["dredging", "cranes", "dredging"],
        "article": "2017-05-04-herald",
    },
    {
        "id": "council-2017-04-cranes",
        "speaker": "northport-council",
        "kind": "indirect",
        "text": "The  council was against\ttaller cranes. ",
        "said": "2017-04",
        "basis": "in April",
        "topics": ["cranes"],
        "article": "2017-05-04-herald",
    },
    {
        "id": "berg-2018-07-01-mud",
        "speaker": "ada-berg",
        "kind": "direct",
        "text": "Mud is mud.",
        "said": "2018-07-01",
        "basis": "at her swearing-in",
        "topics": ["dredging"],
        "article": "2018-07-02-courier",
        "corrected": {"on": "2018-08-01", "was": "Mud is mad.", "why": "the article was corrected"},
    },
    {
        "id": "berg-2018-07-01-gone",
        "article": "2018-07-02-courier",
        "withdrawn": {"on": "2018-09-01", "why": "she did not say it"},
    },
]
"""What the small collection holds, but for what its second article reports of a statement in the first."""
BULK: dict[str, list[dict[str, Any]]] = {
    "speakers": SPEAKERS,
    "topics": TOPICS,
    "articles": ARTICLES,
    "statements": STATEMENTS,
}


def put(folder, name, entries):
    """Write a file of JSON Lines: an entry a line, or lines as they are."""
    lines = [entry if isinstance(entry, str) else json.dumps(entry, ensure_ascii=False) for entry in entries]
    (folder / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@pytest.fixture
def bulk(tmp_path: Path) -> Path:
    """The small collection in JSON Lines."""
    path = tmp_path / "seeds"
    write(path, "collection.yaml", SMALL["collection.yaml"])
    write(path, "events.yaml", SMALL["events.yaml"])
    for name, entries in BULK.items():
        put(path, name, entries)
    return path


def rows(path: Path, into: Path) -> dict[str, list[tuple[object, ...]]]:
    """Build a folder; every table's rows."""
    into.unlink(missing_ok=True)
    build.build(seeds.load(path), into)
    with closing(sqlite3.connect(into)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        return {name: sorted(connection.execute(f"select * from {name}"), key=repr) for name in tables.TABLES}


# What is right


def test_the_same_collection_in_yaml_and_in_bulk_is_built_the_same(bulk, tmp_path):
    by_hand = small(tmp_path / "by-hand")
    text = (by_hand / COURIER).read_text()
    (by_hand / COURIER).write_text(text[: text.index("also_reports")])
    alter(
        by_hand, "speakers.yaml", "offices:\n  - title: Harbour Master", "offices_of_nobody:\n  - title: Harbour Master"
    )
    text = (by_hand / "speakers.yaml").read_text()
    (by_hand / "speakers.yaml").write_text(text[: text.index("offices_of_nobody")])
    expected, found = rows(by_hand, tmp_path / "a.db"), rows(bulk, tmp_path / "b.db")
    for table in tables.TABLES:
        if table != "generation":
            assert found[table] == expected[table], table
    assert found["totals"] == [(4, 3, 2, 2, 2, 2, "2017-04", "2018-07-01")]


def test_a_plain_line_and_an_odd_one_make_the_same_rows(bulk, tmp_path, monkeypatch):
    put(bulk, "statements", [{**STATEMENTS[0], "id": f"s{number}", "said": said}
                             for number, said in enumerate([None, "2017", "2017-05-04", "2016-03-02~", "../2017"])]
        + STATEMENTS[1:])  # fmt: skip
    plain = rows(bulk, tmp_path / "plain.db")
    assert len(seeds.load(bulk).bulk.odd) == 2  # white space to fold, and a correction
    monkeypatch.setattr(sight.FirstSight, "days", lambda *_: None)
    assert len(seeds.load(bulk).bulk.odd) == 8
    assert rows(bulk, tmp_path / "odd.db") == plain


def test_yaml_and_bulk_stand_side_by_side_in_one_order(small_seeds, tmp_path):
    put(small_seeds, "articles", [{**ARTICLES[0], "id": "a1", "published": "2018-01-01"}])
    put(small_seeds, "speakers", [{"id": "kim-moe", "name": "Kim Moe"}])
    put(small_seeds, "topics", [{"id": "ferries", "label": "ferries"}])
    statement = {**STATEMENTS[3], "corrected": None, "article": "a1", "speaker": "kim-moe"}
    put(small_seeds, "statements", [
        {**statement, "id": "z", "said": None, "topics": ["cranes", "ferries"]},
        {**statement, "id": "c", "said": "2017-05-04", "topics": ["ferries"]},
        {**statement, "id": "a", "said": "2017-05-04", "article": "2017-05-04-herald", "speaker": "ole-dahl"},
    ])  # fmt: skip
    alter(small_seeds, HERALD, "topics: [dredging, cranes]", "topics: [dredging, ferries]")
    found = seeds.load(small_seeds)
    assert found.count == 7
    assert {statement.id for statement in found.every_statement()} > {"z", "c", "a", "berg-2018-07-01-mud"}
    build.build(found, tmp_path / "corpus.db")
    with closing(Corpus.open(tmp_path / "corpus.db")) as corpus:
        assert corpus.ids(Selection(), 7) == [
            "berg-2018-07-01-mud",
            "z",
            "a",
            "berg-2017-05-04-cranes",
            "c",
            "dahl-2017-05-dredging",
            "council-2017-04-cranes",
        ]
        ferries = [
            statement.id for statement in corpus.every_statement() if "ferries" in {t.id for t in statement.topics}
        ]
        assert ferries == ["z", "c", "dahl-2017-05-dredging"]


def test_an_article_file_may_report_a_statement_in_bulk(bulk, tmp_path):
    write(bulk, "articles/post.yaml", """\
        article: {id: post, outlet: Post, title: T, published: 2016-01-02, url: "https://example.org/post"}
        also_reports:
          - statement: dahl-2017-05-dredging
            text: Dahl spoke of “good mud”.
            said: 2016-01-01
        """)  # fmt: skip
    found = seeds.load(bulk)
    assert found.place("dahl-2017-05-dredging@post") == folder.Place("seeds/articles/post.yaml", 4)
    assert found.count == 4
    build.build(found, tmp_path / "corpus.db")
    with closing(Corpus.open(tmp_path / "corpus.db")) as corpus:
        number = corpus.number_of(key_of("dahl-2017-05-dredging"))
        assert number == 4  # the oldest by now
        dahl = corpus.statement(number)
        assert [citation.article.id for citation in dahl.citations] == ["2017-05-04-herald", "post"]
        assert str(dahl.said) == "1 January 2016"


@pytest.mark.parametrize(
    ("report", "problem"),
    [
        ("statement: nobody-said-this", "there is no statement “nobody-said-this”; add it"),
        ("statement: berg-2018-07-01-gone", "“berg-2018-07-01-gone” was withdrawn; delete this report of it"),
        ("statement: dahl-2017-05-dredging\n    kind: indirect", "text: quotes; an indirect statement"),
    ],
)
def test_a_report_of_a_statement_in_bulk_is_checked(bulk, report, problem):
    write(bulk, "articles/post.yaml", f"""\
article: {{id: post, outlet: Post, title: T, published: 2018-01-02, url: "https://example.org/post"}}
also_reports:
  - {report}
    text: Dahl spoke of “good mud”.
""")  # fmt: skip
    assert problem in only_problem_in(bulk)


def test_places_are_known_of_every_line(bulk):
    found = seeds.load(bulk)
    assert found.place("berg-2018-07-01-mud") == folder.Place("seeds/statements.jsonl", 4)
    assert found.place("@2018-07-02-courier") == folder.Place("seeds/articles.jsonl", 2)
    assert found.place("nobody") is found.place("@nobody") is None
    assert [gone.statement for gone in found.withdrawals] == ["berg-2018-07-01-gone"]


def test_blank_lines_a_byte_order_mark_and_windows_line_ends_are_no_fault(bulk, tmp_path):
    before = rows(bulk, tmp_path / "a.db")
    for name in BULK:
        file = bulk / f"{name}.jsonl"
        content = file.read_bytes().replace(b"\n", b"\r\n \r\n\n")
        file.write_bytes(b"\xef\xbb\xbf" + content.rstrip())
    after = rows(bulk, tmp_path / "b.db")
    assert {**after, "generation": 0} == {**before, "generation": 0}
    assert seeds.load(bulk).place("berg-2018-07-01-mud") == folder.Place("seeds/statements.jsonl", 10)


def test_files_without_a_line_are_empty_collections(bulk):
    for name in BULK:
        (bulk / f"{name}.jsonl").write_bytes(b"")
    assert seeds.load(bulk).count == 0


def test_quotations_in_bulk_are_held_against_their_articles(bulk, tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "herald.txt").write_text("“We need taller cranes,” she said, “and we need them now.” A waste of mud.")
    (texts / "courier.txt").write_text("She said: “Mud is mud.”")
    told = [str(problem) for problem in verbatim.check(seeds.load(bulk), texts)]
    assert len(told) == 3
    assert sum("article.text_sha256: is missing; " in line for line in told) == 2
    (wrong,) = [line for line in told if "is not verbatim" in line]
    assert wrong.startswith(
        "seeds/statements.jsonl:2: dahl-2017-05-dredging: “a waste of good mud” is not verbatim in herald"
    )


# One thing wrong

MUD = {key: value for key, value in STATEMENTS[3].items() if key != "corrected"}
ON_MUD = [
    ({"said": "2017-13-01"}, "said: “2017-13-01” is not a date: the calendar has no such day or month"),
    ({"said": ""}, "said: is empty; write it, or delete the key"),
    ({"said": 2017}, "said: must be text, in quotation marks"),
    ({"said": [["2017"]]}, "said: must be text, in quotation marks"),
    ({"speaker": "ole-dal"}, "speaker: there is no speaker “ole-dal”; did you mean “ole-dahl”?"),
    ({"speaker": "zz"}, "speaker: there is no speaker “zz”; add it to speakers.jsonl first"),
    ({"speaker": None}, "speaker: is missing; add it"),
    ({"topics": ["dredging", "crane"]}, "topics[1]: there is no topic “crane”; did you mean “cranes”?"),
    ({"topics": ["cranes"] * 9}, "topics: has 9 entries; at most 8 fit: leave some out"),
    ({"topics": "cranes"}, "topics: must be a list, in [ and ]"),
    ({"topics": [None]}, "topics[0]: is empty; write it, or delete the key"),
    ({"article": "2018-07-02-curier"}, "article: there is no article “2018-07-02-curier”; did you mean “2018-07-02-co"),
    ({"article": ...}, "article: is missing; add it"),
    ({"kind": "quoted"}, "kind: “quoted” is not one of direct, mixed or indirect"),
    ({"kind": True}, "kind: must be one of direct, mixed or indirect"),
    ({"id": "no id"}, "id: “no id” is not an id; write letters without accents, digits, and - _ . between them"),
    ({"id": ...}, "id: is missing; add it"),
    ({"id": "berg-2017-05-04-cranes"}, "id: “berg-2017-05-04-cranes” is already used on line 1; each may be"),
    ({"id": "berg-2018-07-01-gone"}, "id: “berg-2018-07-01-gone” is already used on line 4; each may be there once"),
    ({"text": ""}, "text: is empty; write it, or delete the key"),
    ({"text": []}, "text: is empty; write it, or delete the key"),
    ({"text": "x" * 1501}, "text: has 1,501 characters; at most 1,500 fit"),
    ({"text": ["x" * 750, "y" * 750]}, "text: has 1,503 characters; at most 1,500 fit"),
    ({"text": "Mud\u202eis mud."}, "text: holds the invisible or unassigned character U+202E; delete it"),
    ({"text": "Mud\u0007."}, "text: holds the invisible or unassigned character U+0007; delete it"),
    ({"text": "Mud\x7f."}, "text: holds the invisible or unassigned character U+007F; delete it"),
    ({"text": "Mud\u3164."}, "text: holds the invisible or unassigned character U+3164; delete it"),
    ({"text": "“Mud is mud.”"}, "text: ““Mud is mud.”” begins or ends with a quotation mark"),
    ({"text": ["Mud,", "\"is mud"]}, "text: “\"is mud” begins or ends with a quotation mark"),
    ({"text": "Mud is “mud”.", "kind": "indirect"}, "text: quotes; an indirect statement is all our own words"),
    ({"text": 'Mud is "mud".', "kind": "indirect"}, "text: quotes; an indirect statement is all our own words"),
    ({"text": "Mud.", "kind": "mixed"}, "text: quotes nothing; put the verbatim words between “ and ”"),
    ({"text": "Mud is “ ”.", "kind": "mixed"}, "text: quotes nothing; put the verbatim words between “ and ”"),
    ({"text": "Mud is “mud.", "kind": "mixed"}, "text: has a quotation mark without its partner"),
    ({"text": "Mud is “mud” and \"mud\".", "kind": "mixed"}, "text: has a quotation mark without its partner"),
    ({"text": ["Mud", "mud"], "kind": "indirect"}, "text: is a list; where the kind is indirect it is one sentence"),
    ({"via": "x" * 101}, "via: has 101 characters; at most 100 fit where it is shown: shorten it"),
    ({"via": "a\u200bb"}, "via: holds the invisible or unassigned character U+200B; delete it"),
    ({"vai": "x"}, "vai: unknown key; did you mean “via”?"),
    ({"<standing>": "x"}, "<standing>: unknown key; known here: article, basis, "),
    ({"corrected": {"on": "2018", "was": "x", "why": "y"}}, "corrected.on: “2018” is not a day; write YYYY-MM-DD"),
    ({"corrected": "x"}, "corrected: must be an object, in { and }"),
    ({"withdrawn": {"on": "2018-01-01", "why": "y"}}, "kind: must go; of a withdrawn statement only its id"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "sentence"), ON_MUD, ids=[f"{changes!a}"[:50] for changes, _ in ON_MUD])
def test_one_mistake_in_a_statement_is_told_with_its_line(bulk, changes, sentence):
    changed = {key: value for key, value in (MUD | changes).items() if value is not ...}
    put(bulk, "statements", [*STATEMENTS[:2], "", STATEMENTS[4], changed])
    told = [line.removeprefix("seeds/") for line in problems_in(bulk)]
    assert any(line.startswith(f"statements.jsonl:5: {sentence}") for line in told), told
    assert len(told) == (6 if "withdrawn" in changes else 1), told


LINES = [
    ("[", "is not JSON: one {…} a line, without [ and ] around them all, at character 2"),
    ("nonsense", "is not JSON: an object {…} must stand here, at character 1"),
    ("[]", "is not an object; write one {…} a line"),
    ('"x"', "is not an object; write one {…} a line"),
    ("{", "is not JSON: "),
    ('{"id": "x"},', "is not JSON: something follows the object; one {…} a line, with no comma between two lines"),
    ('{"id": "x"} {"id": "y"}', "is not JSON: something follows the object"),
    ('{"id": "x",}', "is not JSON: a"),
    ('{"id": "x" "said": "y"}', "is not JSON: a comma or the closing bracket is missing"),
    ('{"id" "x"}', "is not JSON: a colon is missing after a key"),
    ("{'id': 'x'}", "is not JSON: a key in double quotation marks is missing"),
    ('{"id": "x}', "is not JSON: a quotation mark opens here and is never closed"),
    ('{"id": "a\tb"}', "is not JSON: a control character stands in a text"),
    ('{"id": "\\x"}', "is not JSON: a \\ in a text is written \\\\"),
    ('{"id": "\\u12"}', "is not JSON: four hexadecimal digits must follow \\u"),
    ('{"id": NaN}', "holds NaN, which is not JSON"),
    ('{"id": -Infinity}', "holds -Infinity, which is not JSON"),
    ('{"id": "x", "said": "2017", "said": "2018"}', "key “said” stands here a second time; delete one"),
    ('{"id": "x", "corrected": {"on": "a", "on": "b"}}', "key “on” stands here a second time; delete one"),
    ('{"id": ' + "[" * 100_000, "is nested more than 12 deep; nothing in a seed file is"),
    ('{"id": "' + "x" * 250_000 + '"}', "has more than 250,000 bytes; nothing in a seed file is as long: split it"),
]


@pytest.mark.parametrize(("line", "sentence"), LINES, ids=[f"{line!a}"[:40] for line, _ in LINES])
@pytest.mark.parametrize("name", ["statements", "speakers"])
def test_a_line_that_is_no_object_is_told(bulk, name, line, sentence):
    put(bulk, name, [*BULK[name][:1], line, *BULK[name][1:]])
    assert only_problem_in(bulk).startswith(f"{name}.jsonl:2: {sentence}")


def test_a_plain_line_with_a_key_twice_is_told(bulk):
    line = json.dumps(MUD, ensure_ascii=False)
    put(bulk, "statements", [line[:-1] + ', "via" : "x", "via" :"y"}'])
    assert only_problem_in(bulk) == "statements.jsonl:1: key “via” stands here a second time; delete one"
    put(bulk, "statements", [line[:-1].replace("Mud is", 'Mud \\"is\\\\\\"') + ', "via" : "x\\\\", "id": "\\u0061"}'])
    assert only_problem_in(bulk) == "statements.jsonl:1: key “id” stands here a second time; delete one"


def test_a_byte_that_is_not_utf_8_is_told(bulk):
    content = (bulk / "statements.jsonl").read_bytes()
    (bulk / "statements.jsonl").write_bytes(content.replace(b"Port Agency", b"Port \xff Agency"))
    assert only_problem_in(bulk) == "statements.jsonl:1: byte 0xff is not UTF-8; save the file as UTF-8"


def test_a_number_of_many_digits_takes_no_time(bulk):
    put(bulk, "statements", ['{"id": ' + "1" * 200_000 + "}"])
    assert "statements.jsonl:1: id: must be text, in quotation marks" in problems_in(bulk)[0] + problems_in(bulk)[1]


OFFICE = {"title": "A", "organisation": "B"}


@pytest.mark.parametrize(
    ("name", "entry", "expected"),
    [
        ("speakers", {"id": "x", "name": "X", "offices": [OFFICE | {"from": "2001", "to": "2000"}]},
         "offices[0].to: “2000” is before its “from”, 2001; correct one of them"),
        ("speakers", {"id": "ada-berg", "name": "X"}, "id: “ada-berg” is already used on line 1; each may be"),
        ("speakers", {"id": "x"}, "name: is missing; add it"),
        ("topics", {"id": "x", "label": "x", "synonyms": "y"}, "synonyms: must be a list, in [ and ]"),
        ("articles", {**ARTICLES[0], "id": "x", "url": "example.org"}, "url: “example.org” is not an address; write"),
        ("articles", {**ARTICLES[0], "id": "x", "text_sha256": "x"}, "text_sha256: must be 64 hexadecimal digits"),
    ],
)  # fmt: skip
def test_the_other_files_are_checked_as_well(bulk, name, entry, expected):
    put(bulk, name, [*BULK[name], entry])
    assert only_problem_in(bulk).startswith(f"{name}.jsonl:{len(BULK[name]) + 1}: {expected}")


def test_an_id_is_used_once_in_yaml_and_bulk(small_seeds):
    for name, entries in BULK.items():
        put(small_seeds, name, entries[:1])
    assert problems_in(small_seeds) == [
        "seeds/articles.jsonl:1: id: “2017-05-04-herald” is already used in seeds/articles/2017-05-04-herald.yaml:2; "
        "each may be there once",
        "seeds/speakers.jsonl:1: id: “ada-berg” is already used in seeds/speakers.yaml:2; each may be there once",
        f"seeds/statements.jsonl:1: id: “berg-2017-05-04-cranes” is already used in seeds/{HERALD}:"
        f"{line_of(small_seeds, HERALD, 'berg-2017-05-04-cranes')}; each may be there once",
        "seeds/topics.jsonl:1: id: “cranes” is already used in seeds/topics.yaml:2; each may be there once",
    ]


def test_a_line_that_cannot_be_read_makes_no_false_problems_elsewhere(bulk):
    for name in ("speakers", "topics", "articles"):
        put(bulk, name, [*BULK[name][1:], "{"])
        assert only_problem_in(bulk).startswith(f"{name}.jsonl:{len(BULK[name])}: is not JSON")
        put(bulk, name, BULK[name])


def test_an_entry_with_a_fault_may_be_referred_to(bulk):
    put(bulk, "articles", [{**ARTICLES[0], "url": "x"}, ARTICLES[1]])
    assert only_problem_in(bulk).startswith("articles.jsonl:1: url: ")


def test_what_is_required_may_come_in_either_form(bulk):
    (bulk / "topics.jsonl").unlink()
    told = problems_in(bulk)
    assert told == ["seeds/topics.yaml: is missing; add it"]
    write(bulk, "topics.yaml", SMALL["topics.yaml"])
    assert seeds.load(bulk).count == 4


@pytest.mark.parametrize("name", ["statement.jsonl", "articles/x.jsonl", "events.jsonl", "Statements.jsonl"])
def test_a_file_with_another_name_is_not_passed_over(bulk, name):
    (bulk / "articles").mkdir()
    (bulk / name).write_text("")
    assert only_problem_in(bulk).startswith(f"{name}: is not read; here belong ")


# Very much wrong, and what is only remarked


def test_of_very_many_problems_a_thousand_are_told_and_the_others_counted(bulk):
    put(bulk, "statements", [{"id": f"s{number}"} for number in range(700)])
    with pytest.raises(SeedProblems) as caught:
        seeds.load(bulk)
    assert len(caught.value.problems) == MAX_PROBLEMS
    assert caught.value.more == 700 * 5 - MAX_PROBLEMS
    assert str(caught.value).endswith("\nand 2,500 more problems")
    assert str(SeedProblems([Problem("a", 1, "b")], more=1)) == "a:1: b\nand 1 more problem"


def test_what_nobody_mends_in_generated_data_is_remarked(bulk):
    put(bulk, "topics", [*TOPICS, *({"id": f"t{n}", "label": f"label {n}", "synonyms": ["Crane"]} for n in range(5))])
    put(bulk, "statements", [{**MUD, "id": f"s{n}", "said": "2019"} for n in range(12)])
    assert [str(remark) for remark in seeds.load(bulk).remarks] == [
        *(f"seeds/topics.jsonl:{n}: “Crane” means the topic “cranes” already" for n in (3, 4, 5)),
        *(
            f"seeds/statements.jsonl:{n}: said: “2019” is after the article was published, 2018-07-02"
            for n in (1, 2, 3)
        ),
        "seeds/topics.jsonl: and 2 more words that mean two topics",
        "seeds/statements.jsonl: and 9 more statements said after their article was published",
    ]


def test_several_processes_say_what_one_says(bulk, tmp_path, monkeypatch):
    put(bulk, "statements", [json.dumps({**STATEMENTS[n % 4], "id": f"s{n}"}) for n in range(40)])
    monkeypatch.setattr(jsonlines, "BLOCK", 2_000)
    alone = rows(bulk, tmp_path / "a.db"), (tmp_path / "a.db").read_bytes()
    monkeypatch.setattr(crew, "size", lambda _: 2)
    assert (rows(bulk, tmp_path / "b.db"), (tmp_path / "b.db").read_bytes()) == alone
    with (bulk / "statements.jsonl").open("a") as file:
        file.writelines([json.dumps({**MUD, "id": "s3"}), "\n{\n", json.dumps({**MUD, "id": "s7", "said": "x"}), "\n"])
    assert problems_in(bulk) == [
        "seeds/statements.jsonl:41: id: “s3” is already used on line 4; each may be there once",
        "seeds/statements.jsonl:42: is not JSON: a key in double quotation marks is missing, or a comma is one too "
        "many, at character 2",
        "seeds/statements.jsonl:43: id: “s7” is already used on line 8; each may be there once",
        "seeds/statements.jsonl:43: said: “x” is not a date; write YYYY, YYYY-MM or YYYY-MM-DD, with ~ for around or ? "
        "for uncertain, A/B for somewhere between, ../B for on or before",
    ]


@pytest.mark.parametrize("fork", [False, True])
def test_a_process_that_is_killed_is_told_of(fork):
    with pytest.raises(CrewLost, match="was killed"), Crew(dying, size=2, fork=fork) as members:
        list(members.map(range(10)))


def dying():
    return lambda item: os._exit(1) if item == 5 else item


def failing():
    return divided


def divided(item):
    return 1 / (item - 5)


@pytest.mark.parametrize("size", [0, 2])
def test_what_is_given_at_once_is_worked_on_and_asked_for_later(size):
    with Crew(failing, size=size) as members:
        results = members.give([3, 4, 6])
        assert list(results) == [-0.5, -1, 1]
    with pytest.raises(ZeroDivisionError), Crew(failing, size=size) as members:
        list(members.give([4, 5]))


@pytest.mark.parametrize("fork", [False, True])
def test_what_a_process_raises_is_raised(fork):
    with pytest.raises(ZeroDivisionError), Crew(failing, size=2, fork=fork) as members:
        list(members.map(range(10)))


def waiting():
    def wait(item):
        time.sleep(0.5 if item == 0 else 0)
        return item, os.getpid()

    return wait


@pytest.mark.parametrize("fork", [False, True])
def test_who_is_done_first_is_given_the_next_and_results_come_in_their_order(fork):
    with Crew(waiting, size=2, fork=fork) as members:
        results = list(members.map(range(4)))
    assert [item for item, _ in results] == [0, 1, 2, 3]
    slow, *others = [process for _, process in results]
    assert others.count(slow) < 2, "the other did what there was while one was slow"


def test_forked_processes_begin_once_and_end_with_whoever_forked_them():
    before = len(BEGUN)
    with Crew(counted, size=2, fork=True) as members:
        assert set(members.map(range(6))) == {before + 1}
        processes = list(members._processes)
    assert [process.exitcode for process in processes] == [0, 0]


BEGUN: list[int] = []


def counted():
    BEGUN.append(1)
    return lambda _: len(BEGUN)


# Files that change


def test_a_folder_that_keeps_changing_is_refused(small_seeds, monkeypatch):
    monkeypatch.setattr(folder, "_PAUSE", 0)
    real, written = Path.read_bytes, list[object]()

    def read_bytes(path):
        content = real(path)
        written.append(path)
        (small_seeds / "topics.yaml").write_text(SMALL["topics.yaml"] + "# " + "x" * len(written))
        return content

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert problems_in(small_seeds) == [f"seeds: {folder.CHANGED}"]
    assert seeds.fingerprint(small_seeds) is None


def test_a_folder_that_changes_once_is_read_again(small_seeds, monkeypatch):
    real, written = Path.read_bytes, list[object]()

    def read_bytes(path):
        content = real(path)
        if not written:
            written.append(alter(small_seeds, "collection.yaml", "Harbour talks", "Quay talks, as they are"))
        return content

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert seeds.load(small_seeds).collection.title == "Quay talks, as they are"


@pytest.mark.parametrize("name", ["statements.jsonl", "speakers.jsonl"])
def test_a_file_that_changes_while_it_is_checked_is_refused(bulk, monkeypatch, name):
    real = jsonlines.lines

    def lines(opened, part):
        yield from real(opened, part)
        if str(opened.name).endswith(name):
            os.utime(bulk / name, ns=(1, 1))

    monkeypatch.setattr(jsonlines, "lines", lines)
    assert only_problem_in(bulk) == f"{name}: {folder.CHANGED}"


def shorter(file):
    file.write_bytes(file.read_bytes()[:-40])


def other(file):
    status = file.stat()
    file.write_bytes(file.read_bytes().replace(b"Mud is mud.", b"Mad is mad."))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def gone(file):
    file.unlink()


def garbled(file):
    file.write_bytes(b"[" * file.stat().st_size)


@pytest.mark.parametrize("change", [shorter, other, gone, garbled])
def test_a_file_that_changed_since_it_was_checked_is_refused(bulk, tmp_path, change):
    found = seeds.load(bulk)
    change(bulk / "statements.jsonl")
    with pytest.raises(SeedProblems) as caught:
        build.build(found, tmp_path / "corpus.db")
    assert str(caught.value) == f"seeds/statements.jsonl: {folder.CHANGED}"


def test_the_fingerprint_follows_the_bytes_of_every_file(bulk):
    seen = {seeds.fingerprint(bulk)}
    assert seen == {seeds.load(bulk).fingerprint}
    for name in BULK:
        with (bulk / f"{name}.jsonl").open("a") as file:
            file.write("\n")
        assert seeds.load(bulk).fingerprint == seeds.fingerprint(bulk)
        seen.add(seeds.fingerprint(bulk))
    assert len(seen) == 5


# The commands


def onrecord(*words, into: Path):
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        env={**os.environ, "ONRECORD_DATA__DIR": str(into)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_check_and_build_say_how_many_and_nothing_else(bulk, tmp_path):
    checked = onrecord("check", "--seeds", str(bulk), into=tmp_path)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.startswith("Harbour talks: 4 statements by 3 speakers on 2 topics, 2 events.")
    built = onrecord("build", "--seeds", str(bulk), into=tmp_path)
    assert (built.returncode, built.stderr) == (0, "")
    assert (Path(built.stdout.strip()) / "corpus.db").exists()


def test_progress_adds_up_to_the_statements(bulk, monkeypatch):
    monkeypatch.setattr(jsonlines, "BLOCK", 700)
    told: list[int] = []
    seeds.load(bulk, told.append)
    assert sum(told) == 5
    assert len(told) > 1
    assert seeds.about(bulk) == 5
    assert seeds.about(bulk / "nowhere") == 0


# Anything at all


pieces = st.sampled_from(
    [b"", b"\0", b"\xff", b"\n", b"{", b"}", b"[", b"]", b'"', b"\\", b":", b",", b"null", b"1e999", b"\\ud800", b"\r"]
) | st.binary(max_size=6)


@given(
    st.sampled_from(sorted(BULK)),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 30), pieces), min_size=1, max_size=3),
)
@example("statements", [(0, 0, b"\xef\xbb\xbf" * 2)])
@limits(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_the_files_are_damaged_there_are_problems_or_seeds(bulk, name, damage):
    file = bulk / f"{name}.jsonl"
    original = content = file.read_bytes()
    for start, length, piece in damage:
        content = content[:start] + piece + content[start + length :]
    file.write_bytes(content)
    try:
        problems_in(bulk)
    finally:
        file.write_bytes(original)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)
    | st.sampled_from(["", " ", "x", "2017", "“a”", "direct", "mixed", "ada-berg", "cranes", "a\u200bb", "\ud800"])
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "on", "x"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(st.sampled_from(sorted(MUD | {"withdrawn": 0, "corrected": 0, "via": 0, "said": 0, "\ud800": 0})), values)
@limits(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_first_sight_and_a_close_look_agree(bulk, key, value):
    """What is fine at first sight has no fault at a close look, so what is told never depends on the way it goes."""
    (bulk / "statements.jsonl").write_text(json.dumps(MUD | {key: value}) + "\n")
    quick = problems_in(bulk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sight.FirstSight, "days", lambda *_: None)
        assert problems_in(bulk) == quick


@given(st.sampled_from(sorted(ARTICLES[0] | {"byline": 0, "published_basis": 0, "text_sha256": 0, "x": 0})), values)
@example("url", "https://example.org:0/")
@example("url", "https://example.org/a b")
@example("published", "../2017")
@example("text_sha256", "a" * 64)
@limits(max_examples=150, deadline=None)
def test_an_article_at_first_sight_is_what_a_close_look_makes_of_it(key, value):
    line = json.dumps(ARTICLES[0] | {key: value}).encode()
    seen = glance.article(line)
    if seen:
        assert seen == domain.article(schema.ArticleSeed.model_validate(jsonlines.parse(line)))


def test_one_odd_line_among_many_leaves_the_others_plain(bulk):
    put(
        bulk,
        "statements",
        [{**MUD, "id": f"s{n}", "text": "Mud  is mud." if n == 70 else "Mud is mud."} for n in range(99)],
    )
    assert seeds.load(bulk).bulk.odd == {70}
