"""Questions to the corpus file are answered as a reading of the seeds would answer them."""

import sqlite3
from contextlib import closing
from datetime import date
from itertools import product

import pytest

from bot.corpus import build, seeds
from bot.corpus.store import Corpus, Mended
from bot.errors import GenerationError
from bot.record import Dating, OfficeName, Selection, Statement, Withdrawal, key_of
from tests.conftest import REAL_SEEDS


@pytest.fixture(scope="module")
def found():
    """The real seeds as they are read."""
    return seeds.load(REAL_SEEDS)


@pytest.fixture
def corpus(generation) -> Corpus:
    """The real corpus."""
    opened: Corpus = generation.corpus
    return opened


@pytest.fixture
def file(small_seeds, tmp_path):
    """The small collection's corpus file."""
    build.build(seeds.load(small_seeds), tmp_path / "corpus.db")
    return tmp_path / "corpus.db"


@pytest.fixture
def small(file):
    """The small corpus."""
    opened = Corpus.open(file)
    yield opened
    opened.close()


def newest_first(statements) -> list[Statement]:
    return sorted(statements, key=lambda statement: (-statement.when.latest.toordinal(), statement.id))


def belongs(statement: Statement, selection: Selection) -> bool:
    offices = {(office.title, office.organisation) for office in statement.offices}
    return (
        selection.speaker in {None, statement.speaker.id}
        and selection.office in {None, *offices}
        and set(selection.topics) <= {topic.id for topic in statement.topics}
    )


def test_every_statement_comes_back_as_it_went_in(corpus, found):
    def plain(statement: Statement) -> tuple[object, ...]:
        topics = tuple((topic.id, topic.label) for topic in statement.topics)
        return statement.id, statement.speaker, topics, statement.citations, statement.corrected

    assert list(map(plain, corpus.every_statement())) == list(map(plain, newest_first(found.statements)))


def test_a_selection_holds_what_belongs_to_it_in_order(corpus, found):
    ordered = newest_first(found.statements)
    topics = [topic.id for topic in found.topics][:12]
    offices = sorted({(office.title, office.organisation) for who in found.speakers for office in who.offices})[:6]
    choices = product(
        [None, "jens-stoltenberg", "sergey-lavrov", "nobody"],
        [None, *offices, ("Nobody", "Nowhere")],
        [(), *((topic,) for topic in topics), tuple(topics[:2]), ("dialogue", "relations"), ("nothing",)],
    )
    for selection in (Selection(*choice) for choice in choices):
        expected = [number for number, statement in enumerate(ordered, 1) if belongs(statement, selection)]
        assert corpus.count(selection) == len(expected)
        assert corpus.numbers(selection, 1000) == expected
        assert corpus.numbers(selection, 2) == expected[:2]
        for place, number in enumerate(expected[:5], 1):
            assert corpus.place(selection, number) == place
            assert corpus.numbers(selection, 1000, after=number) == expected[place:]
            assert corpus.number_before(selection, number) == (expected[place - 2] if place > 1 else None)


def test_everything_is_found_by_its_key(corpus, found):
    for number, statement in enumerate(newest_first(found.statements), 1):
        assert corpus.number_of(key_of(statement.id)) == number
    assert corpus.ids(Selection(), 2) == [statement.id for statement in newest_first(found.statements)[:2]]
    for speaker in found.speakers:
        assert corpus.speaker_with(key_of(speaker.id)) == speaker.id
        assert corpus.speaker(speaker.id) == speaker
    for topic in found.topics:
        assert corpus.topic_with(key_of(topic.id)) == topic.id
        assert corpus.topic(topic.id).label == topic.label
    assert corpus.office_with(build.office_key("Secretary General", "NATO")) == ("Secretary General", "NATO")


def test_what_is_not_there_is_nothing(corpus):
    assert corpus.number_of(1) is None
    assert corpus.speaker_with(1) is None
    assert corpus.topic_with(1) is None
    assert corpus.office_with(1) is None
    assert corpus.withdrawal_with(1) is None
    assert not corpus.said_on("13-40")
    assert [*corpus.said_on("13-40"), *corpus.reported_on("13-40"), *corpus.events_on("13-40")] == []
    with pytest.raises(KeyError):
        corpus.speaker("nobody")
    with pytest.raises(KeyError):
        corpus.topic("nothing")


def test_browsing_counts_what_it_leads_to(corpus):
    for speaker in corpus.speakers():
        assert corpus.count(Selection(speaker=speaker.id)) == speaker.statements > 0
        for topic in corpus.topics_of(speaker.id):
            assert corpus.count(Selection(speaker=speaker.id, topics=(topic.id,))) == topic.statements > 0
    for topic in corpus.topics():
        assert corpus.count(Selection(topics=(topic.id,))) == topic.statements > 0
        for speaker in corpus.speakers_on(topic.id):
            assert corpus.count(Selection(speaker=speaker.id, topics=(topic.id,))) == speaker.statements > 0
    counts = [speaker.statements for speaker in corpus.speakers()]
    assert counts == sorted(counts, reverse=True)


