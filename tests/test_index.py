"""The index: what is written comes back, words lead to what they may stand for, and damage is told."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.corpus.store import Corpus
from bot.errors import GenerationError
from bot.generations import CORPUS, INDEX
from bot.search import arrays, index, indexer
from bot.search.arrays import Arrays
from bot.search.combinations import in_their_place
from bot.search.dictionary import Spelling
from bot.search.index import Index, phrase
from bot.search.normalise import words
from bot.search.sound import sound_alike, sounds
from bot.search.terms import Means
from tests import harbours


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A built generation's folder."""
    made = tmp_path_factory.mktemp("harbours")
    generation = harbours.built(made)
    generation.close()
    return made / "generations" / generation.name


@pytest.fixture(scope="module")
def found(folder):
    opened = Index.open(folder / INDEX)
    yield opened
    opened.close()


def near(found, word, deep=False):
    return {found.word(spelling.word): round(spelling.likeness, 2) for spelling in found.near(word, deep)}


# Words


def test_every_word_is_found_by_its_number_and_back(found):
    called = [*(entry["name"] for entry in harbours.SPEAKERS), *(entry["label"] for entry in harbours.TOPICS)]
    known = {word for name in called for word in words(name)}
    assert all(found.word(found.number_of(word)) == word for word in known)
    assert found.number_of("stoltenberg") == found.number_of("") == found.number_of("smit") == -1


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=40))
def test_what_is_not_there_has_no_number(found, word):
    number = found.number_of(word)
    assert number == -1 or found.word(number) == word
    low, high = found.beginning_with(word)
    assert all(found.word(number).startswith(word) for number in range(low, high))
    assert all(not found.word(number).startswith(word) for number in (low - 1, high) if number >= 0 and number < high)


@pytest.mark.parametrize(
    ("beginning", "longer"),
    [
        ("s", {"schmidt", "schmidtmeyer", "sergei", "sergey", "smith", "start", "supply"}),
        ("schmidtm", {"schmidtmeyer"}),
        ("vonderley", {"vonderleyen"}),
        ("zz", set()),
    ],
)
def test_words_that_begin_alike_stand_side_by_side(found, beginning, longer):
    assert {found.word(number) for number in range(*found.beginning_with(beginning))} == longer


@pytest.mark.parametrize(
    ("typed", "meant", "likeness"),
    [
        ("smith", "smith", 1.0),
        ("smiht", "smith", 0.89),
        ("smth", "smith", 0.8),
        ("smiith", "smith", 0.9),
        ("smich", "smith", 0.8),
        ("fishe", "fisheries", 0.92),
        ("controls", "control", 0.92),
        ("lavroff", "lavrov", 0.86),
        ("jelzin", "yeltsin", 0.82),
        ("eltsine", "yeltsin", 0.86),
        ("shmidt", "schmidt", 0.86),
    ],
)
def test_a_word_leads_to_what_it_may_stand_for(found, typed, meant, likeness):
    assert near(found, typed)[meant] == pytest.approx(likeness, abs=0.06)


@pytest.mark.parametrize(
    ("typed", "not_meant"), [("peter", "berlin"), ("ada", "alt"), ("1988", "1987"), ("race", "nina"), ("mith", "smith")]
)
def test_not_everything_alike_is_meant(found, typed, not_meant):
    assert not_meant not in near(found, typed)


def test_a_closer_look_finds_more_errors(found):
    assert "control" not in near(found, "cnotrpl")
    assert "control" in near(found, "cnotrpl", deep=True)
    assert "smith" in near(found, "mith", deep=True)


def test_a_word_has_a_plural_where_that_is_known(found):
    assert [found.word(number) for number in found.in_other_number("arm")] == ["arms"]
    assert [found.word(number) for number in found.in_other_number("fishery")] == ["fisheries"]
    assert [found.word(number) for number in found.in_other_number("controls")] == ["control"]
    assert found.in_other_number("smith") == []


