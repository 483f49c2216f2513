"""When something was said: days as articles write them, and what ties them to an act of saying."""

import re
from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.drafting.dates.datelines import published
from bot.drafting.dates.dating import MAX_BASIS, occasions
from bot.drafting.dates.reckoning import latest_weekday, weekday_name
from bot.drafting.dates.times import find, resolve
from bot.drafting.parsing import Parsed, parse
from bot.drafting.values import Attribution, Furniture, Manuscript, Occasion, Proposal, Span, Tie, Voice, Why
from bot.record import Dating, Kind

FRIDAY = Dating.parse("2017-12-29")


# Which days words mean


def read(words, on=FRIDAY):
    """The one time in some words: its date, whether it carries a flag, whether it is still to come."""
    (time,) = find(words)
    reading = resolve(time, on)
    return reading.dating and reading.dating.edtf, bool(reading.because), reading.future


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("on Friday", "2017-12-29"),
        ("on Thursday", "2017-12-28"),
        ("FRIDAY", "2017-12-29"),
        ("last Friday", "2017-12-22"),
        ("this Friday", "2017-12-29"),
        ("this past Friday", "2017-12-22"),
        ("last Saturday", "2017-12-23"),
        ("late on Monday night", "2017-12-25"),
        ("on Friday of last week", "2017-12-22"),
        ("last week on Tuesday", "2017-12-19"),
        ("on December 6", "2017-12-06"),
        ("6 December", "2017-12-06"),
        ("the 6th of December", "2017-12-06"),
        ("Dec. 6", "2017-12-06"),
        ("December 6, 2016", "2016-12-06"),
        ("on 6 December 2016", "2016-12-06"),
        ("at 12:30 December 6", "2017-12-06"),
        ("Friday, December 29", "2017-12-29"),
        ("Friday (December 29)", "2017-12-29"),
        ("Friday, February 17-19, 2017", "2017-02-17/2017-02-19"),
        ("Wed., Dec. 27, 2017", "2017-12-27"),
        ("on December 27 and 28", "2017-12-27/2017-12-28"),
        ("December 27-28", "2017-12-27/2017-12-28"),
        ("17 to 19 February 2017", "2017-02-17/2017-02-19"),
        ("from 30 November to 2 December", "2017-11-30/2017-12-02"),
        ("December 30 – January 2, 2017", "2016-12-30/2017-01-02"),
        ("2017-12-06", "2017-12-06"),
        ("06.12.2017", "2017-12-06"),
        ("12/31/2016", "2016-12-31"),
        ("in December", "2017-12"),
        ("in early November", "2017-11"),
        ("last December", "2016-12"),
        ("at the end of September", "2017-09"),
        ("in May", "2017-05"),
        ("in December 2016", "2016-12"),
        ("in 2014", "2014"),
        ("in a 2016 speech", "2016"),
        ("his 2007 security conference speech", "2007"),
        ("in the summer of 2016", "2016"),
        ("today", "2017-12-29"),
        ("earlier today", "2017-12-29"),
        ("this morning", "2017-12-29"),
        ("yesterday", "2017-12-28"),
        ("last night", "2017-12-28"),
        ("the day before yesterday", "2017-12-27"),
        ("two days ago", "2017-12-27"),
        ("last week", "2017-12-18/2017-12-24"),
        ("earlier this week", "2017-12-25/2017-12-29"),
        ("over the weekend", "2017-12-23/2017-12-24"),
        ("earlier this month", "2017-12"),
        ("late last month", "2017-11"),
        ("last year", "2016"),
        ("earlier this year", "2017"),
        ("on Christmas Eve", "2017-12-24"),
    ],
)
def test_words_mean_a_day_a_month_or_a_year(words, edtf):
    assert read(words) == (edtf, False, False)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("Friday, 28 December", "2017-12-28?"),  # it was a Thursday
        ("Monday, December 6, 2016", "2016-12-06?"),
        ("last Tuesday", "2017-12-26"),  # that of this week, or of the one before
        ("on Saturday", "2017-12-23"),  # six days before, or tomorrow by another clock
        ("the Friday before the summit", None),
        ("the following Monday", None),
        ("on 3 March", "2017-03-03"),  # long ago, without a year
        ("31 June", None),
        ("03/04/2017", "2017-03-04?"),
        ("on the 17th", "2017-12-17"),
        ("a week ago", "2017-12-22~"),
        ("three months ago", "2017-09~"),
        ("a few days ago", None),
        ("last summer", None),
        ("in the winter of 2016", "2016"),
        ("last May", "2017-05"),
        ("in January", "2017-01"),  # nearly a year ago, or the one to come
        ("days before Christmas", "2017-12-18/2017-12-24"),
        ("on the same day", None),
        ("a day earlier", None),
        ("in the past week", "2017-12-22/2017-12-29"),
    ],
)
def test_what_words_do_not_settle_is_flagged(words, edtf):
    assert read(words) == (edtf, True, False)


