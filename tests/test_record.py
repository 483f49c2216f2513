"""Dates keep exactly the precision they came with, and a statement never claims more than its receipt."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.record import (
    Article,
    Citation,
    Dating,
    Kind,
    Office,
    Selection,
    Speaker,
    Statement,
    Wording,
    key_of,
    month_day,
    month_number,
)

days = st.dates(date(1000, 1, 1), date(2999, 12, 31))
marks = st.sampled_from(["", "~", "?"])
simple = st.builds(lambda day, length, mark: day.isoformat()[:length] + mark, days, st.sampled_from([4, 7, 10]), marks)


def sound(text: str) -> bool:
    try:
        Dating.parse(text)
    except ValueError:
        return False
    return True


datings = st.one_of(simple, simple.map("../{}".format), st.builds("{}/{}".format, simple, simple).filter(sound)).map(
    Dating.parse
)


@given(datings)
def test_a_dating_is_written_as_it_was_read(dating):
    assert Dating.parse(dating.edtf) == dating


@given(datings)
def test_a_dating_begins_before_it_ends(dating):
    assert dating.earliest is None or dating.earliest <= dating.latest
    assert dating.days >= 1
    assert (dating.days == float("inf")) == (dating.earliest is None)


@given(datings)
def test_only_a_certain_calendar_day_is_a_day(dating):
    certain = len(dating.edtf) == len("2017-12-29") and "/" not in dating.edtf
    assert (dating.day is not None) == certain


@given(datings)
def test_words_for_a_date_name_its_years_and_no_more_than_it_knows(dating):
    words = str(dating)
    assert str(dating.latest.year) in words
    if not {"-", "/"} & set(dating.edtf):
        assert words.removeprefix("around ").removeprefix("possibly ") == dating.edtf[:4]


@given(datings, datings)
def test_contradiction_is_mutual_and_means_that_no_day_fits_both(one, other):
    assert one.contradicts(other) == other.contradicts(one)
    assert not one.contradicts(one)
    if one.contradicts(other):
        assert one.latest < (other.earliest or date.min) or other.latest < (one.earliest or date.min)


@given(st.text(alphabet="0123456789-/~?. ٣", max_size=22) | st.text(max_size=12))
def test_any_text_is_a_date_or_a_sentence_that_quotes_it(text):
    if sound(text):
        assert Dating.parse(text).edtf == text
        assert text.isascii()
    else:
        with pytest.raises(ValueError, match="“"):
            Dating.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "0999", "3000", "17", "2017-", "2017-1", "2017-00", "2017-13", "2017-13-01", "2017-02-30", "2017-02-29"),
        *("2017-12-00", "2017-12-32", "2017-00-01", "20171229", "2017/12/29", "29.12.2017", "2017-12-29T10:00"),
        *("2017-12-29Z", " 2017", "2017 ", "2017~~", "~2017", "2017-12-29/2017-12-28", "2018/2017", "2017/", "/2017"),
        *("../..", "2017/..", "2017/2018/2019", "20٢٧", "2017-1٢", "-2017", "unknown", "Y2017", "201X", "2017-12-1\n"),
    ],
)
def test_what_the_calendar_does_not_know_is_no_date(text):
    with pytest.raises(ValueError, match="“"):
        Dating.parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2017", "2017"),
        ("2017-12", "December 2017"),
        ("2017-12-03", "3 December 2017"),
        ("2019-12-23~", "around 23 December 2019"),
        ("2019-12~", "around December 2019"),
        ("2019?", "possibly 2019"),
        ("2019-12-03/2019-12-04", "3–4 December 2019"),
        ("2019-11-30/2019-12-04", "between 30 November 2019 and 4 December 2019"),
        ("2018/2019-12", "between 2018 and December 2019"),
        ("../2019-12-23", "on or before 23 December 2019"),
        ("../2019~", "on or before around 2019"),
        ("2016-02-29", "29 February 2016"),
    ],
)
def test_a_date_reads_as_a_person_says_it(text, words):
    assert str(Dating.parse(text)) == words


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2017-02", date(2017, 2, 1), date(2017, 2, 28)),
        ("2018/2019-06", date(2018, 1, 1), date(2019, 6, 30)),
        ("../2019", None, date(2019, 12, 31)),
    ],
)
def test_a_date_spans_every_day_it_may_have_been(text, first, last):
    dating = Dating.parse(text)
    assert (dating.earliest, dating.latest) == (first, last)


def test_a_month_is_known_by_its_name_or_the_first_letters_of_it():
    assert [month_number(name) for name in ("December", "dec", "JUN", "sept", "de", "", "mai")] == [
        *(12, 12, 6, 9),
        *(None, None, None),
    ]
    assert month_day(date(2017, 12, 6)) == "6 December"


def office(since: str, until: str | None) -> Office:
    return Office("Minister", "Northland", Dating.parse(since), Dating.parse(until) if until else None)


@pytest.mark.parametrize(
    ("since", "until", "when", "held"),
    [
        ("2015-03-01", "2018-06-30", "2015-03-01", True),
        ("2015-03-01", "2018-06-30", "2018-06-30", True),
        ("2015-03-01", "2018-06-30", "2018-07-01", False),
        ("2015-03-01", "2018-06-30", "2015-02-28", False),
        ("2015-03-01", "2018-06-30", "2018-06", True),
        ("2015-03-01", "2018-06-30", "2018", False),
        ("2015-03-01", "2018-06-30", "2015-03", True),
        ("2015-03-01", "2018-06-30", "2015", False),
        ("2015-03-01", "2018-06-30", "../2016", False),
        ("2015-03-01", None, "2099", True),
        # Taken at some time in 2015, left at some time in 2018: surely held in between only.
        ("2015", "2018", "2015-12-31", True),
        ("2015", "2018", "2015-12-30", False),
        ("2015", "2018", "2018-01-01", True),
        ("2015", "2018", "2018-01-02", False),
        ("2015", "../2018", "2016", False),
    ],
)
def test_an_office_is_shown_only_if_it_was_surely_held_throughout(since, until, when, held):
    assert office(since, until).covers(Dating.parse(when)) is held


@given(st.lists(days, min_size=4, max_size=4).map(sorted), st.sampled_from([4, 7, 10]))
def test_an_office_held_throughout_a_time_is_held_on_each_of_its_days(ordered, length):
    since, first, last, until = (day.isoformat()[:length] for day in ordered)
    term = office(since, until)
    if term.covers(Dating.parse(f"{first}/{last}")):
        for day in (first, last):
            assert term.covers(Dating.parse(day))


def cited(
    published: str,
    *,
    said: str | None = None,
    basis: str = "",
    kind: Kind = Kind.DIRECT,
    pieces: tuple[str, ...] = ("Mud.",),
) -> Citation:
    article = Article(f"a-{published}", "Herald", "Title", Dating.parse(published), "https://example.org/")
    return Citation(article, kind, pieces, Dating.parse(said) if said else None, basis)


def stated(*citations: Citation) -> Statement:
    return Statement("s", Speaker("x", "X", offices=(office("2015", "2018"),)), (), citations)


def test_of_two_dates_the_more_precise_is_shown_with_its_own_basis():
    statement = stated(
        cited("2018-01-02", said="2017", basis="a year"),
        cited("2018-01-01", said="2017-05-04", basis="a day"),
        cited("2019", said="2017-05"),
    )
    assert statement.said == Dating.parse("2017-05-04")
    assert statement.basis == "a day"
    assert statement.reported == Dating.parse("2018-01-01")
    assert statement.dated == "said 4 May 2017"
    assert statement.offices


def test_what_nobody_dates_is_reported_and_never_said():
    statement = stated(cited("2018-01-02", basis="no day given"), cited("2018-01-01"))
    assert statement.said is None
    assert statement.when == statement.reported
    assert statement.dated == "reported 1 January 2018"
    assert statement.basis == "no day given"


def test_quotation_marks_stand_only_around_a_direct_wording():
    assert cited("2018", pieces=("One,", "two.")).shown == "“One, … two.”"
    assert cited("2018", kind=Kind.MIXED, pieces=("She said “one”.",)).shown == "She said “one”."
    assert cited("2018", kind=Kind.INDIRECT, pieces=("She agreed.",)).shown == "She agreed."


@pytest.mark.parametrize(
    ("kind", "wording", "nature"),
    [
        (Kind.DIRECT, Wording.ORIGINAL, "direct quotation"),
        (Kind.DIRECT, Wording.TRANSLATION, "direct quotation, translated"),
        (Kind.MIXED, Wording.MACHINE_TRANSLATION, "partly quoted, machine-translated"),
        (Kind.INDIRECT, Wording.MACHINE_TRANSLATION, "paraphrase, in our words"),
    ],
)
def test_a_wording_says_what_it_is(kind, wording, nature):
    article = Article("a", "Herald", "Title", Dating.parse("2018"), "https://example.org/", wording)
    assert Citation(article, kind, ("Mud.",)).nature == nature


@given(st.text())
def test_a_key_fits_in_60_bits_and_depends_on_the_id_alone(identity):
    assume(not any("\ud800" <= char <= "\udfff" for char in identity))
    assert 0 <= key_of(identity) < 2**60
    assert key_of(identity) == key_of(identity)


def test_a_key_never_changes():
    assert key_of("stoltenberg-2018-06-cold-war") == 0x1285C779E5CFFB2


def test_an_empty_selection_is_false():
    assert not Selection()
    assert Selection(speaker="x")
    assert Selection(office=("Minister", "Northland"))
    assert Selection(topics=("t",))


@given(days, st.integers(0, 400))
def test_a_shorter_span_is_the_more_precise(day, length):
    later = min(day + timedelta(days=length), date(2999, 12, 31))
    assert Dating.parse(f"{day}/{later}").days == (later - day).days + 1
