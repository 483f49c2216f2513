"""The seeds we ship: whole, clean, and verbatim wherever they say so."""

import os
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot import settings
from bot.corpus import seeds, verbatim
from bot.record import Kind, Statement, Wording

FOLDER = settings.HOME / "seeds"
ARTICLES = os.environ.get("ONRECORD_ARTICLES", "")
with_articles = pytest.mark.skipif(not ARTICLES, reason="ONRECORD_ARTICLES names no folder with the articles' texts")


@pytest.fixture(scope="module")
def shipped() -> seeds.Seeds:
    """The seeds of the checkout."""
    return seeds.load(FOLDER)


@pytest.fixture(scope="module")
def quoting(shipped, tmp_path_factory):
    """Texts that quote what the collection quotes, for whoever has no articles."""
    folder = tmp_path_factory.mktemp("texts")
    texts: dict[str, list[str]] = {}
    for statement in shipped.statements:
        for citation in statement.citations:
            texts.setdefault(citation.article.id, []).extend([*verbatim.verbatim(citation), "\n"])
    for article, runs in texts.items():
        (folder / f"{article}.txt").write_text(" | ".join(runs))
    return folder


def letters_changed(statement: Statement, number: int) -> list[Statement]:
    """The statement with one letter of one citation changed, for each of its verbatim runs."""
    citation = statement.citations[number]
    changed = []
    for run in verbatim.verbatim(citation):
        spots = [spot for spot, char in enumerate(run) if char.isalpha()]
        spot = spots[len(spots) // 2]
        wrong = run[:spot] + ("e" if run[spot] != "e" else "o") + run[spot + 1 :]
        pieces = tuple(piece.replace(run, wrong) for piece in citation.pieces)
        assert pieces != citation.pieces
        altered = type(citation)(
            citation.article, citation.kind, pieces, citation.said, citation.basis, citation.occasion, citation.via
        )
        citations = (*statement.citations[:number], altered, *statement.citations[number + 1 :])
        changed.append(Statement(statement.id, statement.speaker, statement.topics, citations))
    return changed


def quotations_missed(shipped: seeds.Seeds, folder: Path) -> list[str]:
    """The statements whose quotation could be changed by a letter without being named."""
    missed = []
    for statement in shipped.statements:
        for number in range(len(statement.citations)):
            for altered in letters_changed(statement, number):
                others = [other for other in shipped.statements if other.id != statement.id]
                told = verbatim.check(replace(shipped, statements=(altered, *others)), folder)
                if not any(f": {statement.id}: “" in str(problem) for problem in told):
                    missed.append(statement.id)
    return missed


def test_the_seeds_are_clean_and_without_remarks(shipped):
    assert shipped.remarks == ()
    assert len(shipped.statements) > 50
    assert len({citation.article.id for one in shipped.statements for citation in one.citations}) == 5


@with_articles
def test_every_quotation_is_verbatim_in_its_article(shipped):
    assert list(map(str, verbatim.check(shipped, Path(ARTICLES)))) == []


@with_articles
def test_one_letter_changed_in_any_quotation_names_the_statement(shipped):
    assert quotations_missed(shipped, Path(ARTICLES)) == []


def test_one_letter_changed_is_noticed_without_the_articles_too(shipped, quoting):
    told = list(map(str, verbatim.check(shipped, quoting)))
    assert all("article.text_sha256" in problem for problem in told), told
    assert quotations_missed(shipped, quoting) == []


def test_every_article_carries_the_sum_of_its_text(shipped):
    articles = {citation.article for statement in shipped.statements for citation in statement.citations}
    assert all(article.text_sha256 for article in articles)
    assert {article.wording for article in articles} >= {Wording.ORIGINAL, Wording.MACHINE_TRANSLATION}


def test_every_statement_has_a_topic_a_basis_and_a_speaker_by_full_name(shipped):
    for statement in shipped.statements:
        assert statement.topics, statement.id
        assert statement.citation.basis, statement.id
        assert " " in statement.speaker.name or statement.speaker.is_organisation, statement.speaker.name


def test_what_is_undated_says_when_it_was_reported(shipped):
    undated = [statement for statement in shipped.statements if not statement.said]
    assert undated
    assert all("report" in statement.basis or "not stated" in statement.basis for statement in undated)


def test_an_id_begins_with_its_speaker_or_its_office_and_never_repeats(shipped):
    counts = Counter(statement.id for statement in shipped.statements)
    assert counts.most_common(1)[0][1] == 1
    assert all(re.fullmatch(r"[a-z0-9-]+", id_) for id_ in counts)


def test_the_tillerson_sentence_is_one_statement_with_two_receipts(shipped):
    twice = [statement for statement in shipped.statements if len(statement.citations) > 1]
    assert "tillerson-2017-12-06-no-normalisation" in {statement.id for statement in twice}


def test_every_kind_is_there(shipped):
    assert {statement.citation.kind for statement in shipped.statements} == set(Kind)


def test_every_event_names_its_source(shipped):
    assert len(shipped.events) > 30
    for event in shipped.events:
        assert event.source.title, event.id
        assert event.source.url.startswith("http"), event.id
        assert event.description.strip()


def test_every_speaker_who_is_a_person_has_a_name_in_cyrillic_too(shipped):
    heard = {statement.speaker for statement in shipped.statements}
    for speaker in heard:
        if not speaker.is_organisation:
            assert any(re.search(r"[А-Яа-я]", alias) for alias in speaker.aliases), speaker.id
