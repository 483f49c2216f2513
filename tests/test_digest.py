"""What a calendar day holds, and the words for a day."""

from datetime import date, timedelta

import pytest

from bot import digest, generations
from bot.corpus import seeds
from bot.digest import Policy
from bot.library import Generation

TODAY = date(2026, 11, 22)


def test_a_day_holds_what_was_said_and_what_happened_oldest_first(generation):
    day = digest.the_day(generation.corpus, date(2026, 12, 6))
    assert {statement.speaker.id for statement in day.said} >= {"rex-tillerson", "jens-stoltenberg"}
    assert all((said.day.month, said.day.day) == (12, 6) for s in day.said if (said := s.said) and said.day)
    day = digest.the_day(generation.corpus, date(2026, 2, 17))
    years = [statement.when.latest.year for statement in day.said] + [event.on.latest.year for event in day.events]
    assert years == sorted(years)
    assert day.events


def test_what_only_the_report_dates_stands_apart(generation):
    day = digest.the_day(generation.corpus, date(2026, 6, 19))
    assert day.reported
    assert not day.said
    assert all(statement.said is None for statement in day.reported)


def test_an_approximate_day_is_no_anniversary(generation):
    day = digest.the_day(generation.corpus, date(2026, 12, 23))
    assert not day.said
    assert not day.reported


def test_an_empty_day_is_empty(generation):
    assert not digest.the_day(generation.corpus, date(2026, 8, 20))


def test_29_february_shows_on_the_28th_of_other_years(small_seeds, tmp_path):
    article = small_seeds / "articles" / "2017-05-04-herald.yaml"
    article.write_text(article.read_text().replace("said: 2017-05-04", "said: 2016-02-29"))
    corpus = Generation.open(generations.publish(seeds.load(small_seeds), tmp_path / "generations")).corpus
    assert len(digest.the_day(corpus, date(2026, 2, 28)).said) == 1
    assert not digest.the_day(corpus, date(2028, 2, 28)).said
    assert len(digest.the_day(corpus, date(2028, 2, 29)).said) == 1
    corpus.close()


# The digest


def test_a_day_with_something_needs_no_policy(generation):
    for policy in Policy:
        found = digest.compose(generation.corpus, date(2026, 12, 6), policy)
        assert found.used is None
        assert found.day.said
        assert found.title == "This date in NATO–Russia dialogue"


def test_an_empty_day_shows_the_nearest_anniversary_under_its_own_date(generation):
    found = digest.compose(generation.corpus, date(2026, 3, 1), Policy.NEAREST)
    assert found.used is Policy.NEAREST
    assert found.day.on == date(2026, 3, 3)
    assert "1 March" in found.label
    assert "3 March" in found.label


def test_nothing_is_near_where_nothing_is_within_seven_days(generation):
    days = {(on.month, on.day) for on in map(_day, generation.corpus.days())}
    for on in _year(2026):
        found = digest.compose(generation.corpus, on, Policy.NEAREST)
        near = [distance for distance in range(-7, 8) if _month_day(on + timedelta(days=distance)) in days]
        assert bool(found) == bool(near), on


def test_an_empty_day_may_be_left_out(generation):
    found = digest.compose(generation.corpus, date(2026, 8, 20), Policy.SKIP)
    assert not found
    assert found.as_dict()["entries"] == []


def test_from_the_record_shows_every_dated_statement_before_one_comes_again(generation):
    shown: list[str] = []
    size = generation.corpus.count_dated()
    on = date(2027, 1, 1)
    while len(shown) < 2 * size:
        found = digest.compose(generation.corpus, on, Policy.FROM_THE_RECORD)
        if found.used:
            [statement] = found.day.said
            shown.append(statement.id)
        on += timedelta(days=1)
    for first in range(size):
        assert len(set(shown[first : first + size])) == size


def test_the_empty_days_are_counted_one_by_one(generation):
    counted = digest._empty_days_before(generation.corpus, date(2023, 1, 1))
    for on in (date(2023, 1, 1) + timedelta(days=n) for n in range(800)):
        assert digest._empty_days_before(generation.corpus, on) == counted
        counted += not digest.the_day(generation.corpus, on)


def test_other_tools_get_plain_values(generation):
    found = digest.compose(generation.corpus, date(2026, 12, 6), Policy.NEAREST).as_dict()
    assert found.keys() == {"date", "title", "policy_used", "entries"}
    assert found["date"] == "2026-12-06"
    for entry in found["entries"]:
        assert entry.keys() == {"kind", "id", "date", "years_ago", "heading", "text"}
        assert entry["years_ago"] == 2026 - int(entry["date"][:4])


def _day(counted):
    return date.fromisoformat(f"2000-{counted.id}")


def _month_day(on):
    return on.month, on.day


def _year(year):
    return [date(year, 1, 1) + timedelta(days=n) for n in range(365)]


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("2026-02-28", "today"),
        ("2026-01-01", "less than a year ago"),
        ("2025-03-01", "less than a year ago"),
        ("2025-02-28", "a year ago"),
        ("2017-02-28", "9 years ago"),
        ("2017-03-01", "8 years ago"),
        ("2016-02-29", "10 years ago"),
        ("2026-03-01", "still to come"),
    ],
)
def test_whole_years_are_counted_in_words(then, words):
    assert digest.years_ago(date.fromisoformat(then), date(2026, 2, 28)) == words
