"""What a question leads to, asked of the real collection."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library import Generation
from bot.record import Selection
from bot.search.normalise import fold, words
from bot.search.offer import Offers


def asked(generation: Generation, query: str, topic: str = "") -> tuple[str | None, tuple[str, ...]]:
    """Speaker and topics of the first statement's selection, or nothing."""
    answer = generation.finder.find(query, topic)
    return (answer.understood.speaker, answer.selection.topics) if answer.total else (None, ())


@pytest.mark.parametrize(
    ("query", "speaker", "topic"),
    [
        ("stoltenberg dialogue", "jens-stoltenberg", "dialogue"),
        ("dialogue stoltenberg", "jens-stoltenberg", "dialogue"),
        ("stoltenbreg dialoge", "jens-stoltenberg", "dialogue"),
        ("Столтенберг диалог", "jens-stoltenberg", "dialogue"),
        ("STOLTENBERG’S DIALOGUE", "jens-stoltenberg", "dialogue"),
        ("stoltenbergdialogue", "jens-stoltenberg", "dialogue"),
        ("stolten berg dialogue", "jens-stoltenberg", "dialogue"),
        ("j. stoltenberg dialogue", "jens-stoltenberg", "dialogue"),
        ("jens cold war", "jens-stoltenberg", "cold-war"),
        ("stoltenberg cold wra", "jens-stoltenberg", "cold-war"),
        ("stoltenberg kalter krieg", "jens-stoltenberg", "cold-war"),
        ("tillerson peacekeepers", "rex-tillerson", "peacekeeping"),
        ("Тиллерсон миротворцы", "rex-tillerson", "peacekeeping"),
        ("nato chief cold war", "jens-stoltenberg", "cold-war"),
        ("what did the us secretary of state say about ukraine", "rex-tillerson", "ukraine"),
        ("secretary of state tillerson ukraine", "rex-tillerson", "ukraine"),
        ("what did lavrov say about dialogue with nato", "sergey-lavrov", "dialogue"),
        ("gabriel disarmament", "sigmar-gabriel", "disarmament"),
        ("putin peacekeepers", "vladimir-putin", "peacekeeping"),
    ],
)
def test_a_question_finds_the_speaker_and_the_topic(generation, query, speaker, topic):
    found, topics = asked(generation, query)
    assert (found, topics[:1]) == (speaker, (topic,))


@pytest.mark.parametrize(
    ("query", "speaker"),
    [
        ("lavrow", "sergey-lavrov"),
        ("foreign minister lavrov", "sergey-lavrov"),
        ("russian foreign minister", "sergey-lavrov"),
        ("russian foreign ministry", "russian-foreign-ministry"),
        ("poutine", "vladimir-putin"),
        ("president trump", "donald-trump"),
        ("us president", "donald-trump"),
        ("former german foreign minister", "sigmar-gabriel"),
        ("NATO", "nato"),
    ],
)
def test_a_question_may_name_a_speaker_alone(generation, query, speaker):
    assert asked(generation, query)[0] == speaker


def test_a_topic_alone_finds_everybody_on_it(generation):
    answer = generation.finder.find("cold war")
    assert answer.selection == Selection(topics=("cold-war",))
    assert answer.total == generation.corpus.count(answer.selection) > 1


@pytest.mark.parametrize(
    "query",
    "beyonce|asdfgh|churchill iron curtain|winston churchill|pizza recipe|zelensky ukraine|john lennon peace|"
    "taylor swift|what|?|😀|...|1|'|to be or not to be".split("|"),
)
def test_what_nobody_here_said_finds_nothing(generation, query):
    answer = generation.finder.find(query)
    assert not answer.total
    assert not answer.instead


def test_a_known_speaker_on_an_unknown_topic_is_offered_on_another(generation):
    for query in ("lavrov missiles", "lavrov pizza"):
        answer = generation.finder.find(query)
        assert answer.total == 0
        assert answer.understood.speaker == answer.instead.speaker == "sergey-lavrov"
        assert answer.instead.topics == ("dialogue",)
        sentence = generation.finder.explain(answer)
        assert sentence.startswith(f"Nothing by Sergey Lavrov on “{query.split()[1]}”; here is Sergey Lavrov · ")


