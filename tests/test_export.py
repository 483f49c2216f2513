"""What other tools are given is the whole receipt, in their own format."""

import csv
import io
import json

import pytest

from bot import export, generations
from bot.corpus import seeds
from bot.library import Generation
from bot.record import Kind
from tests.seedfiles import HERALD, alter

KEYS = "id speaker speaker_id kind text said reported basis occasion topics citations corrected".split()
CITED = ["article", "outlet", "title", "url", "published", "wording", "via", "text"]


@pytest.fixture
def statements(small_seeds, tmp_path):
    """The statements of the small collection, one of them hostile to any format."""
    alter(small_seeds, HERALD, "a walk on the quay", r'"=cmd(), \"a\"; b\\ </script>, Ærø"')
    opened = Generation.open(generations.publish(seeds.load(small_seeds), tmp_path / "generations"))
    yield list(opened.corpus.every_statement())
    opened.corpus.close()


def test_json_lines_hold_one_object_a_statement(statements):
    lines = list(export.jsonl(statements))
    assert all(line.endswith("}\n") and line.count("\n") == 1 for line in lines)
    objects = list(map(json.loads, lines))
    assert [found["id"] for found in objects] == [statement.id for statement in statements]
    for found in objects:
        assert list(found) == KEYS
        for citation in found["citations"]:
            assert set(CITED) <= set(citation)
    cranes = objects[1]
    assert cranes["text"] == "We need taller cranes, … and we need them now."
    assert cranes["occasion"] == '=cmd(), "a"; b\\ </script>, Ærø'
    assert (cranes["said"], cranes["reported"], cranes["kind"]) == ("2017-05-04", "2017-05-04", "direct")
    assert [citation["via"] for citation in cranes["citations"]] == ["Port Agency", None]
    assert [citation["said"] for citation in cranes["citations"]] == ["2017-05-04", "2017-05"]
    mud = objects[2]
    assert mud["said"] is None
    assert mud["basis"] == "no day given; reported 4 May 2017"
    assert mud["topics"] == ["dredging", "cranes"]


def test_csv_holds_one_row_a_statement_under_one_head(statements):
    rows = list(csv.DictReader(io.StringIO("".join(export.as_csv(statements)), newline="")))
    assert [row["id"] for row in rows] == [statement.id for statement in statements]
    assert rows[1]["occasion"] == '=cmd(), "a"; b\\ </script>, Ærø'
    assert rows[1]["also_reported_by"] == "https://example.org/courier/berg"
    assert rows[2]["topics"] == "dredging; cranes"
    assert rows[2]["said"] == ""
    assert None not in rows[0]


def test_json_ld_is_a_graph_of_quotations(statements):
    document = json.loads("".join(export.jsonld(statements)))
    assert document["@context"] == "https://schema.org"
    mud, cranes, dredging, council = document["@graph"]
    assert {found["@type"] for found in document["@graph"]} == {"Quotation"}
    assert cranes["dateCreated"] == "2017-05-04"
    assert "dateCreated" not in dredging
    assert "temporal" not in dredging
    assert council["creator"] == {"@type": "Organization", "name": "Northport Council"}
    assert mud["citation"][0]["publisher"]["name"] == "Courier"
    assert [found["url"] for found in cranes["citation"]] == [
        "https://example.org/herald/cranes",
        "https://example.org/courier/berg",
    ]


def test_a_correction_is_in_every_format(statements):
    corrected = {"on": "2018-08-01", "was": "Mud is mad.", "why": "the article was corrected"}
    objects = list(map(json.loads, export.jsonl(statements)))
    assert [found["corrected"] for found in objects] == [corrected, None, None, None]
    first, *others = csv.DictReader(io.StringIO("".join(export.as_csv(statements)), newline=""))
    assert {name: first[f"corrected_{name}"] for name in corrected} == corrected
    assert all(row["corrected_on"] == "" for row in others)
    mud, *rest = json.loads("".join(export.jsonld(statements)))["@graph"]
    assert mud["correction"] == {
        "@type": "CorrectionComment",
        "datePublished": "2018-08-01",
        "text": "the article was corrected. It was: Mud is mad.",
    }
    assert not any("correction" in found for found in rest)


def test_a_date_that_iso_cannot_write_is_no_date_created(small_seeds, tmp_path):
    alter(small_seeds, HERALD, "said: 2017-04\n", "said: 2017-04~\n")
    opened = Generation.open(generations.publish(seeds.load(small_seeds), tmp_path / "generations"))
    document = json.loads("".join(export.jsonld(opened.corpus.every_statement())))
    opened.corpus.close()
    council = next(found for found in document["@graph"] if found["identifier"].startswith("council"))
    assert council["temporal"] == "2017-04~"
    assert "dateCreated" not in council


@pytest.mark.parametrize("name", list(export.FORMATS))
def test_nothing_at_all_is_exported_in_every_format(name):
    text = "".join(export.FORMATS[name]([]))
    assert name != "jsonld" or json.loads(text)["@graph"] == []
    assert name != "csv" or text.count("\n") == 1
    assert name != "jsonl" or text == ""


def test_the_real_collection_is_exported_whole(generation):
    objects = [json.loads(line) for line in export.jsonl(generation.corpus.every_statement())]
    assert len(objects) == generation.corpus.totals().statements
    for found, statement in zip(objects, generation.corpus.every_statement(), strict=True):
        assert found["text"] == statement.citation.text
        assert Kind(found["kind"]) is statement.citation.kind
        assert found["said"] == (statement.said.edtf if statement.said else None)