@pytest.mark.parametrize(
    "words",
    [
        "next Friday",
        "this Saturday",
        "next week",
        "later this month",
        "tomorrow",
        "on January 3",
        "30 December",
        "next July",
    ],
)
def test_what_lies_after_the_article_is_no_day_of_saying(words):
    dating, _, future = read(words)
    assert dating is None
    assert future


@pytest.mark.parametrize("words", ["31 December 2017", "in 2018", "in January 2018", "the summer of 2020"])
def test_a_date_after_the_article_is_doubted(words):
    dating, flagged, future = read(words)
    assert dating.endswith("?")
    assert flagged
    assert future


@pytest.mark.parametrize(
    "words",
    [
        "the Sunday Times",
        "the Mail on Sunday",
        "Black Friday",
        "you may 5",
        "a march 3 miles long",
        "Theresa May, 61",
        "in the 1990s",
        "in 2000 villages",
        "Resolution 2202",
        "Mayor",
        "Juncker",
        "told the “Today” programme",
        "spoke on Channel One's This Week",
    ],
)
def test_what_only_looks_like_a_time_is_none(words):
    assert not find(words)


@pytest.mark.parametrize(
    ("appeared", "words", "edtf"),
    [
        ("2018-01-01", "on Friday", "2017-12-29"),
        ("2018-01-02", "on December 6", "2017-12-06"),
        ("2018-01-02", "in December", "2017-12"),
        ("2018-01-02", "last month", "2017-12"),
        ("2018-01-02", "last December", "2017-12"),
        ("2018-01-06", "over the weekend", "2018-01-06"),
        ("2018-03-01", "yesterday", "2018-02-28"),
        ("2018-01-01", "earlier this week", "2017-12-31/2018-01-01"),
        ("2017-12-24", "last week", "2017-12-11/2017-12-23"),
        ("2016-03-01", "29 February", "2016-02-29"),
        ("2018-06", "earlier this month", "2018-06"),
        ("2018-06", "in December", "2017-12"),
        ("2018-06", "on Monday", None),
        ("2018-06", "on 3 May 2016", "2016-05-03"),
        ("2018", "on December 6", None),
        ("2019-12-23~", "on Monday", "2019-12-23~"),
        ("2019-12-23~", "in 2014", "2014"),
    ],
)
def test_words_count_from_the_day_the_article_appeared(appeared, words, edtf):
    assert read(words, Dating.parse(appeared))[0] == edtf


@pytest.mark.parametrize(
    "words", ["on Friday", "yesterday", "on December 6", "in May", "last year", "a week ago", "last week"]
)
def test_nothing_counts_from_a_day_that_is_not_known(words):
    assert read(words, None)[:2] == (None, True)


def test_a_full_date_needs_no_day_of_publication():
    assert read("on 6 December 2017", None) == ("2017-12-06", False, False)


@given(st.sampled_from(range(7)), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_a_weekday_is_within_the_week_before(weekday, today):
    day = latest_weekday(weekday, today)
    assert today - timedelta(days=7) < day <= today
    assert day.weekday() == weekday
    (time,) = find(f"on {weekday_name(day)}")
    assert resolve(time, Dating.parse(f"{today}")).dating == Dating.parse(f"{day}")


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 183))
def test_a_day_and_month_are_the_nearest_not_after(today, age):
    day = today - timedelta(days=age)
    for words in (f"{day:%B} {day.day}", f"{weekday_name(day)}, {day.day} {day:%b}"):
        assert read(words, Dating.parse(f"{today}")) == (f"{day}", False, False)