def test_a_word_stands_for_none_of_a_topic_where_only_a_name_can_be(found):
    def possible(*texts):
        spelt = [[Spelling(found.number_of(word), 0.8) for word in text.split()] for text in texts]
        return [[found.word(spelling.word) for spelling in ways] for ways in in_their_place(found, spelt)]

    assert possible("smith lavrov", "arms", "control") == [["smith", "lavrov"], ["arms"], ["control"]]
    assert possible("john control", "smith", "arms control") == [["john"], ["smith"], ["arms", "control"]]
    assert possible("john", "smith control", "lavrov") == [["john"], ["smith"], ["lavrov"]]
    assert possible("smith lavrov", "race", "control") == [[], [], []], "no topic is called so"


def test_a_first_letter_may_be_lost(found):
    assert [found.word(spelling.word) for spelling in found.lacking_first("mith")] == ["smith"]
    assert "smith" in [found.word(spelling.word) for spelling in found.with_first("mith")]
    assert not found.lacking_first("smith")
    assert not found.lacking_first("987")


@pytest.mark.parametrize(
    ("glued", "parts"),
    [
        ("smitharms", ["smith", "arms"]),
        ("armscontrolsmith", ["arms", "control", "smith"]),
        ("inf1987treaty", ["inf", "1987", "treaty"]),
        ("smith", []),
        ("xxxxyyyy", []),
        ("smithcontrl", []),
        ("vonderleyenarms", ["vonderleyen", "arms"]),
        ("smithvonarms", []),
    ],
)
def test_a_glued_word_is_taken_apart(found, glued, parts):
    assert found.split(glued, 3) == parts


@pytest.mark.parametrize(
    ("glued", "parts"),
    [
        ("smitharms", ["smith", "arms"]),
        ("smithcontrl", ["smith", "contrl"]),
        ("smihtcontrol", ["smiht", "control"]),
        ("smithvonarms", ["smith", "von", "arms"]),
        ("xxxxyyyy", []),
    ],
)
def test_one_part_may_be_misspelt_or_grammar(found, glued, parts):
    assert found.split_loosely(glued, 3) == parts


# What is called just so


def called(found, text):
    return phrase([found.number_of(word) for word in words(text)])


def test_whatever_is_called_just_so_is_known_in_any_order(found):
    for text in ("arms control", "control arms"):
        (topic,) = found.called(Means.TOPIC, called(found, text))
        assert found.topic_label(topic) == "arms control"
        assert found.called(Means.SPEAKER, called(found, text)) == []
    (speaker,) = found.called(Means.SPEAKER, called(found, "smith john"))
    assert found.speaker_id(speaker) == "john-smith"
    (office,) = found.called(Means.OFFICE, called(found, "freedonia foreign minister"))
    assert found.office(office) == ("Foreign Minister", "Freedonia")
    assert found.called(Means.TOPIC, called(found, "arms smith")) == []


@pytest.mark.parametrize("text", ["acevedo villena", "rosa villena", "schmidt meyer"])
def test_a_long_name_may_be_said_in_short(found, text):
    (speaker,) = found.called_in_short(called(found, text))
    assert set(words(text)) < set(words(found.speaker_name(speaker)))


def test_a_speakers_name_begins_with_its_first_word(found):
    firsts = {found.first_word_of(found.speaker_with(entry["id"])) for entry in harbours.SPEAKERS}
    assert {"john", "ursula", "rosa"} <= firsts


def test_of_a_speaker_of_many_topics_those_are_known_that_are_spoken_on_most():
    assert indexer._most(range(30), [2] * 29 + [3]) == [29, *range(24)]
    assert indexer._most(range(25), [1] * 25) == []


# Sounds


@pytest.mark.parametrize(
    "alike",
    [
        ("lavrov", "lawrow", "lavroff"),
        ("khrushchev", "chruschtschow"),
        ("gorbachev", "gorbatschow", "gorbatchev"),
        ("putin", "poutine"),
        ("zhukov", "schukow", "joukov"),
        ("philip", "filip"),
        ("education", "edukashun"),
    ],
)
def test_spellings_of_one_name_sound_alike(alike):
    first = set(sounds(alike[0]))
    assert all(first & set(sounds(other)) for other in alike)


def test_different_names_do_not():
    assert not set(sounds("maria")) & set(sounds("marta"))
    assert not sound_alike("maria", "marta")
    assert sound_alike("mayya", "maija")
    assert sounds("1987") == sounds("abc") == ()


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=40))
def test_anything_sounds_like_something(word):
    assert all(len(sound) >= 3 for sound in sounds(word))


