"""What a statement is about, and which known statements it may repeat."""

import time
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.subjects import FROM_CONTEXT, LINKS, MOST, USUAL, subjects
from bot.drafting.values import Attribution, Manuscript, Subject, Voice
from bot.record import Article, Citation, Dating, Kind, Speaker, Statement, Topic

TOPICS = (
    Topic("dialogue", "dialogue", ("talks", "political dialogue", "диалог")),
    Topic("missiles", "missiles", ("missile", "rocket")),
    Topic("ukraine", "Ukraine", ("eastern Ukraine", "Donbas")),
    Topic("peacekeeping", "peacekeeping", ("peacekeepers", "UN force")),
    Topic("partners", "partners", ("eastern partners", "partner country")),
    Topic("us-russia", "Washington and Moscow", ("U.S.-Russia relations",)),
    Topic("relations", "relations", ("ties",)),
    Topic("meeting", "meeting with Putin", ("talks with Putin",)),
    Topic("detente", "détente", ()),
)
JENS = Speaker("jens-stoltenberg", "Jens Stoltenberg")
REX = Speaker("rex-tillerson", "Rex Tillerson")
ARTICLE = Article("a", "Outlet", "Title", Dating.parse("2017-12-29"), "https://example.org/a")


def statement(id_: str, text: str, speaker: Speaker = JENS) -> Statement:
    return Statement(id_, speaker, (TOPICS[0],), (Citation(ARTICLE, Kind.DIRECT, (text,)),))


def subjects_of(
    *said: str, line: str = "{}", title: str = "", known: Sequence[Statement] = (), speaker: Speaker | None = JENS
) -> list[Subject]:
    """The subjects of what was said, each in a line of its own."""
    text, attributions = "", []
    for words in said:
        begin = len(text) + line.index("{}")
        attributions.append(Attribution(((begin, begin + len(words)),), (), (), Kind.DIRECT))
        text += line.replace("{}", words) + "\n"
    manuscript = Manuscript("a.txt", text, text.encode(), title=title)
    return subjects(manuscript, attributions, [Voice(speaker)] * len(said), TOPICS, iter(known))


def topics_of(said: str, line: str = "{}", title: str = "") -> list[str]:
    (subject,) = subjects_of(said, line=line, title=title)
    return [topic.id for topic in subject.topics]


@pytest.mark.parametrize(
    ("said", "topics"),
    [
        ("We want dialogue.", ["dialogue"]),
        ("We want DIALOGUES, and soon.", ["dialogue"]),
        ("The dialogue's end is near.", ["dialogue"]),
        ("Two missiles flew.", ["missiles"]),
        ("The partner countries agreed.", ["partners"]),
        ("Peacekeepers for eastern Ukraine, and more peacekeepers", ["peacekeeping", "ukraine"]),
        ("Talks about a missile are talks.", ["dialogue", "missiles"]),
        ("Talks with Putin are possible.", ["meeting"]),  # the longer term, not “talks”
        ("US-Russia relations are poor.", ["us-russia"]),
        ("U.S.-Russia relations are poor.", ["us-russia"]),
        ("An era of detente", ["detente"]),
        ("Мы за диалог", ["dialogue"]),
        ("The dialogues' missile’s ties", ["dialogue", "missiles", "relations"]),
    ],
)
def test_topics_are_found_by_their_labels_and_synonyms(said, topics):
    assert topics_of(said) == topics


@pytest.mark.parametrize("said", ["A monologue", "The missilery of old", "Stalks of grain", "The UN enforces it", ""])
def test_a_topic_is_no_part_of_another_word(said):
    assert topics_of(said) == []


def test_the_main_topic_is_the_one_named_most_often():
    assert topics_of("A missile, a dialogue, another missile") == ["missiles", "dialogue"]


def test_between_two_the_words_around_decide():
    assert topics_of("Dialogue and peacekeepers", "Asked about UN peacekeepers, he said: {}") == [
        "peacekeeping",
        "dialogue",
    ]
    assert topics_of("Dialogue and peacekeepers", title="What peacekeepers cost") == ["peacekeeping", "dialogue"]