@given(st.text(max_size=80), st.none() | st.dates(date(1900, 1, 1), date(2999, 1, 1)))
def test_whatever_stands_there_is_read_without_a_fault(text, today):
    appeared = today and Dating.parse(f"{today}")
    for time in find(text):
        reading = resolve(time, appeared)
        assert text[time.begin : time.end].split() == time.words.removesuffix(")").split() or ")" in time.words
        assert reading.dating or reading.because or reading.future


WORDS = st.sampled_from(
    "on in last this next week month year Friday Monday May December 3 17 31 2017 2018 , - to the of day earlier ago "
    "two early before same Christmas weekend today ( )".split()
)


@given(
    st.lists(WORDS, max_size=9).map(" ".join),
    st.sampled_from([None, "2017-12-29", "2018-06", "2016-02-29", "2019-12-23~"]),
)
def test_times_in_any_order_are_read_without_a_fault(text, appeared):
    for time in find(text):
        reading = resolve(time, appeared and Dating.parse(appeared), Dating.parse("2017-12-06"))
        assert reading.dating or reading.because or reading.future
        if appeared == "2017-12-29" and reading.dating and not reading.because:
            assert reading.dating.earliest
            assert reading.dating.earliest <= date(2017, 12, 29)


# What ties them to an act of saying


MARKED = re.compile(r"(?P<open>[<{\[])(?:(?P<label>\w)\|)?(?P<words>[^<>{}\[\]]*)[>}\]]")