# The file


def test_the_same_corpus_gives_the_same_index(folder, tmp_path):
    corpus = Corpus.open(folder / CORPUS)
    indexer.write(corpus, tmp_path / INDEX)
    corpus.close()
    assert (tmp_path / INDEX).read_bytes() == (folder / INDEX).read_bytes()


def test_arrays_come_back_as_they_were(tmp_path):
    written: dict[str, array[int] | bytes] = {
        "one": array("I", [1, 2, 3]),
        "two": b"abc",
        "three": array("Q", [2**63]),
        "none": b"",
    }
    arrays.write(tmp_path / "x", 1, written)
    opened = Arrays.open(tmp_path / "x", 1)
    assert opened["one"].tolist() == [1, 2, 3]
    assert bytes(opened["two"]) == b"abc"
    assert opened["three"][0] == 2**63
    assert len(opened["none"]) == 0
    part = opened["one"][1:]
    opened.close()
    assert part.tolist() == [2, 3], "what somebody still holds is not pulled away"


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:10],
        lambda content: content[:200],
        lambda content: content[: len(content) // 2],
        lambda content: b"SQLite f" + content[8:],
        lambda content: content[:16] + b"{" * 100 + content[116:],
        lambda content: content.replace(f'"version": {index.VERSION}'.encode(), b'"version": 0', 1),
        lambda content: content.replace(b'"order": "little"', b'"order": "middle"', 1),
        lambda content: content[:8] + b"\xff" * 8 + content[16:],
    ],
)
def test_what_is_no_index_is_refused_in_a_sentence(folder, tmp_path, damage):
    (tmp_path / INDEX).write_bytes(damage((folder / INDEX).read_bytes()))
    with pytest.raises(GenerationError, match=r"index cannot be read .* build it anew"):
        Index.open(tmp_path / INDEX)


def test_a_missing_index_is_told(tmp_path):
    with pytest.raises(GenerationError, match="No such file"):
        Index.open(tmp_path / INDEX)


# What is known of people and topics


def test_the_most_quoted_come_first(found):
    assert list(found.speaker_count) == sorted(found.speaker_count, reverse=True)
    assert found.topic_id(0) == "arms-control"


def test_ids_lead_to_numbers_and_back(found):
    for entry in harbours.SPEAKERS:
        number = found.speaker_with(entry["id"])
        assert (found.speaker_id(number), found.speaker_name(number)) == (entry["id"], entry["name"])
    for entry in harbours.TOPICS:
        assert found.topic_label(found.topic_with(entry["id"])) == entry["label"]
    assert found.speaker_with("nobody") is found.topic_with("") is None


def test_those_are_known_of_some_speakers_who_have_a_name_that_begins_so(found):
    speakers = range(len(found.speaker_count))
    for beginning in ("s", "smi", "be", "zz"):
        low, high = found.beginning_with(beginning)
        named = sorted(set(found.named(low, high)))
        assert found.named_among(speakers, low, high) == named
        assert found.named_among(named[:1], low, high) == named[:1]


def test_what_some_speakers_said_on_some_topics_is_counted_until_it_is_enough(found):
    topics, speakers = set(range(len(found.topic_count))), range(len(found.speaker_count))
    pairs = [(who, on, found.pair(who, on)) for who in speakers for on in sorted(topics)]
    said = [(pair.statements, who, on) for who, on, pair in pairs if pair]
    assert found.spoken_on(speakers, topics, len(said)) == said
    assert found.spoken_on(speakers, topics, 1) == [pair for pair in said if pair[1] == said[0][1]]
    assert found.spoken_on(speakers, {0}, len(said)) == [pair for pair in said if pair[2] == 0]


def test_pairs_are_what_was_said(found):
    for who, what in ((speaker["id"], topic["id"]) for speaker in harbours.SPEAKERS for topic in harbours.TOPICS):
        said = [id_ for id_, speaker, _, topics, _ in harbours.SAID if speaker == who and what in topics]
        pair = found.pair(found.speaker_with(who), found.topic_with(what))
        assert (pair.statements if pair else 0) == len(said)
        assert (found.speaker_with(who) in found.speakers_on(found.topic_with(what))) is bool(said)