def test_what_names_no_topic_is_about_what_stands_around_it():
    assert topics_of("We hope so.", "Of the talks and missiles and ties he said: {}") == ["dialogue", "missiles"]
    assert len(topics_of("We hope so.", "Of the talks and missiles and ties he said: {}")) == FROM_CONTEXT
    assert topics_of("We hope so.", "He said: {} Missiles flew later.") == []
    assert topics_of("“We hope so,”", "Missiles flew. {} he said.") == []
    assert topics_of("We hope so.", "He said: {}", title="New talks and missiles") == ["dialogue"]


def test_a_few_topics_at_most():
    some = "dialogue, missiles, Ukraine, peacekeeping, partners, relations, détente"
    assert len(topics_of(some)) == USUAL
    assert len(topics_of(f"{some} and {some}, U.S.-Russia relations, talks with Putin")) <= MOST


def test_an_ambiguous_word_stands_for_each_of_its_topics():
    said = "The ties hold."
    manuscript = Manuscript("a.txt", said, said.encode())
    topics = (Topic("a", "relations", ("ties",)), Topic("b", "clothing", ("ties",)))
    (subject,) = subjects(manuscript, [Attribution(((0, 14),), (), (), Kind.DIRECT)], [Voice()], topics, [])
    assert {topic.id for topic in subject.topics} == {"a", "b"}


LONG = (
    "We spent hours on the right way to deal with Moscow, and there is broad agreement that nothing goes back to normal"
)
KNOWN = (
    statement("agreement", f"{LONG} today", REX),
    statement("other", "The harbour needs dredging before the winter storms arrive", REX),
    statement(
        "winter", "We do not want a new frozen winter. We do not want a new race for tanks, nor to shut anybody out."
    ),
)


def links(said: str, speaker: Speaker | None = REX, known: Sequence[Statement] = KNOWN) -> list[str]:
    (subject,) = subjects_of(said, known=known, speaker=speaker)
    return [one.id for one in subject.known]


def test_a_statement_already_known_is_proposed():
    assert links(f"“{LONG} today.”") == ["agreement"]


def test_a_part_of_a_known_statement_is_proposed():
    assert links("there is broad agreement that nothing goes back to normal") == ["agreement"]


def test_two_statements_that_share_their_words_are_proposed_and_remain_two():
    text = (
        "The message is that we do not want a new frozen winter. We do not want a new race for tanks and want to talk."
    )
    assert links(text, JENS) == ["winter"]


@pytest.mark.parametrize(
    "said", ["The harbour is open", "Russia is a neighbour that stays", "We do not want it", "today", "", "…"]
)
def test_what_shares_little_is_not_proposed(said):
    assert links(said) == []


def test_nothing_of_another_speaker_is_proposed():
    assert links(LONG, JENS) == []
    assert links(LONG, None) == []


def test_the_likest_is_first_and_three_at_most():
    known = [statement(f"s{number}", " ".join(LONG.split()[number:])) for number in (5, 0, 2, 3)]
    assert links(LONG, JENS, known)[0] == "s0"
    assert len(links(LONG, JENS, known)) == LINKS


def test_a_statement_with_two_wordings_is_proposed_once():
    one = Citation(ARTICLE, Kind.DIRECT, (LONG,))
    both = Statement("both", REX, (TOPICS[0],), (one, Citation(ARTICLE, Kind.DIRECT, (f"{LONG} again",))))
    assert links(LONG, known=[both]) == ["both"]


def test_our_paraphrases_are_not_alike_for_naming_their_speaker():
    known = [statement("a", "Jens Stoltenberg said that the bridges over the river need paint")]
    assert links("Jens Stoltenberg said that ships stay in port", JENS, known) == []


def test_ten_thousand_known_statements_take_about_a_second():
    base, words = date(2000, 1, 1), LONG.split()
    known = [
        statement(
            f"s{number}", f"{' '.join(words[number % 17 :])} on {base + timedelta(days=number)} word{number % 997}"
        )
        for number in range(10_000)
    ]
    said = [f"{' '.join(words[number % 13 :])} on day {number}" for number in range(30)]
    began = time.process_time()
    found = subjects_of(*said, known=known)
    assert time.process_time() - began < 3  # less than one second, where nothing else runs and nothing is traced
    assert all(one.known for one in found)


@given(st.text(max_size=120), st.text(max_size=40))
def test_whatever_was_said_has_topics_or_none(said, title):
    (subject,) = subjects_of(said, title=title, known=KNOWN)
    assert len(subject.topics) <= MOST
    assert len(subject.known) <= LINKS
