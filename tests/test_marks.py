"""Quotation marks, as newspapers set them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.marks import Quoted, quotations


def quoted(text: str) -> list[str]:
    return [text[one.begin : one.end] for one in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Yes,” she said. “No.”", ["“Yes,”", "“No.”"]),
        ('"Yes," she said. "No."', ['"Yes,"', '"No."']),
        ("„Ja“, said Dahl. „Nein.“", ["„Ja“", "„Nein.“"]),
        ("«Da,» said Dahl.", ["«Da,»"]),
        ("''Yes,'' she said.", ["''Yes,''"]),
        ("``Yes,'' she said.", ["``Yes,''"]),
        ('"Mixed,” she said.', ['"Mixed,”']),
        ('“Mixed," she said.', ['“Mixed,"']),
        ("\u200f«Open»\u200f, he said.", ["«Open»"]),
        ("She called it “‘never again’ or nothing”.", ["“‘never again’ or nothing”"]),
        ("“He said “no” to me,” she said.", ["“He said “no” to me,”"]),
    ],
)
def test_pairs_of_every_shape_are_found(text, expected):
    assert quoted(text) == expected
    assert all(one.opened and one.closed for one in quotations(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'We need dialogue,' Mr Dahl said. 'That is all.'", ["'We need dialogue,'", "'That is all.'"]),
        ("‘It’s the allies’ duty,’ he said.", ["‘It’s the allies’ duty,’"]),
        ("The allies' fleet isn't here.", []),
        ("It was a ‘good day’ for the ‘Hope’.", ["‘good day’", "‘Hope’"]),
        ("He lived in the '90s and didn't mind.", []),
        ("“They don't,” he said, of the allies’ 'plan'.", ["“They don't,”"]),
    ],
)
def test_single_marks_count_where_there_are_no_double_ones_and_are_no_apostrophes(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We go on in the next paragraph.", Quoted(0, 32, (1, 32), closed=False)),
        ("It was left out here,” she said.", Quoted(0, 22, (0, 21), opened=False)),
        ("“It stays open, Berg said, and left.", Quoted(0, 15, (1, 15), closed=False)),
        ("“It stays open, said Berg.", Quoted(0, 15, (1, 15), closed=False)),
    ],
)
def test_a_mark_that_is_missing_is_told(text, expected):
    assert quotations(text) == [expected]


def test_marks_that_only_open_take_no_time():
    assert len(quotations("“a " * 6000)) == 6000


def test_a_second_opening_mark_ends_a_quotation_that_was_never_closed():
    text = '"It stays open. She stressed that "nobody will go".'
    assert [(one.closed, text[one.begin : one.end]) for one in quotations(text)] == [
        (False, '"It stays open. She stressed that'),
        (True, '"nobody will go"'),
    ]


@given(st.one_of(st.text(), st.text(alphabet="“”„«»\"'’‘ ,.ab\n—")))
def test_quotations_lie_in_the_text_in_order_and_apart(text):
    before = 0
    for one in quotations(text):
        begin, end = one.inner
        assert before <= one.begin <= begin <= end <= one.end <= len(text)
        assert one.begin < one.end
        before = one.end
