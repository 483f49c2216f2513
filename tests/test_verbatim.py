"""What stands in quotation marks stands in the article, letter for letter."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.corpus import seeds, verbatim
from tests.seedfiles import COURIER, HERALD, alter, line_of

HERALD_TEXT = """Cranes again. By Kim Moe.
"We need taller cranes," said Ada Berg, walking,  "and we
need them now." Ole Dahl, a former pilot, calls dredging ‘a waste of good mud’ . The council was against it.
"""
COURIER_TEXT = "Berg moves up. «Mud is mud», she said. Last May: “We want taller cranes!”"


@pytest.fixture
def articles(tmp_path):
    """A folder with the texts of the small collection's articles."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "1.txt").write_text(HERALD_TEXT)
    (folder / "2.txt").write_text(COURIER_TEXT)
    return folder


@pytest.fixture
def summed_seeds(small_seeds):
    """The small collection with the sums of these texts."""
    for name, text in ((HERALD, HERALD_TEXT), (COURIER, COURIER_TEXT)):
        digest = hashlib.sha256(text.encode()).hexdigest()
        wording = "  wording: original\n" if name == HERALD else "  wording: translation\n"
        alter(small_seeds, name, wording, f"{wording}  text_sha256: {digest}\n")
    return small_seeds


def problems(folder, articles) -> list[str]:
    return list(map(str, verbatim.check(seeds.load(folder), articles)))


def test_white_space_quotation_marks_and_one_closing_mark_are_forgiven(summed_seeds, articles):
    assert problems(summed_seeds, articles) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "statement", "closest"),
    [
        (HERALD, "taller cranes,", "tallest cranes,", "berg-2017-05-04-cranes", "We need taller cranes"),
        (HERALD, "We need", "we need", "berg-2017-05-04-cranes", "We need taller cranes"),
        (HERALD, "taller cranes,", "taller cranes!", "berg-2017-05-04-cranes", "We need taller cranes"),
        (HERALD, "taller cranes,", "taller cranes..", "berg-2017-05-04-cranes", "We need taller cranes"),
        (HERALD, "taller cranes,", "taller crane", "berg-2017-05-04-cranes", "We need taller crane"),
        (HERALD, "“a waste of good mud”", "“a waste of bad mud”", "dahl-2017-05-dredging", "a waste of good mud"),
        (HERALD, "“a waste of good mud”", "“.”", "dahl-2017-05-dredging", ""),
        (COURIER, "text: Mud is mud.", "text: Mud was mud.", "berg-2018-07-01-mud", "Mud is mud"),
        (
            COURIER,
            "text: We want taller cranes.",
            "text: We wanted taller cranes.",
            "berg-2017-05-04-cranes",
            "We want",
        ),
    ],
)
def test_a_changed_quotation_names_its_statement_and_the_closest_passage(
    summed_seeds, articles, name, old, new, statement, closest
):
    line = alter(summed_seeds, name, old, new)
    (problem,) = problems(summed_seeds, articles)
    assert problem.startswith(f"seeds/{name}:{line}: {statement}: “")
    assert "is not verbatim in" in problem
    assert closest in problem


def test_the_pieces_must_come_in_the_order_of_the_article(summed_seeds, articles):
    alter(
        summed_seeds, HERALD, '["We need taller cranes,", "and we need them now."]', '["and we need them", "We need"]'
    )
    (problem,) = problems(summed_seeds, articles)
    assert "“We need” is not verbatim in 1.txt; stands there, but not in this order" in problem


def test_a_paraphrase_is_held_against_nothing(summed_seeds, articles):
    alter(summed_seeds, HERALD, "The council was against taller cranes.", "It preferred shorter ones.")
    assert problems(summed_seeds, articles) == []


def test_a_changed_article_is_told_by_its_sum(summed_seeds, articles):
    (articles / "1.txt").write_text(HERALD_TEXT + " ")
    (problem,) = problems(summed_seeds, articles)
    line = line_of(summed_seeds, HERALD, "text_sha256")
    assert problem.startswith(
        f"seeds/{HERALD}:{line}: article.text_sha256: no text has this sum; the closest, 1.txt, has "
    )


