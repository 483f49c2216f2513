"""Who and what a question means where names are alike, and by which road an answer was come by."""

import json
from dataclasses import asdict

import pytest

from bot.library import Generation
from bot.record import Selection
from bot.search.find import Road
from tests import harbours


class Asking:
    """The collection of people with names alike, to be asked."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation

    def __call__(self, query: str) -> tuple[str | None, tuple[str, ...], list[str]]:
        """What a question leads to: speaker, topics, the first ids."""
        answer = self.generation.finder.find(query)
        ids = self.generation.corpus.ids(answer.selection, 10) if answer.total else []
        assert len(ids) == min(answer.total, 10)
        return answer.selection.speaker, answer.selection.topics, ids


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    generation = harbours.built(tmp_path_factory.mktemp("harbours"))
    yield Asking(generation)
    generation.close()


@pytest.mark.parametrize(
    ("query", "ids"),
    {
        "surname, newest first": ("smith arms control", ["b"]),
        "a whole name": ("john smith arms control", ["a", "n"]),
        "either way round": ("arms control john smith", ["a", "n"]),
        "surname first": ("smith john arms control", ["a", "n"]),
        "only one of them spoke on it": ("smith fisheries", ["c"]),
        "an initial": ("j smith arms control", ["b"]),
        "an initial with a full stop": ("arms control j. smith", ["b"]),
        "a title": ("dr mary smith fisheries", ["c"]),
        "a misspelt first name": ("jhon smith arms control", ["a", "n"]),
        "all glued": ("lindarmscontrol", ["j"]),
        "a lost first letter": ("mith arms control", ["b"]),
        "a misspelt first letter": ("mohn smith arms control", ["a", "n"]),
        "glued particles": ("vonderleyen supply chains", ["d"]),
        "particles": ("von der leyen supply chains", ["d"]),
        "one part of a surname with a hyphen": ("schmidt education", ["e"]),
        "the other part": ("meyer education", ["e"]),
        "both, glued": ("schmidtmeyer education", ["e"]),
        "German": ("jelzin education", ["g"]),
        "French": ("eltsine education", ["g"]),
        "Cyrillic": ("Лавров arms race", ["f"]),
        "as it sounds": ("lavroff edoocashun", []),
        "topic as it sounds": ("yeltsin edoocashun", ["g"]),
        "a synonym": ("lind Rüstungskontrolle", ["j"]),
        "a synonym without its umlaut": ("lind rustungskontrolle", ["j"]),
        "a name and a topic glued": ("lindarms control", ["j"]),
        "glued with a capital": ("arms controlLind", ["j"]),
        "split": ("li nd arms control", ["j"]),
        "a topic split": ("lind arms con trol", ["j"]),
        "a topic that is a name too": ("berlin wall", ["h"]),
        "a name that is a topic too": ("berlin inf treaty 1987", ["i"]),
        "a number": ("berlin 1987 inf treaty", ["i"]),
        "the beginning of a topic": ("lavrov arms ra", ["f"]),
        "a part of a topic": ("leyen chains", ["d"]),
        "two topics": ("lavrov arms race and arms control", ["f"]),
        "a sentence": ("tell me what Ms Lind thinks about arms control these days, please", ["j"]),
        "an office, by date": ("foreign minister of freedonia education", []),
        "an office that two held": ("freedonia foreign minister fisheries", ["l", "k"]),
        "an office and a name": ("foreign minister neu fisheries", ["l"]),
        "a number in Roman numerals": ("lavrov start i", ["o"]),
        "another number": ("lavrov START II", ["p"]),
        "WHO in capitals": ("lind WHO reform", ["q"]),
        "a question in capitals": ("WHAT DID LIND SAY ABOUT ARMS CONTROL", ["j"]),
        "an initial without a space": ("j.smith arms control", ["b"]),
        "an abbreviation with full stops": ("lind W.H.O. reform", ["q"]),
        "a mention and an emoji": ("<@123456789012345678> lind✅ arms control 🔥", ["j"]),
        "another apostrophe": ("lind´s arms control", ["j"]),
        "a plural": ("lind fishery", ["r"]),
        "Spanish": ("que dijo Lind sobre arms control", ["j"]),
        "Polish": ("co powiedziała Lind o arms control", ["j"]),
        "inflected": ("слова Лаврову arms race", ["f"]),
        "a topic twice": ("arms control lind arms control", ["j"]),
        "the first of two surnames": ("acevedo fisheries", ["s"]),
        "capitals and a possessive": ("LIND'S ARMS CONTROL", ["j"]),
        "both surnames": ("acevedo villena fisheries", ["s"]),
        "first and last": ("fisheries rosa villena", ["s"]),
        "glued and misspelt": ("smithcontrl arms", ["b"]),
        "somebody's words": ("ARMS CONTROL IN LIND'S WORDS", ["j"]),
        "a topic behind a preposition": ("lind on arms control", ["j"]),
        "a sentence with words that are not known": (
            "please find me whatever Marta Lind wrote about arms control at the congress",
            ["j"],
        ),
        "a sentence with somebody's first name that is only a word": (
            "please find me whatever Marta Lind wrote about arms control beside a rosa",
            ["j"],
        ),
        "a lost first letter beside an error": ("mith arms contrl", ["b"]),
        "a long office, misspelt": ("the foriegn minister of freedonia and the fisheries of this country", ["l", "k"]),
        "an article that is no initial": ("a smith arms control", ["b"]),
        "the beginning of a word of a topic": ("marta lind refo", ["q"]),
        "a part of a topic before the name": ("reform lind", ["q"]),
    }.values(),
)
def test_a_question_leads_to_these_statements(found, query, ids):
    assert found(query)[2] == ids


@pytest.mark.parametrize(
    "query",
    [
        "peter smith arms control",  # no Smith is called Peter
        "marta smith arms control",  # there is a Marta, and she is no Smith
        "arms control smith marta",
        "jordan lavrov arms race",
        "fjodor quimby arms control",
        "smythson fisheries quota",
        "lind education",  # she did not speak on that
        "lavrov START III",  # there is no such topic
        "lind START I",
        "lind inf treaty 1988",
        "smith P.B.A.",
        "zzz",
        "are you a robot",
    ],
)
def test_nobody_is_put_in_the_place_of_somebody_else(found, query):
    assert found(query)[2] == []


def test_a_letter_that_is_a_word_too_is_an_initial_beside_a_surname(monkeypatch, tmp_path):
    people = [{"id": f"{first.lower()}-berg", "name": f"{first} Berg"} for first in ("Anna", "Ida", "Otto")]
    said = [(f"{n}", who["id"], f"201{n}-01-01", ["fisheries"], "Yes.") for n, who in enumerate(people)]
    monkeypatch.setattr(harbours, "SPEAKERS", people)
    monkeypatch.setattr(harbours, "SAID", said)
    asking = Asking(harbours.built(tmp_path))
    letters = {"a": "anna-berg", "i": "ida-berg", "o": "otto-berg", "e": "otto-berg"}
    assert {letter: asking(f"{letter} berg fisheries")[0] for letter in letters} == letters
    assert asking("fisheries i. berg")[0] == "ida-berg"
    asking.generation.close()


def test_a_topic_may_be_said_in_the_singular_though_that_is_another(monkeypatch, tmp_path):
    topics = [{"id": "tribunals", "label": "atomic tribunals"}, {"id": "reform", "label": "tribunal reform"}]
    said = [
        ("1", "marta-lind", "2013-01-01", ["tribunals"], "Yes."),
        ("2", "john-smith", "2013-01-01", ["reform"], "No."),
    ]
    monkeypatch.setattr(harbours, "TOPICS", topics)
    monkeypatch.setattr(harbours, "SAID", said)
    asking = Asking(harbours.built(tmp_path))
    assert asking("lind atomic tribunal")[2] == ["1"]
    assert asking("lnid atomic tribunal")[2] == ["1"]
    assert asking("smith tribunals reform")[2] == ["2"]
    assert asking("smith atomic tribunal")[2] == []
    asking.generation.close()


def test_in_a_long_question_what_is_left_out_is_told(found):
    answer = found.generation.finder.find("what did Lind say about arms control at breakfast in Oslo in 1999")
    assert (answer.selection.speaker, answer.missing) == ("marta-lind", "breakfast Oslo 1999")


@pytest.mark.parametrize(
    ("typed", "labels"),
    {
        "an office": ("freedonia minister", ["Nina Neu (1)", "Otto Alt (2)"]),
        "an office and a topic": ("foreign minister fis", ["Nina Neu · fisheries (1)", "Otto Alt · fisheries (1)"]),
        "a topic and a letter": ("fisheries n", ["Nina Neu · fisheries (1)"]),
        "a topic and the beginning of a name": ("fisheries ne", ["Nina Neu · fisheries (1)"]),
        "a topic and the beginning of an office": (
            "fisheries minis",
            ["Nina Neu · fisheries (1)", "Otto Alt · fisheries (1)"],
        ),
        "a misspelt name and the beginning of a topic": ("smiht arm", ["John Smith · arms control (2)"]),
        "a misspelt beginning": ("smith arns", ["John Smith · arms control (2)"]),
        "two people": ("smith arms", ["John Smith · arms control (2)", "Jane Smith · arms control (1)"]),
    }.values(),
)
def test_while_a_question_is_typed_it_is_completed(found, typed, labels):
    offered = [offer.label for offer in found.generation.completer.question(typed)]
    assert set(labels) <= set(offered)
    assert len(offered) == len(set(offered))


def test_an_office_that_is_left_leads_to_who_held_it_then(found):
    answer = found.generation.finder.find("foreign minister of freedonia education")
    assert answer.instead == Selection("old-minister", topics=("education",))


def test_two_people_who_are_meant_equally_are_in_the_order_of_what_they_said_last(found):
    assert found("smith")[:2] == ("mary-smith", ())
    assert found("smith arms control")[0] == "jane-smith"


# The text


@pytest.mark.parametrize(
    ("query", "road", "ids"),
    [
        ("jane smith missile", Road.TEXT_OF_SPEAKER, ["b"]),
        ("john smith missiles", Road.TEXT_OF_SPEAKER, ["n"]),
        ("missile twice", Road.TEXT, ["b"]),
        ("who said that the herring belongs to nobody", Road.TEXT, ["c"]),
        ("lind herring", Road.NAMES, []),
        ("herring submarine", Road.NAMES, []),
        ("lind arms control", Road.NAMES, ["j"]),
    ],
)
def test_what_is_in_no_topic_is_looked_for_in_the_text(found, query, road, ids):
    answer = found.generation.finder.find(query)
    assert (answer.road, found(query)[2]) == (road, ids)


def test_it_is_said_where_a_statement_was_found_by_its_text(found):
    finder = found.generation.finder
    assert finder.explain(finder.find("missile twice")) == (
        "No topic is called “missile twice”; shown are statements with these words in the text."
    )
    assert finder.explain(finder.find("jane smith missile")) == (
        "No topic is called “missile”; shown are statements by Jane Smith with these words in the text."
    )


def test_it_is_said_which_topic_a_part_of_one_was_taken_for(found):
    finder = found.generation.finder
    assert finder.explain(finder.find("leyen chains")) == "Shown for Ursula von der Leyen · supply chains."
    assert finder.explain(finder.find("leyen supply chains")) == ""


def test_words_that_too_many_texts_have_find_nothing(found, monkeypatch):
    monkeypatch.setattr("bot.corpus.store._PATIENCE", 1)
    assert found("missile twice")[2] == []


@pytest.mark.parametrize(
    "words", ['"', "*", "NEAR(a b)", "a AND b", "text:missile", "missile*", "-missile", "((", "^x"]
)
def test_a_question_is_no_query_language(found, words):
    found(words)
    found(f"jane smith {words}")


# Why


def test_an_explanation_says_how_each_word_was_understood_and_adds_up(found):
    generation = found.generation
    query = "arms contrl of jhon smith in 1999 maybe"
    explained = generation.explainer.explain(query, generation.finder.find(query))
    became = {word.typed: word.became for word in explained.words}
    assert became == {
        **dict.fromkeys(("arms", "contrl"), "topic"),
        **dict.fromkeys(("jhon", "smith"), "who"),
        **dict.fromkeys(("of", "in"), "idle"),
        "1999": "date",
        "maybe": "left over",
    }
    spellings = {word.typed: word.spellings for word in explained.words}
    assert spellings["arms"] == ("arms",)
    assert spellings["contrl"] == ("control 0.86 (1 typing error)",)
    assert sum(part.score for part in explained.parts) == pytest.approx(explained.score)
    assert any("John Smith" in part.of for part in explained.parts)
    assert json.dumps(asdict(explained))
    assert list(explained.lines())[-1].endswith("2 statements, newest first")


@pytest.mark.parametrize(
    "query", ["lind arms control", "lnd arms control", "", "smith", "zzz", "missile twice", "1999"]
)
def test_whatever_is_asked_can_be_explained(found, query):
    generation = found.generation
    explained = generation.explainer.explain(query, generation.finder.find(query))
    assert sum(part.score for part in explained.parts) == pytest.approx(explained.score)
    assert all(explained.lines())