def article(*lines: str) -> tuple[str, list[Attribution]]:
    """A text with <source>, {cue} and [content] marked; more than one statement of a line are told apart by {b|…}.

    A statement without a cue goes on with the one before.
    """
    text = ""
    spans: defaultdict[tuple[int, str], defaultdict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for number, line in enumerate(lines):
        at = 0
        for found in MARKED.finditer(line):
            text += line[at : found.start()]
            place = (len(text), len(text) + len(found["words"]))
            spans[number, found["label"] or "a"][found["open"]].append(place)
            text += found["words"]
            at = found.end()
        text += line[at:] + "\n"
    made = [
        Attribution(
            tuple(parts["["]),
            tuple(parts["<"]),
            tuple(parts["{"]),
            Kind.DIRECT if text[parts["["][0][0]] in '“"' else Kind.INDIRECT,
            Tie.CUE if parts["{"] else Tie.CONTINUATION,
        )
        for parts in spans.values()
        if parts["["]
    ]
    return text, sorted(made, key=lambda one: one.begin)


def occasions_of(
    *lines: str, appeared: str | None = "2017-12-29", captions: tuple[str, ...] = (), voices: tuple[Voice, ...] = ()
) -> list[Occasion]:
    """The occasions of a marked article, after which its captions stand."""
    text, attributions = article(*lines)
    furniture, masked = [], text
    for caption in captions:
        furniture.append(Furniture((len(text), len(text) + len(caption)), Why.CAPTION))
        text, masked = f"{text}{caption}\n", f"{masked}{' ' * len(caption)}\n"
    when = appeared and Dating.parse(appeared)
    manuscript = Manuscript("a.txt", text, text.encode(), tuple(furniture), published=when or None)
    (parsed,) = parse([masked])
    found = occasions(manuscript, parsed, attributions, voices)
    assert len(found) == len(attributions)
    assert all(one.basis and len(one.basis) <= MAX_BASIS and len(one.where) <= 200 for one in found)
    assert all(one.because for one in found if one.confidence < 0.9)
    return found


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("<Stoltenberg> {said} on Friday that [the alliance stays open to talks].", "2017-12-29"),
        ("<Stoltenberg> {said} Friday that [the alliance stays open to talks].", "2017-12-29"),
        ("<Stoltenberg> on Friday {said} [the alliance stays open to talks].", "2017-12-29"),
        ("On Thursday, <Stoltenberg> {said} [the alliance stays open to talks].", "2017-12-28"),
        ("But on Thursday <Stoltenberg> {said} [the alliance stays open to talks].", "2017-12-28"),
        ("[“We stay open to talks,”] <Stoltenberg> {said} on Thursday.", "2017-12-28"),
        ("[“We stay open to talks,”] <Stoltenberg> {told} reporters in Brussels on December 6.", "2017-12-06"),
        ("[“We stay open,”] {said} <Stoltenberg> at a joint press conference with Kerry on Thursday.", "2017-12-28"),
        ("[“We stay open,”] <he> {told} Germany's Bild newspaper last week.", "2017-12-18/2017-12-24"),
        ("Earlier this month, <Poland> {said} [it would pay for a base].", "2017-12"),
        ("At a press conference in Brussels on Thursday, <Stoltenberg> {said} [talks would go on].", "2017-12-28"),
        ("February 16, 2017 at a news conference in Riga, <Stoltenberg> {voiced} [confidence].", "2017-02-16"),
        ("Speaking in Berlin on Thursday, <Stoltenberg> {said} [talks would go on].", "2017-12-28"),
        ("<Stoltenberg>, speaking to reporters in Berlin on Thursday, {said} [talks would go on].", "2017-12-28"),
        ("<Lavrov> {said} at Thursday's press conference that [trust was gone].", "2017-12-28"),
        ("<Lavrov> {told} a Thursday news conference that [trust was gone].", "2017-12-28"),
        ("<Putin> {said} in a 2007 speech that [one power wanted to rule].", "2007"),
        ("In 2014, <Putin> {said} [the port would stay Russian].", "2014"),
        ("In 2014, when he led the government, <Medvedev> {said} [prices would fall].", "2014"),
        ("<Tillerson> {told} ministers in November: [“There is no way back.”]", "2017-11"),
        ("The quarrel has grown since September, when <President Putin> {proposed} [a mission].", "2017-09"),
        ("<Zakharova> {said} in a statement released on Thursday that [the claims were empty].", "2017-12-28"),
        ("<Zakharova> {wrote} in a post published on Thursday that [the claims were empty].", "2017-12-28"),
        ("{According to} a statement by <the ministry> on Thursday, [the claims were empty].", "2017-12-28"),
        ("<Lavrov> {said} on the sidelines of the forum on Thursday that [trust was gone].", "2017-12-28"),
        ("<Lavrov> {said} on 17 to 19 December 2017 that [trust was gone].", "2017-12-17/2017-12-19"),
        ("BRUSSELS, Dec 29 (Reuters) - <Lavrov> {said} on Thursday [trust was gone].", "2017-12-28"),
        ("<Stoltenberg> {said} late on Thursday local time that [talks would go on].", "2017-12-28"),
        ("<Grushko> {said} in an interview recorded on Thursday that [talks were stuck].", "2017-12-28"),
        ("In December 2016, <he> {warned} that [trust was gone].", "2016-12"),
        ("<He> {said} two days ago that [trust was gone].", "2017-12-27"),
        ("<Stoltenberg>, who has led NATO since 2014, {said} on Thursday that [talks would go on].", "2017-12-28"),
    ],
)
def test_grammar_ties_a_time_to_the_saying(line, edtf):
    (occasion,) = occasions_of(line)
    assert (occasion.said and occasion.said.edtf) == edtf
    if edtf:
        assert not occasion.because
        assert occasion.confidence > 0.9
        assert occasion.basis.startswith("the article says ")