def test_a_missing_sum_is_told_with_the_sum_to_add(small_seeds, articles):
    first, second = problems(small_seeds, articles)
    digest = hashlib.sha256(HERALD_TEXT.encode()).hexdigest()
    assert first.endswith(f"article.text_sha256: is missing; 1.txt has {digest}")
    assert second.startswith(f"seeds/{COURIER}:")


def test_a_folder_without_texts_says_so(summed_seeds, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "picture.txt").write_bytes(b"\xff\xd8")
    for folder in (tmp_path / "empty", tmp_path / "nowhere"):
        assert problems(summed_seeds, folder)[0].endswith("holds no article text; name the folder with the plain texts")


def test_an_article_that_is_not_among_the_texts_is_said_to_be_missing(summed_seeds, articles):
    (articles / "2.txt").write_text("Something else entirely.")
    line = line_of(summed_seeds, COURIER, "text_sha256")
    assert problems(summed_seeds, articles) == [
        f"seeds/{COURIER}:{line}: article.text_sha256: no text has this sum, nor any of its quotations; add the text"
    ]


@given(st.text("ab,. “”\"’'\n", max_size=30))
def test_folding_twice_is_folding_once(text):
    assert verbatim.fold(verbatim.fold(text)) == verbatim.fold(text)


# Where it stands


def with_spans(folder, spans: str) -> int:
    return alter(folder, HERALD, "    via: Port Agency\n", f"    via: Port Agency\n    spans: {spans}\n")


def piece(words: str, text: str = HERALD_TEXT) -> str:
    begin = text.index(words)
    return f"[{begin}, {begin + len(words)}]"


def test_each_piece_stands_inside_its_spans(summed_seeds, articles):
    first, second = '"We need taller cranes,"', '"and we\nneed them now."'
    with_spans(summed_seeds, f"[{piece(first)}, {piece(second)}]")
    assert problems(summed_seeds, articles) == []


@pytest.mark.parametrize(
    ("spans", "sentence"),
    [
        ("[[0, 20], [25, 30]]", "“We need taller cranes,” does not stand in its spans"),
        ("[[0, 60]]", "“and we need them now.” does not stand in its spans"),
        ("[[0, 20], [40, 99999]]", "spans end at 99,999; 1.txt has 193 characters"),
    ],
)
def test_a_piece_outside_is_told(summed_seeds, articles, spans, sentence):
    with_spans(summed_seeds, spans)
    found = problems(summed_seeds, articles)
    assert any(sentence in problem for problem in found)
    assert all("berg-2017-05-04-cranes: " in problem for problem in found)


def test_where_a_further_report_stands_is_held_against_its_own_article(summed_seeds, articles):
    alter(summed_seeds, COURIER, "    basis: last May\n", "    basis: last May\n    spans: [[0, 20]]\n")
    (problem,) = problems(summed_seeds, articles)
    assert "“We want taller cranes.” does not stand in its spans" in problem
    assert f"seeds/{COURIER}:" in problem
    alter(summed_seeds, COURIER, "[[0, 20]]", f"[{piece('“We want taller cranes!”', COURIER_TEXT)}]")
    assert problems(summed_seeds, articles) == []


def test_offsets_mean_nothing_in_another_text(summed_seeds, articles):
    with_spans(summed_seeds, "[[0, 5]]")
    (articles / "1.txt").write_text(f"New. {HERALD_TEXT}")
    (problem,) = problems(summed_seeds, articles)
    assert "no text has this sum" in problem


def test_what_nobody_sees_does_not_matter(summed_seeds, articles):
    (articles / "2.txt").write_text(COURIER_TEXT.replace("Mud is", "\u200fMu\u00add\u200b is\u202c"))
    assert [problem for problem in problems(summed_seeds, articles) if "verbatim" in problem] == []


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("We need taller cranes,", "We need taller cranes"),
        ("and we need them now.", "and we\nneed them now"),
        ("a waste of good mud", "a waste of good mud"),
        ("we nee", None),
        ("", None),
        (".", None),
    ],
)
def test_verbatim_words_are_found_as_they_stand(run, expected):
    span = verbatim.locate(run, HERALD_TEXT)
    assert (HERALD_TEXT[slice(*span)] if span else None) == expected


def test_of_two_places_the_nearer_one_is_meant():
    text = "mud, mud, mud"
    assert [verbatim.locate("mud", text, near) for near in (0, 6, 12)] == [(0, 3), (5, 8), (10, 13)]
