"""Any bytes at all become a tree or problems with a line, never an exception."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.corpus import yamltree
from bot.errors import Problem


def read(content: bytes | str) -> tuple[yamltree.Tree | None, list[str]]:
    problems: list[Problem] = []
    tree = yamltree.read(content if isinstance(content, bytes) else content.encode(), "f.yaml", problems)
    return tree, list(map(str, problems))


def value(content: bytes | str) -> object:
    tree, problems = read(content)
    assert not problems
    assert tree
    return tree.root


def refused(content: bytes | str) -> str:
    tree, problems = read(content)
    assert tree is None
    assert len(problems) == 1
    return problems[0]


def test_everything_is_text_a_list_or_a_mapping():
    assert value("a: no\nb: 2018-06-19\nc: 1e3\nd: [yes, 0x10]\ne: {f: off}\n<<: g") == {
        "a": "no",
        "b": "2018-06-19",
        "c": "1e3",
        "d": ["yes", "0x10"],
        "e": {"f": "off"},
        "<<": "g",
    }


def test_nothing_is_nothing_only_where_it_is_not_quoted():
    assert value('a:\nb: ~\nc: null\nd: NULL\ne: ""\nf: "~"\ng: \'null\'') == {
        "a": None,
        "b": None,
        "c": None,
        "d": None,
        "e": "",
        "f": "~",
        "g": "null",
    }


def test_every_path_knows_its_line():
    tree, _ = read("# a comment\na: 1\nb:\n  - c: >-\n      two\n      lines\n    d: 2\n  - e\n")
    assert tree
    assert {path: tree.line(path) for path in [("a",), ("b",), ("b", 0), ("b", 0, "d"), ("b", 1)]} == {
        ("a",): 2,
        ("b",): 3,
        ("b", 0): 4,
        ("b", 0, "d"): 7,
        ("b", 1): 8,
    }


def test_what_is_not_there_stands_where_it_should_be():
    tree, _ = read("a:\n  - b: 1\n    c: 2\n")
    assert tree
    assert tree.line(("a", 0, "missing")) == 2
    assert tree.line(("elsewhere",)) == 1


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbfa: 1\n", b"a: 1\r\n", b"---\na: 1\n", b"a: 1\n...\n", b"%YAML 1.1\n---\na: 1"]
)
def test_the_ways_of_other_editors_are_read(content):
    assert value(content) == {"a": "1"}


def test_windows_line_ends_count_once():
    tree, _ = read(b"a: 1\r\nb: 2\r\nc: 3\r\n")
    assert tree
    assert tree.line(("c",)) == 3


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "f.yaml:1: is empty"),
        ("# only a comment\n", "f.yaml:1: is empty"),
        ("---\n", "f.yaml:1: is empty"),
        ("- a\n- b\n", "f.yaml:1: is not made of “key: value” lines"),
        ("just words", "f.yaml:1: is not made of “key: value” lines"),
        ("a: 1\n---\nb: 2\n", "f.yaml:2: a second document"),
        ("a: 1\n--- \n", "f.yaml:2: a second document"),
        ("a: &x 1\n", "f.yaml:1: anchor &x"),
        ("a: 1\nb: *x\n", "f.yaml:2: alias *x"),
        ("a: 1\nb: !!python/object:os.system x\n", "f.yaml:2: tag tag:yaml.org,2002:python/object:os.system"),
        ("a: 1\nb: ! x\n", "f.yaml:2: tag !"),
        ("a: 1\n? [b]\n: 2\n", "f.yaml:2: a key must be a word"),
        ("a: 1\n? {b: c}\n: 2\n", "f.yaml:2: a key must be a word"),
        ("a: 1\n~: 2\n", "f.yaml:2: a key must be a word"),
        ("a: 1\nb: he said: no\n", "f.yaml:2: is not YAML: a text with “: ” in it"),
        ("a:\n\t- b\n", "f.yaml:2: is not YAML: indent with spaces"),
        ("a: 1\nb: @c\n", "f.yaml:2: is not YAML: indent with spaces, not tabs; a text that begins with @"),
        ("a: 1\nb: *c* d\n", "f.yaml:2: is not YAML: a text that begins with *"),
        ('a: 1\nb: "c\nd: 2\n\n', "f.yaml:2: is not YAML: a quotation mark opens here"),
        ("a: 1\nb: [c\nd: 2\n", "f.yaml:2: is not YAML: "),
        ("a: 1\nb: {c: 1\nd: 2\n", "f.yaml:2: is not YAML: "),
        ('a: 1\nb: "c" d\n', "f.yaml:2: is not YAML: "),
        ("a: 1\nb\nc: 2", "f.yaml:3: is not YAML: "),
        ("é: ü\nb: \x07\n", "f.yaml:2: holds the invisible character U+0007"),
        ("é: ü\nb: \0\n", "f.yaml:2: holds the invisible character U+0000"),
        ("a: 1\nb: x\u2028y\n", "f.yaml:2: holds the invisible character U+2028"),
        ("a: 1\nb: \x85\n", "f.yaml:2: holds the invisible character U+0085"),
        ('a: "\\ud800"\n', "f.yaml:1: is not YAML: "),
        (b"a: 1\nb: \xff\n", "f.yaml:2: byte 0xff is not UTF-8"),
        (b"\xef\xbb\xbfa: 1\nb:\xe9\n", "f.yaml:2: byte 0xe9 is not UTF-8"),
        (b"\xff\xfea\0:\0", "f.yaml:1: byte 0xff is not UTF-8"),
        (b"a: \xed\xa0\x80", "f.yaml:1: byte 0xed is not UTF-8"),
    ],
)
def test_what_is_not_read_is_named_with_its_line(content, problem):
    assert refused(content).startswith(problem)


@pytest.mark.parametrize(
    ("start", "repeated", "times", "problem"),
    [
        ("a: 1\nb: ", "[", 1_000_000, "f.yaml:2: is nested more than 12 deep"),
        ("a: 1\nb: ", "{a: ", 400_000, "f.yaml:2: is nested more than 12 deep"),
        ("a: 1\nb:\n", "- ", 400_000, "f.yaml:3: is nested more than 12 deep"),
        ("a: 1\n", "? ", 400_000, "f.yaml:2: a key must be a word"),
        ("a: [", "b, ", 150_000, "f.yaml:1: holds more than 100,000 values"),
        ("", "a", 4_000_001, "f.yaml: has 4,000,001 bytes"),
    ],
)
def test_what_is_built_to_exhaust_is_refused_at_once(start, repeated, times, problem):
    assert refused(start + repeated * times).startswith(problem)


def test_a_bomb_of_aliases_is_refused_at_each_alias():
    bomb = "a: &a [x, x]\n" + "".join(f"{new}: &{new} [*{old}, *{old}]\n" for old, new in pairwise("abcdefghi"))
    tree, problems = read(bomb)
    assert tree is None
    assert len(problems) == 9 + 16
    assert problems[0] == ("f.yaml:1: anchor &a: anchors are not read; delete it, or put the text in quotation marks")


def test_a_key_that_stands_twice_hides_no_other_problem():
    tree, problems = read("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n")
    assert tree
    assert [problem.partition(" (")[0] for problem in problems] == [
        "f.yaml:2: key “a” stands here a second time",
        "f.yaml:5: key “c” stands here a second time",
    ]


def test_a_long_or_unprintable_key_does_not_spill_into_the_problem():
    _, problems = read('"a\\nb\\e[31m": 1\n"a\\nb\\e[31m": 2\n' + "x" * 500 + ": 1\n" + "x" * 500 + ": 2\n")
    assert len(problems) == 2
    assert all(problem.isprintable() and len(problem) < 200 for problem in problems)


yamlish = st.lists(
    st.sampled_from(
        [
            *"abé:-?,[]{}#&*!|>'\"%@`~ \t\n\r",
            ": ",
            "\n  ",
            "- ",
            "<<: *a",
            "&a ",
            "!!str ",
            "---\n",
            "...\n",
            "null",
            "\0",
            "\ufeff",
        ]
    )
    | st.text(max_size=3),
    max_size=60,
).map("".join)


@given(st.binary(max_size=300) | yamlish.map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"\xef\xbb\xbf")
@example(b"\xef\xbb\xbf\xff")
@example("ééé: 1\n\x00".encode())
@example(b"? a\n? b\n")
@example(b"[")
@example(b"[" * 2000)
def test_any_bytes_become_a_tree_or_problems(content):
    tree, problems = read(content)
    assert tree is not None or problems
    lines = content.count(b"\n") + content.count(b"\r") + 1
    for problem in problems:
        assert problem.isprintable()
        _, line, message = problem.split(":", 2)
        assert 1 <= int(line) <= lines
        assert message.strip()


@given(st.dictionaries(st.text("abcé", min_size=1), st.lists(st.text("abc 1:#'“”", min_size=1)), min_size=1))
def test_what_yaml_writes_is_read_back(content):
    import yaml

    assert value(yaml.safe_dump(content, allow_unicode=True, default_style='"')) == content