@pytest.mark.parametrize(
    "line",
    [
        "<Stoltenberg> {said} that [ministers would meet on January 7].",
        "[“We meet on Friday,”] <Stoltenberg> {said}.",
        "<Tillerson> {said} ahead of talks with Lavrov on December 7 that [the violence must end].",
        "<Tillerson> {said} ahead of Thursday's talks that [the violence must end].",
        "<Lavrov>, who met Kerry on Thursday, {said} [trust was gone].",
        "<Lavrov> has {said} since Monday that [trust was gone].",
        "Lavrov met Kerry on Thursday. <He> {said} [trust was gone].",
        "<Lavrov> {said} before the vote on Thursday that [trust was gone].",
        "<Lavrov> {said} in response to Thursday's attack that [trust was gone].",
        "<Lavrov> {said} [trust was gone] as troops moved in on Thursday.",
        "<Lavrov> {said} [trust was gone], while NATO met on Thursday.",
        "<Stoltenberg> {said} in an interview to be aired on Sunday that [talks would go on].",
        "<Stoltenberg> {said} in an interview scheduled to air next week that [talks would go on].",
        "Starting this week, <Lavrov> {says} [trust is gone].",
        "Until Thursday <Lavrov> {said} [trust was gone].",
        "<Lavrov> {told} the Sunday Times that [trust was gone].",
    ],
)
def test_other_times_in_the_sentence_date_nothing(line):
    (occasion,) = occasions_of(line)
    assert occasion.said is None
    assert "reported 29 December 2017" in occasion.basis


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("<Lavrov> {said} after talks with Kerry on Thursday that [trust was gone].", "2017-12-28"),
        ("After meeting Kerry on Thursday, <Lavrov> {said} [trust was gone].", "2017-12-28"),
        ("On Thursday <Lavrov> flew to Riga and {said} [trust was gone].", "2017-12-28"),
        ("As reported on Thursday by TASS, <Lavrov> {said} [trust was gone].", "2017-12-28"),
        ("Interfax {quoted} <Lavrov> {as saying} on Thursday that [trust was gone].", "2017-12-28"),
        ("<Lavrov> {said} on Friday, 28 December, that [trust was gone].", "2017-12-28?"),
        ("<Lavrov> {said} on 31 December 2017 that [trust was gone].", "2017-12-31?"),
        ("<Lavrov> {said} on Thursday at the forum in Sochi on December 20 that [trust was gone].", "2017-12-28"),
        ("<Lavrov> {said} of the summit on Thursday that [trust was gone].", "2017-12-28"),
        ("<Lavrov> {said} a week ago that [trust was gone].", "2017-12-22~"),
        ("<Lavrov> {said} last Tuesday that [trust was gone].", "2017-12-26"),
        ("<Lavrov> {said} in December, last Tuesday, that [trust was gone].", "2017-12-26"),
        ("Last week, <Lavrov> {says} [trust was gone].", "2017-12-18/2017-12-24"),
        ("[“Trust is gone,”] <Lavrov> {said after meeting Thursday with Kerry}.", "2017-12-28"),
        ("BRUSSELS, Dec 28 (Reuters) - <Lavrov> {said} [trust was gone].", "2017-12-28"),
        ("BRUSSELS, Thursday, 28 December (Reuters) - <Lavrov> {said} [trust was gone].", "2017-12-28"),
        ("<Those ready for Thursday's meeting> {said} [trust was gone].", "2017-12-28"),
        ("Asked about the vote on Thursday, <he> {said} [talks would go on].", "2017-12-28"),
        ("<Lavrov> {called} [the strikes “reckless”] on Thursday.", "2017-12-28"),
    ],
)
def test_a_time_that_may_be_another_is_flagged(line, edtf):
    (occasion,) = occasions_of(line)
    assert occasion.said
    assert occasion.said.edtf == edtf
    assert occasion.because


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("<Stoltenberg> {said} in an interview published on Thursday that [talks would go on].", "../2017-12-28"),
        ("<Stoltenberg> {told} Bild in remarks published on Thursday: [“Talks go on.”]", "../2017-12-28"),
        (
            "<Stoltenberg> {said} in an interview with Bild, broadcast on Thursday, that [talks would go on].",
            "../2017-12-28",
        ),
    ],
)
def test_words_were_said_by_the_day_they_came_out(line, edtf):
    (occasion,) = occasions_of(line)
    assert occasion.said
    assert occasion.said.edtf == edtf
    assert "made public" in occasion.basis


def test_a_time_that_ends_what_was_said_is_pointed_out():
    (occasion,) = occasions_of("<Lavrov> {said} [the ship had left on Thursday].")
    assert occasion.said is None
    assert "“Thursday”" in occasion.because[0]