def test_what_is_close_to_nothing_is_suggested(generation):
    labels = [offer.label for offer in generation.finder.find("zelensky ukraine").suggestions]
    assert any(label.startswith("Ukraine (") for label in labels)
    assert not generation.finder.find("asdfgh").suggestions


def test_somebody_known_but_not_quoted_is_named_as_such(generation):
    answer = generation.finder.find("obama")
    assert generation.finder.explain(answer) == "Nothing found by Barack Obama."


def test_an_office_stands_for_whoever_held_it_when_the_statement_was_made(generation):
    answer = generation.finder.find("german foreign minister disarmament")
    assert not answer.total, "Gabriel had left the office when he spoke on disarmament"
    assert answer.instead == Selection("sigmar-gabriel", topics=("disarmament",))


def test_the_topic_option_narrows(generation):
    assert asked(generation, "stoltenberg", "cold war") == ("jens-stoltenberg", ("cold-war",))
    assert asked(generation, "=jens-stoltenberg/", "=/cold-war") == ("jens-stoltenberg", ("cold-war",))
    assert generation.finder.find("stoltenberg", "pizza").missing == "pizza"


def test_two_topics_are_both_asked_for(generation):
    answer = generation.finder.find("stoltenberg cold war arms race")
    assert set(answer.selection.topics) == {"cold-war", "arms-race"}
    for number in generation.corpus.numbers(answer.selection, 10):
        topics = {topic.id for topic in generation.corpus.statement(number).topics}
        assert {"cold-war", "arms-race"} <= topics


def test_statements_come_newest_first_and_ties_by_id(generation):
    answer = generation.finder.find("stoltenberg")
    shown = [generation.corpus.statement(number) for number in generation.corpus.numbers(answer.selection, 100)]
    assert [s.id for s in shown] == [s.id for s in sorted(shown, key=lambda s: (-s.when.latest.toordinal(), s.id))]


# Choices


def test_choices_join_speaker_and_topic(generation):
    labels = [offer.label for offer in generation.completer.question("stoltenberg dia")]
    assert labels[0].startswith("Jens Stoltenberg · dialogue (")


def test_an_empty_question_offers_whoever_is_quoted_most(generation):
    offers = generation.completer.question("")
    assert offers[0].selection == Selection("jens-stoltenberg")
    assert len(offers) == 25


def test_a_choice_finds_exactly_what_it_says(generation):
    for typed in ("", "s", "dial", "lav", "us sec", "nato"):
        for offer in generation.completer.question(typed):
            answer = generation.finder.find(offer.value)
            assert (answer.selection, answer.total) == (offer.selection, offer.statements), offer


def test_topics_are_offered_of_the_chosen_speaker_only(generation):
    offers = generation.completer.topic("", "lavrov")
    assert offers
    assert all(generation.corpus.count(Selection("sergey-lavrov", topics=o.selection.topics)) for o in offers)
    assert [o.label.split(" (")[0] for o in generation.completer.topic("cold", "stoltenberg")] == ["cold war"]


def test_a_choice_of_what_has_left_the_collection_is_no_choice(generation):
    offers = Offers(generation.corpus, generation.index)
    assert offers.chosen("=nobody/dialogue") is None
    assert offers.chosen("=jens-stoltenberg/nothing") is None
    assert not generation.finder.find("=nobody/").total


@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered(generation, text):
    answer = generation.finder.find(text)
    assert generation.corpus.count(answer.selection) == answer.total or not answer.selection
    offers = generation.completer.question(text)
    assert len(offers) <= 25
    assert all(len(offer.value) <= 100 for offer in offers)


# Folding


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Столтенберг", ["stoltenberg"]),
        ("Stoltenberg’s", ["stoltenberg"]),
        ("O'Brien", ["obrien"]),
        ("Détente", ["detente"]),
        ("NATO–Russia", ["nato", "russia"]),
        ("ＮＡＴＯ", ["nato"]),
        ("", []),
    ],
)
def test_words_are_folded(text, folded):
    assert words(text) == folded


@given(st.text())
def test_folding_is_ascii_and_stable(text):
    assert fold(text).isascii()
    assert all(word.isalnum() for word in words(text))
