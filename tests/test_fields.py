"""What enters is one clean line; what does not is told in a sentence."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.corpus import schema
from bot.corpus.fields import clean
from bot.corpus.quotation import fragments, wording_faults
from bot.record import Kind

ANY = st.text(st.characters(), max_size=40)


def cleaned(value: object) -> str | None:
    try:
        return clean(value, 30)
    except ValueError:
        return None


@given(ANY | st.none() | st.integers() | st.lists(st.text()))
def test_clean_text_is_one_visible_line_or_refused(value):
    text = cleaned(value)
    if text is None:
        return
    assert 0 < len(text) <= 30
    assert text == " ".join(value.split())
    assert not {unicodedata.category(char) for char in text if char not in "\u200c\u200d"} & {"Cc", "Cf", "Cs", "Cn"}


@given(ANY)
def test_cleaning_twice_is_cleaning_once(value):
    text = cleaned(value)
    assert text is None or cleaned(text) == text


@pytest.mark.parametrize(
    "char",
    [
        *("\x00", "\x1b", "\x7f", "\u00ad", "\u200b", "\u200e", "\u200f", "\u202a", "\u202e", "\u2060", "\u2066"),
        *("\ufeff", "\U000e0041", "\ue000", "\ud800", "\uffff", "\u3164", "\u2800", "\u115f", "\u034f"),
    ],
)
def test_a_character_that_shows_nothing_or_turns_the_text_is_refused(char):
    with pytest.raises(ValueError, match=f"U\\+{ord(char):04X}"):
        clean(f"a{char}b", 100)


@pytest.mark.parametrize("text", ["می‌خواهم", "👩‍🚀", "Ærø – “x” …", "i̇", "日本語", "שלום", "🇺🇦", "❤️", "é"])
def test_every_script_may_enter(text):
    assert clean(text, 100) == text


@pytest.mark.parametrize("value", ["", " ", "\n\t", "\u00a0", "\u200d", None])
def test_nothing_is_empty(value):
    with pytest.raises(ValueError, match="is empty"):
        clean(value, 100)


def test_exactly_the_limit_fits():
    assert clean("x" * 30, 30)
    with pytest.raises(ValueError, match="31 characters; at most 30"):
        clean("x" * 31, 30)


@given(st.sampled_from(Kind), st.lists(st.text('ab “”"„«.', min_size=1).filter(str.strip), min_size=1, max_size=3))
def test_a_wording_without_fault_keeps_its_promise(kind, words):
    pieces = tuple(" ".join(piece.split()) for piece in words)
    if list(wording_faults(kind, pieces)):
        return
    text = " ".join(pieces)
    match kind:
        case Kind.DIRECT:
            assert all(piece[0] not in '“”"„«' and piece[-1] not in '“”"„«' for piece in pieces)
        case Kind.MIXED:
            assert text.count("“") == text.count("”") == len(fragments(text)) > 0
            assert all(fragments(text))
        case Kind.INDIRECT:
            assert not set(text) & set('“”"„«')


def test_pieces_and_their_breaks_fit_a_card_together():
    assert not list(wording_faults(Kind.DIRECT, ("x" * 1500,)))
    (fault,) = wording_faults(Kind.DIRECT, ("x",) * 1000)
    assert fault.startswith("has 3,997 characters; at most 1,500")


# Where a wording stands


def spanned(value: object) -> object:
    entry = {"id": "a", "speaker": "b", "kind": "direct", "text": "x", "basis": "y", "topics": [], "spans": value}
    return schema.StatementSeed.model_validate(entry).spans


def test_spans_are_pairs_of_places_in_the_text_in_their_order():
    assert spanned([["0", "5"], ["5", "9"]]) == ((0, 5), (5, 9))
    assert spanned(None) == ()


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        *(("0-5", "must be a list of"), (["0", "5"], "must be a list of"), ([["0"]], "must be a list of")),
        *(([["0", "5", "6"]], "must be a list of"), ([["-1", "5"]], "must be a list of"), ([], "is empty")),
        *(
            ([["0", "٥"]], "must be a list of"),
            ([["0", "1e9"]], "must be a list of"),
            ([["0", None]], "must be a list"),
        ),
        *(([["5", "5"]], "ends before it begins"), ([["0", "5"], ["4", "9"]], "begins before the one before it ends")),
    ],
)
def test_spans_that_cannot_be_are_told(value, sentence):
    with pytest.raises(ValueError, match=sentence):
        spanned(value)


def test_a_line_in_bulk_has_no_spans():
    entry = {"id": "a", "speaker": "b", "kind": "direct", "text": "x", "topics": [], "article": "c", "spans": [[0, 1]]}
    with pytest.raises(ValueError, match="spans"):
        schema.BulkStatementSeed.model_validate(entry)
