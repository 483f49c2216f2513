"""What we write, our own strict reader takes for the same; and what people wrote beside it stays as it is."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import settings
from bot.corpus import yamltree
from bot.drafting import yamltext
from bot.drafting.yamltext import Inline
from bot.errors import DraftError, Problem

ENTRY = {
    "id": "kim-moe",
    "name": "Moe: Kim",
    "aliases": Inline(["K. Moe", "no"]),
    "offices": [{"title": "2018", "organisation": "null", "from": "../2018-06-19", "source": {"title": "# x"}}],
}
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=30)


def read(content: bytes):
    problems: list[Problem] = []
    tree = yamltree.read(content, "x.yaml", problems)
    assert tree
    assert not problems
    return tree.root


@given(TEXTS.filter(bool))
def test_every_text_comes_back_as_it_was(text):
    value = {"x": text, "y": [text, text], "z": Inline([text]), "w": {"v": text}}
    for width in (yamltext.WIDTH, yamltext.UNBROKEN):
        assert read(yamltext.block(value, width).encode()) == value


def test_dates_figures_and_words_that_yaml_means_something_by_are_plain_text():
    value = {
        "published": "2018-06-19",
        "year": "2018",
        "no": "no",
        "on": "yes",
        "none": None,
        "spans": Inline([[1, 2]]),
    }
    written = yamltext.block(value)
    assert written == "published: 2018-06-19\nyear: 2018\nno: no\non: yes\nnone:\nspans: [[1, 2]]\n"
    assert read(written.encode()) == value | {"spans": [["1", "2"]]}


def test_long_texts_are_broken_between_words_but_addresses_never():
    url = "https://example.org/" + "x" * 200
    written = yamltext.block({"text": "many words " * 30, "url": url})
    assert max(len(line) for line in written.splitlines() if "words" in line) <= yamltext.WIDTH + len("words")
    assert f"url: {url}\n" in written


@pytest.mark.parametrize("name", ["speakers.yaml", "topics.yaml", "articles/2018-06-19-dw-military-tech.yaml"])
@pytest.mark.parametrize("key", ["speakers", "topics", "statements", "also_reports"])
def test_what_is_added_moves_nothing_else_by_a_character(name, key):
    before = (settings.HOME / "seeds" / name).read_bytes()
    after = yamltext.with_entries(before, key, [ENTRY, ENTRY])
    lines = difflib.ndiff(before.decode().splitlines(keepends=True), after.decode().splitlines(keepends=True))
    assert not [line for line in lines if line.startswith("-")]
    old, new = read(before), read(after)
    assert new == old | {key: [*old.get(key, []), *new[key][-2:]]}
    assert new[key][-1]["offices"][0]["organisation"] == "null"


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ("", []),
        ("x: y", ["x: y"]),
        ("speakers: [] # nobody\nx: y\n", ["# nobody", "x: y"]),
        ("speakers:\n# nobody\nx: y\n", ["# nobody"]),
        ("speakers: [{id: a}, {id: b}] # two\nx: y\n", ["# two"]),
        ("speakers:\n- id: a\n  name: |\n    A\n\n# end\nx: y", ["# end"]),
        (
            "speakers:\n    - id: a # first\n\n    - id: b\n      aliases: [x,\n        y] # last\n\n# end\n",
            ["# last", "# end"],
        ),
        ("\ufeffspeakers:\r\n  - id: a\r\nx: y\r\n", ["x: y\r\n"]),
    ],
)
def test_it_is_added_whatever_the_list_looks_like(before, kept):
    after = yamltext.with_entries(before.encode(), "speakers", [ENTRY])
    for words in kept:
        assert words in after.decode()
    found = read(after)["speakers"]
    assert found[-1]["id"] == "kim-moe"
    assert len(found) == before.count("id:") + 1


@pytest.mark.parametrize("before", ["speakers: &a [x]", "- x", "speakers: {a: b}", "a: [", "a: b\na: c"])
def test_what_is_no_seed_file_is_left_alone(before):
    with pytest.raises(DraftError):
        yamltext.with_entries(before.encode(), "speakers", [ENTRY])