@pytest.mark.parametrize(
    ("appeared", "basis"),
    [
        ("2018-06-19", "day not stated; reported 19 June 2018"),
        ("2019-12-23~", "day not stated; reported around 23 December 2019"),
        (None, "day not stated; nor is it known when the article appeared"),
    ],
)
def test_without_a_time_there_is_no_date_and_no_doubt(appeared, basis):
    (occasion,) = occasions_of("<Stoltenberg> {said} [talks would go on].", appeared=appeared)
    assert (occasion.said, occasion.basis, occasion.because) == (None, basis, ())


def test_the_day_of_an_interview_is_missed_by_name():
    (occasion,) = occasions_of("In an interview with Bild, <Stoltenberg> {said} [talks would go on].")
    assert occasion.basis == "day of the interview not stated; reported 29 December 2017"


def test_a_day_without_a_year_is_none_where_nothing_gives_the_year():
    (occasion,) = occasions_of("<Stoltenberg> {said} on December 6 that [talks would go on].", appeared=None)
    assert occasion.said is None
    assert "the year of “December 6” is not stated" in occasion.because[0]


def test_the_basis_can_be_followed_by_a_stranger():
    (occasion,) = occasions_of("<Stoltenberg> {said} on Friday [talks would go on].")
    assert occasion.basis == "the article says Friday; it appeared on Friday, 29 December 2017"
    (occasion,) = occasions_of("<Tillerson> {told} ministers in December [there was no way back].")
    assert occasion.basis == "the article says only in December; it appeared on 29 December 2017"


# What the words around say


def test_a_quotation_that_goes_on_has_the_date_of_what_it_continues():
    first, second = occasions_of(
        "[“We stay open,”] <Stoltenberg> {said} on Thursday.", "<b|Stoltenberg> [b|“Talks go on.”]"
    )
    assert not first.because
    assert second.said == first.said
    assert second.because[0] == "it goes on with what was said just before"


def test_the_same_speaker_is_taken_to_speak_on_the_same_occasion():
    lead, dated, later = occasions_of(
        "<Stoltenberg> {says} [talks will go on].",
        "<NATO Secretary General Jens Stoltenberg> on Thursday {told} Bild [the allies agree].",
        "[“Trust takes time,”] <he> {said}.",
    )
    assert not dated.because
    assert lead.said == later.said == dated.said
    assert lead.because
    assert later.because


def test_a_date_that_may_be_another_s_dates_nothing_else():
    first, second = occasions_of(
        "<Lavrov> {said} of the summit on Thursday that [trust was gone].", "<Lavrov> {added} that [talks would go on]."
    )
    assert first.said
    assert first.because
    assert second.said is None
    assert second.hint


def test_a_day_without_a_year_behind_another_year_is_doubtful():
    [said] = occasions_of("In Munich on 10 February 2007 they had met. <Lavrov> {said} on 7 June [talks would go on].")
    assert said.said
    assert "“7 June” may be of 2007, of which the paragraph tells before" in said.because


def test_a_day_with_a_year_of_its_own_is_not():
    [said] = occasions_of(
        "In Munich on 10 February 2007 they had met. <Lavrov> {said} on 7 June 2016 [talks would go on]."
    )
    assert said.said == Dating.parse("2016-06-07")
    assert not said.because


def test_somebody_else_is_not_dated_by_it():
    _, other = occasions_of(
        "<Stoltenberg> {said} on Thursday [talks would go on].", "<Zakharova> {said} [trust was gone]."
    )
    assert other.said is None
    assert other.hint == "the article speaks of Thursday; nothing ties these words to it"
    assert not other.because


def test_nor_is_another_occasion_of_the_same_speaker():
    _, other = occasions_of(
        "<Stoltenberg> {said} in an interview on Thursday [talks would go on].",
        "<Stoltenberg> {said} at a press conference [trust was gone].",
    )
    assert other.said is None


def test_somebody_else_at_the_same_meeting_is_a_guess():
    _, other = occasions_of(
        "<Stoltenberg> {told} reporters on Thursday [talks would go on].",
        "<Tillerson> {told} reporters [trust was gone].",
    )
    assert other.said == Dating.parse("2017-12-28")
    assert other.confidence < 0.5