def test_every_name_is_known_the_proper_one_first(corpus, found):
    names = list(corpus.names())
    every = ((who, name) for who in found.speakers for name in (who.name, *who.aliases))
    assert set(names) == {(who.id, name, not who.is_organisation) for who, name in every}
    assert set(names) == {
        (who.id, name, not who.is_organisation) for who in found.speakers for name in (who.name, *who.aliases)
    }
    terms = set(corpus.topic_terms())
    assert terms == {(topic.id, word) for topic in found.topics for word in (topic.label, *topic.synonyms)}


def test_a_calendar_day_holds_what_the_days_promise(corpus):
    for day in corpus.days():
        held = corpus.said_on(day.id), corpus.reported_on(day.id), corpus.events_on(day.id)
        assert sum(map(len, held)) == day.statements
        assert all(statement.said.day.strftime("%m-%d") == day.id for statement in held[0])
        assert all(statement.said is None for statement in held[1])
        for listed in held[:2]:
            assert [s.when.latest for s in listed] == sorted(s.when.latest for s in listed)


def test_offices_are_listed_with_what_else_they_are_called(small):
    assert small.office_names() == [
        OfficeName("Harbour Master", "Northport", ("port chief",)),
        OfficeName("Minister of Ports", "Northland"),
    ]
    assert small.holders(("Harbour Master", "Northport")) == ["ada-berg"]
    assert small.holders(("Nobody", "Nowhere")) == []


def test_the_whole_is_summed_up(small, small_seeds):
    totals = small.totals()
    assert (totals.statements, totals.speakers, totals.topics, totals.articles, totals.events) == (4, 3, 2, 2, 2)
    assert totals.corrections == 2
    assert (totals.earliest, totals.latest) == (Dating.parse("2017-04"), Dating.parse("2018-07-01"))
    assert small.fingerprint() == seeds.fingerprint(small_seeds)


def test_what_was_withdrawn_is_found_by_its_key(small):
    gone = small.withdrawal_with(key_of("berg-2018-07-01-gone"))
    assert gone == Withdrawal("berg-2018-07-01-gone", date(2018, 9, 1), "she did not say it")
    assert small.withdrawal_with(key_of("berg-2018-07-01-mud")) is None


def test_the_latest_corrections_come_first(small):
    withdrawn = Mended(date(2018, 9, 1), "berg-2018-07-01-gone", "", "she did not say it")
    corrected = Mended(date(2018, 8, 1), "berg-2018-07-01-mud", "Ada Berg", "the article was corrected")
    assert small.latest_corrections(5) == [withdrawn, corrected]
    assert small.latest_corrections(1) == [withdrawn]


def test_an_empty_collection_has_no_dates(small_seeds, tmp_path):
    for path in (small_seeds / "articles").iterdir():
        path.unlink()
    build.build(seeds.load(small_seeds), tmp_path / "corpus.db")
    with closing(Corpus.open(tmp_path / "corpus.db")) as empty:
        totals = empty.totals()
        assert totals.earliest is totals.latest is None
        assert not list(empty.every_statement())
        assert not empty.speakers()


def test_a_corpus_cannot_be_written(file):
    with closing(Corpus.open(file)) as corpus, pytest.raises(sqlite3.OperationalError, match="readonly"):
        corpus._connection.execute("delete from statements")


def test_a_corpus_lies_anywhere(file, tmp_path):
    odd = tmp_path / "100% of ?mode=rwc#a b;ü"
    odd.mkdir()
    file.rename(odd / "corpus.db")
    Corpus.open(odd / "corpus.db").close()


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda path: path.unlink(), "unable to open"),
        (lambda path: path.write_bytes(b""), "no such table: generation"),
        (lambda path: path.write_bytes(b"not a database" * 100), "not a database"),
        (lambda path: path.write_bytes(path.read_bytes()[:8192]), "malformed"),
        (lambda path: (path.unlink(), path.mkdir()), "disk I/O error|unable to open"),
    ],
)
def test_what_is_no_corpus_is_refused_in_a_sentence(file, damage, reason):
    damage(file)
    with pytest.raises(GenerationError, match=rf"corpus\.db cannot be read .*({reason}).*: build it anew"):
        Corpus.open(file)


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("update generation set schema_version = schema_version - 1", str(build.SCHEMA_VERSION - 1)),
        ("update generation set schema_version = schema_version + 1", str(build.SCHEMA_VERSION + 1)),
        ("update generation set schema_version = null", "None"),
        ("delete from generation", "none"),
    ],
)
def test_another_schema_is_never_read(file, sql, found):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(sql)
    with pytest.raises(GenerationError, match=f"has schema {found}, this version reads {build.SCHEMA_VERSION}: build"):
        Corpus.open(file)


@pytest.mark.parametrize("sql", ["drop table collection", "delete from collection"])
def test_a_corpus_that_does_not_say_what_it_is_about_is_refused(file, sql):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(sql)
    with pytest.raises(GenerationError, match="build it anew"):
        Corpus.open(file)
