"""Which attributions become statements: values in, values out."""

from dataclasses import replace

import pytest

from bot.drafting.selection import choose
from bot.drafting.values import Attribution, Proposal, Tie, Voice
from bot.record import Kind, Speaker

ADA = Voice(Speaker("ada-berg", "Ada Berg"))
PORTS = Voice(proposal=Proposal("Ministry of Ports", is_organisation=True))
WIRE = Voice(via="TASS", confidence=0.3)
NOBODY = Voice(confidence=0.3)


def said(begin: int, end: int, *, cue: int, kind: Kind = Kind.INDIRECT, nested: bool = False) -> Attribution:
    return Attribution(((begin, end),), ((cue - 9, cue - 1),), ((cue, cue + 4),), kind, nested=nested)


def kept(*pairs: tuple[Attribution, Voice]) -> list[tuple[int, int]]:
    chosen = choose([one for one, _ in pairs], [voice for _, voice in pairs])
    return [(one.found.begin, one.found.end) for one in chosen]


def test_what_an_agency_reports_that_somebody_said_is_theirs():
    # TASS reports that | Ada Berg said that | the quay is too short
    outer, inner = said(10, 90, cue=5), said(40, 90, cue=30, nested=True)
    assert kept((outer, WIRE), (inner, ADA)) == [(40, 90)]


def test_what_somebody_says_that_others_agreed_is_the_first_one_s():
    outer, inner = said(10, 90, cue=5), said(40, 90, cue=30, nested=True)
    assert kept((outer, ADA), (inner, PORTS)) == [(10, 90)]
    assert kept((outer, ADA), (inner, NOBODY)) == [(10, 90)]


def test_in_an_answer_of_an_interview_somebody_else_may_be_quoted():
    answer = replace(said(10, 200, cue=5), tie=Tie.TRANSCRIPT)
    inner = said(100, 140, cue=90, kind=Kind.MIXED, nested=True)
    assert kept((answer, ADA), (inner, PORTS)) == [(10, 200), (100, 140)]
    assert kept((answer, ADA), (replace(inner, kind=Kind.INDIRECT), PORTS)) == [(10, 200)]


@pytest.mark.parametrize(("kind", "expected"), [(Kind.INDIRECT, []), (Kind.DIRECT, [(0, 40)]), (Kind.MIXED, [(0, 40)])])
def test_of_nobody_only_quotations_are_worth_a_look(kind, expected):
    assert kept((said(0, 40, cue=50, kind=kind), NOBODY)) == expected


def test_what_is_hardly_a_statement_is_left_out():
    assert kept((replace(said(0, 40, cue=50), confidence=0.2), ADA)) == []


def test_a_quotation_over_two_paragraphs_is_one_statement():
    first = said(0, 40, cue=50, kind=Kind.DIRECT)
    goes_on = Attribution(
        ((42, 80),), first.source, (), Kind.DIRECT, Tie.CONTINUATION, confidence=0.8, because=("goes on",)
    )
    [one] = choose([replace(first, content=((0, 10), (20, 40))), goes_on], [ADA, ADA])
    assert one.found.content == ((0, 10), (20, 40), (42, 80))
    assert one.found.confidence == 0.8
    assert one.found.because == ("goes on",)


def test_far_apart_or_too_long_for_a_card_it_stays_two():
    first = said(0, 40, cue=50, kind=Kind.DIRECT)
    far = Attribution(((90, 120),), first.source, (), Kind.DIRECT, Tie.CONTINUATION)
    assert kept((first, ADA), (far, ADA)) == [(0, 40), (90, 120)]
    long = Attribution(((42, 1600),), first.source, (), Kind.DIRECT, Tie.CONTINUATION)
    assert kept((first, ADA), (long, ADA)) == [(0, 40), (42, 1600)]


def test_the_same_words_found_twice_are_one_statement_the_surer_one():
    sure, unsure = said(0, 100, cue=110), replace(said(5, 100, cue=110), confidence=0.6)
    assert kept((unsure, ADA), (sure, ADA)) == [(0, 100)]
    assert kept((replace(sure, confidence=1.0), NOBODY), (unsure, ADA)) == [(5, 100)]