def test_a_caption_dates_whoever_it_names():
    one, other = occasions_of(
        "<Jens Stoltenberg> {says} [talks will go on].",
        "<Tillerson> {denied} [it].",
        captions=("Jens Stoltenberg in Brussels on December 28",),
    )
    assert one.said == Dating.parse("2017-12-28")
    assert "a caption" in one.because[0]
    assert other.said is None


def test_a_sentence_that_tells_when_somebody_spoke_dates_what_they_said():
    (occasion,) = occasions_of(
        "Stoltenberg was speaking to reporters in Riga on Thursday.", "[“Talks go on,”] <Stoltenberg> {said}."
    )
    assert occasion.said == Dating.parse("2017-12-28")
    assert occasion.because


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("Previously, <he> {stated} that [NATO wants no cold war].", "../2017-12-28"),
        ("<He> later {said} [the plan could change].", "2017-12-28/2017-12-29"),
        ("<He> has repeatedly {said} [the plan could change].", None),
        ("<He> recently {said} [the plan could change].", None),
    ],
)
def test_before_and_later_count_from_what_was_said_last(line, edtf):
    _, occasion = occasions_of("<Stoltenberg> {said} on Thursday [talks would go on].", line)
    assert (occasion.said and occasion.said.edtf) == edtf
    assert occasion.because or "no day stated, only “re" in occasion.basis


def test_later_than_by_a_day_is_no_day_of_its_own():
    _, _, later = occasions_of(
        "<Stoltenberg> {said} on Thursday [talks would go on].",
        "Previously, <he> {stated} that [NATO wants no cold war].",
        "<He> later {said} [the plan could change].",
    )
    assert later.said is None or later.said.edtf != "2017-12-29", "that is when it was reported"
    assert later.because


def test_nothing_is_later_than_a_day_to_come():
    _, later = occasions_of(
        "<Stoltenberg> {said} on 31 December 2018 [talks would go on].", "<He> later {said} [the plan could change]."
    )
    assert later.said is None
    assert later.because


def test_the_same_day_counts_from_the_day_named_last():
    occasion = occasions_of(
        "Ministers met in Brussels on December 6.", "<Lavrov> {said} on the same day [trust was gone]."
    )[0]
    assert occasion.said == Dating.parse("2017-12-06")
    assert occasion.because


def test_a_day_later_is_none_where_that_is_after_the_article():
    occasion = occasions_of("Ministers met on December 29.", "Two days later <Lavrov> {said} [trust was gone].")[0]
    assert occasion.said is None


def test_voices_tell_that_an_office_is_the_same_person():
    rex = Voice(proposal=Proposal("Rex Tillerson"))
    _, other = occasions_of(
        "<Tillerson> {said} on Thursday [trust was gone].",
        "<The Secretary of State> {cautioned} [it takes time].",
        voices=(rex, rex),
    )
    assert other.said == Dating.parse("2017-12-28")


def test_an_article_without_statements_has_no_occasions():
    manuscript = Manuscript("empty.txt", "", b"")
    assert occasions(manuscript, Parsed("", ()), []) == []


WHATEVER = st.lists(
    st.sampled_from(
        ["on Friday", "said", "“", "”", "He", ".", "\n", "\r\n", "\u2028", "…", "May 5", "\u200f", "later"]
    ),
    max_size=25,
).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(WHATEVER, st.lists(st.tuples(st.integers(0, 90), st.integers(1, 20)), min_size=3, max_size=9))
def test_spans_wherever_they_stand_are_read_without_a_fault(text, places):
    text += "."
    spans = [(min(begin, len(text) - 1), min(begin + length, len(text))) for begin, length in places]
    attributions = [
        Attribution((content,), (source,), (cue,) if number % 2 else (), Kind.INDIRECT)
        for number, (content, source, cue) in enumerate(zip(spans[::3], spans[1::3], spans[2::3], strict=False))
    ]
    (parsed,) = parse([text])
    manuscript = Manuscript("a.txt", text, text.encode(), published=FRIDAY)
    assert len(occasions(manuscript, parsed, attributions)) == len(attributions)


