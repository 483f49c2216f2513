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