# Where


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("<Stoltenberg> {told} reporters in Brussels [talks would go on].", "to reporters in Brussels"),
        ("<Stoltenberg> {said} in an interview with Bild [talks would go on].", "interview with Bild"),
        ("<Stoltenberg> {said} at a press conference in Riga [talks would go on].", "press conference in Riga"),
        ("<Trump> {wrote} on Twitter that [it was false].", "in a tweet"),
        ("<Stoltenberg> {said} in a statement in Riga [talks would go on].", "in a statement in Riga"),
        ("<Zakharova> {wrote} on Facebook that [it was false].", "on Facebook"),
        ("<The ministry> {said} in a statement that [it was false].", "in a statement"),
        ("<Putin> {said} in a speech to the State Duma [the plan stood].", "speech to the State Duma"),
        ("<Lavrov> {said} at the Munich Security Conference [trust was gone].", "at the Munich Security Conference"),
        ("<Lavrov> {told} TASS that [trust was gone].", "to TASS"),
        ("<Lavrov> {told} TASS Thursday that [trust was gone].", "to TASS"),
        ("<Stoltenberg> {told} PAP that [talks would go on].", "to PAP"),
        ("<Stoltenberg> {told} CNN’s Ada Wren that [talks would go on].", "to CNN’s Ada Wren"),
        ("<Stoltenberg> {told} the Washington Post that [talks would go on].", "to Washington Post"),
        ("<Stoltenberg> {told} the Atlantic Council that [talks would go on].", ""),
        ("<Stoltenberg> {told} Sana Holm that [talks would go on].", ""),
        ("As voters in Maryland left, <Lavrov> {said} [trust was gone].", ""),
        ("In Moscow, <Lavrov> {said} [trust was gone].", "in Moscow"),
        ("<Lavrov> {said} after meeting Kerry that [trust was gone].", ""),
        ("<Lavrov> {said} during Tuesday's NATO summit that [trust was gone].", "at the NATO summit"),
        ("<Lavrov> {said} [trust was gone].", ""),
        ("<Lavrov> {said} [he told reporters in Brussels so].", ""),
    ],
)
def test_the_occasion_is_composed_of_what_is_recognised(line, where):
    (occasion,) = occasions_of(line)
    assert occasion.where == where


def test_the_interview_is_the_same_throughout():
    one, other = occasions_of(
        "<Jens Stoltenberg> {told} DW that [he was worried].",
        "In an exclusive interview, <Stoltenberg> {said} [talks went on].",
    )
    assert one.where == other.where == "interview with DW"


# When the article appeared


@pytest.mark.parametrize(
    ("text", "edtf", "flagged"),
    [
        ("BRUSSELS, Feb 16, 2017 (Reuters) - Talks went on.", "2017-02-16", False),
        ("MOSCOW, December 7, 2017. /TASS/. Talks went on.", "2017-12-07", False),
        ("BERLIN, 3 March 2018 (AFP) – Talks went on.", "2018-03-03", False),
        ("BERLIN, Germany, Saturday, March 3, 2018 [AFP] Talks went on.", "2018-03-03", False),
        ("BRUSSELS, Feb 16 (Reuters) - On Thursday, February 16, talks went on, as in 2016.", "2017-02-16", True),
        ("Talks went on, TASS said on Friday, February 17. They had stopped in 2014 and 2016.", "2017-02-17~", True),
        ("BRUSSELS, Feb 16 (Reuters) - Talks went on, as in 2016.", None, None),
        ("Talks went on on Friday, February 17.", None, None),
        ("Talks went on on Monday, days before Christmas.", None, None),
        ("NATO wants two per cent by 2024, it said on Friday, February 17.", None, None),
        ("", None, None),
    ],
)
def test_a_dateline_or_a_weekday_settles_when_it_appeared(text, edtf, flagged):
    found = published(text)
    assert (found and found[0].edtf) == edtf
    if found:
        assert bool(found[2]) == flagged
        assert found[1]
