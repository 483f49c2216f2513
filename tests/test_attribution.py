"""Who is said to have said what. Every sentence here was made up for its rule; the people in them are nobody."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.drafting.attribution import attributions, outermost
from bot.drafting.parsing import parse
from bot.drafting.selection import LEAST
from bot.drafting.values import Attribution, Tie
from bot.record import Kind


def found(text: str) -> list[Attribution]:
    return attributions(next(parse([text])))


def shown(text: str, one: Attribution) -> str:
    """An attribution as ``source | cue | content``, with “ … ” between the pieces of each."""
    parts = (one.source, one.cue, one.content)
    return " | ".join(" … ".join(text[begin:end] for begin, end in part) for part in parts)


def told(text: str) -> list[str]:
    return [shown(text, one) for one in outermost(found(text))]


def likely(text: str) -> list[str]:
    """What is told and likely to be a statement."""
    return [shown(text, one) for one in outermost(found(text)) if one.confidence >= LEAST]


# ------------------------------------------------------------------------------------------------ a cue and its clause


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Berg said that the harbour would stay open.", "Berg | said | that the harbour would stay open"),
        ("Berg said the harbour would stay open.", "Berg | said | the harbour would stay open"),
        (
            "Berg told reporters in Oslo on Monday that the harbour would stay open.",
            "Berg | told | that the harbour would stay open",
        ),
        ("The ministry said on Friday it would close the harbour.", "The ministry | said | it would close the harbour"),
        ("The harbour, Berg said, stays open.", "Berg | said | The harbour … stays open"),
        ("The harbour will stay open, Berg said.", "Berg | said | The harbour will stay open"),
        ("The harbour will stay open, said a spokesman.", "a spokesman | said | The harbour will stay open"),
        ("In 2019, she said, the harbour was closed.", "she | said | the harbour was closed"),
        (
            "The harbour should stay open, the minister demanded.",
            "the minister | demanded | The harbour should stay open",
        ),
        (
            "In a letter on the anniversary of the fire in Oslo, the Harbour Council on Monday condemned “its causes”.",
            "the Harbour Council | condemned | “its causes”",
        ),
        ("As the Gazette reported, the harbour stays open.", "the Gazette | reported | the harbour stays open"),
        ("Berg urged Moscow to release the sailors.", "Berg | urged | Moscow to release the sailors"),
        ("Berg warned of a new arms race.", "Berg | warned | a new arms race"),
        ("Dahl called for an end to the exercises.", "Dahl | called | an end to the exercises"),
        (
            "Moscow accused the alliance of building up forces.",
            "Moscow | accused | the alliance of building up forces",
        ),
        ("He’s said the harbour was open.", "He’s | said | the harbour was open"),
        (
            "Berg was keen to stress that the harbour stays open.",
            "Berg | to stress | that the harbour stays open",
        ),
        ("The harbour, Dahl pointed out, stays open.", "Dahl | pointed out | The harbour … stays open"),
        (
            "The treaty, Dahl had told reporters in Oslo two weeks earlier, was “a victory”.",
            "Dahl | had told | The treaty … was “a victory”",
        ),
        (
            "That prompted Dahl to say that the harbour stays open.",
            "Dahl | to say | that the harbour stays open",
        ),
    ],
)
def test_a_verb_of_saying_brings_a_clause(text, expected):
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The harbour stays open,” Berg said.", "Berg | said | “The harbour stays open,”"),
        (
            "“The harbour stays open,” said Ada Berg, the mayor.",
            "Ada Berg, the mayor | said | “The harbour stays open,”",
        ),
        (
            "“The harbour stays open,” the 43-year-old mayor said.",
            "the 43-year-old mayor | said | “The harbour stays open,”",
        ),
        (
            "“The harbour stays open,” Berg, the mayor, told the Gazette.",
            "Berg, the mayor | told | “The harbour stays open,”",
        ),
        ("“The harbour stays open”, — she said.", "she | said | “The harbour stays open”"),
        ('"The talks were useful," the top diplomat noted.', 'the top diplomat | noted | "The talks were useful,"'),
        ('"They were useful," he said, without going into detail.', 'he | said | "They were useful,"'),
        ("“The harbour,” Berg said, “stays open.”", "Berg | said | “The harbour,” … “stays open.”"),
        (
            "“The harbour stays open,” Berg said. “That is settled.”",
            "Berg | said | “The harbour stays open,” … “That is settled.”",
        ),
        (
            "“The risk,” said Dahl, who heads the bank, “is that nobody pays.”",
            "Dahl, who heads the bank | said | “The risk,” … “is that nobody pays.”",
        ),
        ("Berg said: “The harbour stays open.”", "Berg | said | “The harbour stays open.”"),
        ("Berg insisted the harbour was “open to all”.", "Berg | insisted | the harbour was “open to all”"),
        ("It was a “good day”, said Ada Berg.", "Ada Berg | said | It was a “good day”"),
        (
            "She said “we are ready,” and, “we are strong.”",
            "She | said | “we are ready,” and, “we are strong.”",
        ),
        (
            "Berg suggested closing the harbour: “It brings us nothing.”",
            "Berg | suggested | closing the harbour: “It brings us nothing.”",
        ),
        (
            "Berg said that although the plan was “a step,” it was “far from perfect.”",
            "Berg | said | that although the plan was “a step,” it was “far from perfect.”",
        ),
        ("“We wait,” Berg told “Fox and Friends” on Monday.", "Berg | told | “We wait,”"),
        ("Lavrov: “The treaty stands.”", "Lavrov | : | “The treaty stands.”"),
        ("“Stop it!” beamed the mayor.", "the mayor | beamed | “Stop it!”"),
    ],
)
def test_a_quotation_belongs_to_the_cue_beside_it(text, expected):
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'We need dialogue,' Mr Dahl said. 'That is all.'", "Mr Dahl | said | 'We need dialogue,' … 'That is all.'"),
        ("„Wir brauchen Dialog“, said Dahl. „Bald.“", "Dahl | said | „Wir brauchen Dialog“ … „Bald.“"),
        ("«We do not want confrontation,» Dahl said.", "Dahl | said | «We do not want confrontation,»"),
        ('"The shapes differ,” Dahl said.', 'Dahl | said | "The shapes differ,”'),
        ("\u200f«The fairway is open»\u200f, Dahl said.", "Dahl | said | «The fairway is open»"),
    ],
)
def test_quotation_marks_of_every_shape_are_understood(text, expected):
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“It is over,” she said, adding that “nobody won.”",
            ["she | said | “It is over,”", "she | adding | that “nobody won.”"],
        ),
        (
            "“It is over,” she said, adding: “Nobody won.”",
            ["she | said | “It is over,”", "she | adding | “Nobody won.”"],
        ),
        (
            "She said it was over, adding that nobody had won.",
            ["She | said | it was over", "She | adding | that nobody had won"],
        ),
        (
            "She said that nobody had won, but also stressed that nobody had lost.",
            ["She | said | that nobody had won", "She | stressed | that nobody had lost"],
        ),
        (
            "Berg said the talks failed while Dahl said they went well.",
            ["Berg | said | the talks failed", "Dahl | said | they went well"],
        ),
        (
            "He called the plan “obsolete” and said members should pay more.",
            ["He | called | the plan “obsolete”", "He | said | members should pay more"],
        ),
    ],
)
def test_each_cue_of_a_sentence_has_its_own_content(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Berg accused the board of closing the harbour, days after its ferries had stopped.",
            "Berg | accused | the board of closing the harbour",
        ),
        ("Berg confirmed the delay when asked by the Gazette.", "Berg | confirmed | the delay"),
        ("Berg told the Gazette that the harbour was safe when it was built.", None),
    ],
)
def test_what_the_journalist_adds_about_the_moment_is_not_what_was_said(text, expected):
    assert told(text) == [expected or "Berg | told | that the harbour was safe when it was built"]


def test_what_somebody_else_did_say_meanwhile_is_theirs():
    text = "Berg said the harbour was “lost”, while Dahl has repeatedly called on the board to save it."
    assert told(text) == [
        "Berg | said | the harbour was “lost”",
        "Dahl | has repeatedly called | the board to save it",
    ]


def test_a_question_is_asked_by_whoever_is_named_for_it_and_not_by_who_is_asked():
    text = "Berg, asked by the Gazette if the harbour would stay open, answered: “I doubt it.”"
    assert [each.split(" | ")[0] for each in told(text)][:1] == ["the Gazette"]
    assert told(text)[-1].endswith(" | answered | “I doubt it.”")


def test_a_comment_on_what_was_said_is_not_what_was_said():
    text = "She accused Moscow of “bad faith”, a charge that Dahl dismissed."
    assert told(text) == ["She | accused | Moscow of “bad faith”"]


# ------------------------------------------------------------------------------------------------------ other cues


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("According to Berg, the harbour stays open.", "Berg | According to | the harbour stays open"),
        ("The harbour stays open, according to Berg.", "Berg | according to | The harbour stays open"),
        ("The harbour, according to Berg, stays open.", "Berg | according to | The harbour … stays open"),
        (
            "According to the spokesman, Ole Dahl, the harbour stays open.",
            "the spokesman, Ole Dahl | According to | the harbour stays open",
        ),
        ("In her view, the harbour should stay open.", "her | In … view | the harbour should stay open"),
        ("In the words of Dahl, the harbour is “a museum”.", "Dahl | In … words | the harbour is “a museum”"),
        ("Dahl’s claim that the harbour was sold is wrong.", "Dahl | claim | that the harbour was sold"),
        ("Berg’s pledge to be “neutral” did not last.", "Berg | pledge | to be “neutral”"),
        (
            "Berg expressed confidence that the talks “will bear fruit”.",
            "Berg | expressed confidence | that the talks “will bear fruit”",
        ),
    ],
)
def test_according_to_a_view_and_a_claim_are_cues(text, expected):
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Berg dismissed the report as “fake news”.", "Berg | dismissed | the report as “fake news”"),
        ("Dahl called the plan “dead”.", "Dahl | called | the plan “dead”"),
        ("Dahl called Berg “The Queen of the Harbour”.", "Dahl | called | Berg “The Queen of the Harbour”"),
        ("Dahl welcomed the proposal.", "Dahl | welcomed | the proposal"),
        ("Berg believes that Moscow is bluffing.", "Berg | believes | that Moscow is bluffing"),
        (
            "The alliance does not believe an attack is imminent.",
            "The alliance | does not believe | an attack is imminent",
        ),
        (
            "Moscow denied that its jets had crossed the border.",
            "Moscow | denied | that its jets had crossed the border",
        ),
    ],
)
def test_a_judgement_a_stand_and_a_denial_are_statements(text, expected):
    assert likely(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Interfax quoted Dahl as saying that the harbour is open.", "Dahl | saying | that the harbour is open"),
        ("Interfax cited Dahl as saying: “The harbour is open.”", "Dahl | saying | “The harbour is open.”"),
        ("“The harbour is open,” Interfax quoted Dahl as saying.", "Dahl | quoted | “The harbour is open,”"),
        ("Dahl was quoted as saying that the harbour is open.", "Dahl | saying | that the harbour is open"),
        (
            "“I know it”, — quotes news Agency the answer of the foreign Minister of Norway.",
            "the foreign Minister of Norway | quotes | “I know it”",
        ),
    ],
)
def test_whoever_is_quoted_by_an_agency_is_the_source(text, expected):
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        (
            "According to TASS, Dahl said that Oslo was ready.",
            "TASS | According to | Dahl said that Oslo was ready",
            "Dahl | said | that Oslo was ready",
        ),
        (
            "As Interfax reports, Dahl said that Oslo was ready.",
            "Interfax | reports | Dahl said that Oslo was ready",
            "Dahl | said | that Oslo was ready",
        ),
        (
            '"It is a red line," Dahl told journalists, RIA Novosti reported.',
            'RIA Novosti | reported | "It is a red line," Dahl told journalists',
            'Dahl | told | "It is a red line,"',
        ),
        (
            "Berg said that Dahl had promised a new crane.",
            "Berg | said | that Dahl had promised a new crane",
            "Dahl | had promised | a new crane",
        ),
        (
            "He said that, according to Berg, the harbour stays open.",
            "He | said | that, according to Berg, the harbour stays open",
            "Berg | according to | the harbour stays open",
        ),
    ],
)
def test_what_is_told_within_what_is_told_is_nested(text, outer, inner):
    assert told(text) == [outer]
    assert [shown(text, one) for one in found(text) if one.nested] == [inner]


# ---------------------------------------------------------------------------------------------------------- sources


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Sen. Ada Berg (R-Ohio) said the harbour was open.", "Sen. Ada Berg (R-Ohio)"),
        ("Dahl, who left in May, said that the harbour was open.", "Dahl, who left in May"),
        (
            "While on a trip for his wife, former mayor Ole Dahl said the harbour was open.",
            "former mayor Ole Dahl",
        ),
        ("Berg left the room, calling the plan “a joke of a plan”.", "Berg"),
        ("The mayor was applauded and said that the harbour stays open.", "The mayor"),
        ("Since announcing in May that he would not run, Mr. Dahl has been quiet.", "Mr. Dahl"),
        (
            "The port's spokesman, Ole Dahl, told Rossiya-24 that it was “closed for good”.",
            "The port's spokesman, Ole Dahl",
        ),
        ("“They avoid us,” added Dahl.", "Dahl"),
    ],
)
def test_the_source_is_found_where_the_sentence_names_it(text, source):
    assert [one.split(" | ")[0] for one in told(text)] == [source]


def test_a_work_named_with_its_author_is_part_of_the_source():
    text = 'Dahl, author of "The Cold Sea," said the sea was rising.'
    assert told(text) == ['Dahl, author of "The Cold Sea," | said | the sea was rising']


# ------------------------------------------------------------------------------------------------------ nobody's words


@pytest.mark.parametrize(
    "text",
    [
        "Berg did not say when the council would meet.",
        "The ministry declined to comment on whether the harbour was closed.",
        "Peskov refused to say if the president would come.",
        "Stoltenberg did not state what a suitable framework could look like.",
        "Dahl may say that the talks have failed.",
        "Nobody on board spoke of “normality at sea”.",
        "Dahl is said to be angry.",
        "The so-called “hybrid war” goes on.",
        "He wrote “The End of the Harbour” in 1992.",
        "Berg left the “peace camp” in Oslo.",
        "Asked about the harbour, Berg smiled.",
        "That said, the harbour is open.",
        "The ship “Nadezhda” lay idle.",
    ],
)
def test_no_statement_is_made_of_what_nobody_said(text):
    assert likely(text) == []


def test_a_question_that_nobody_asked_is_told_but_not_recorded():
    text = "Asked whether troops would come, Berg said: “We have no such plans.”"
    assert told(text) == [" | Asked | whether troops would come", "Berg | said | “We have no such plans.”"]
    assert likely(text) == ["Berg | said | “We have no such plans.”"]


# -------------------------------------------------------------------------------------------- paragraph by paragraph


def test_a_quotation_goes_on_in_the_next_paragraph():
    text = "“The harbour stays open,” Berg said. “We need it.\n\n“And we shall pay for it.”"
    first, second = found(text)
    assert (second.tie, second.source) == (Tie.CONTINUATION, first.source)
    assert first.because == ()
    assert told(text) == ["Berg | said | “The harbour stays open,” … “We need it. … “And we shall pay for it.”"]


def test_a_quotation_behind_a_paraphrase_is_a_statement_of_its_own():
    text = "The harbour stays open, Berg said. “We have decided it.”"
    assert [shown(text, one) for one in found(text)] == [
        "Berg | said | The harbour stays open",
        "Berg |  | “We have decided it.”",
    ]
    (joined,) = outermost(found(text))
    assert joined.kind is Kind.MIXED


def test_each_bullet_below_a_colon_is_a_statement_of_whoever_the_line_names():
    text = "In the interview, Berg told DPA:\n\n  • “It stays open.”\n  • “We pay for it.”\n  • Dahl will paint it.\n"
    expected = ["Berg | told | “It stays open.”", "Berg | told | “We pay for it.”", "Berg | told | Dahl will paint it"]
    assert told(text) == expected
    assert likely(text) == expected


def test_a_paragraph_that_ends_with_a_colon_names_who_speaks_in_the_next():
    text = "The Gazette was first, and Berg responded:\n\n“We have nothing to hide.”"
    assert told(text) == ["Berg | responded | “We have nothing to hide.”"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We shall never close it.” — Ada Berg, mayor", "Ada Berg, mayor | — | “We shall never close it.”"),
        ("“We shall never close it.”\n— Ada Berg, mayor", "Ada Berg, mayor | — | “We shall never close it.”"),
        ('We shall never close it."\n-- Mayor Ada Berg', 'Mayor Ada Berg | -- | We shall never close it."'),
    ],
)
def test_a_name_below_a_dash_signs_a_pull_quote(text, expected):
    assert told(text) == [expected]
    assert found(text)[0].tie is Tie.SIGNATURE


def test_a_pull_quote_that_repeats_the_text_is_left_out():
    text = "We shall never close it again.”\n-- Ada Berg\n\n“I think we shall never close it again,” Berg said.\n"
    assert told(text) == ["Berg | said | “I think we shall never close it again,”"]


def test_of_two_pull_quotes_that_are_alike_one_stays():
    text = "“We shall never close it again.” — Ada Berg\n\nA line.\n\n“We shall never close it again.” — Ada Berg\n"
    assert len(found(text)) == 1


def test_an_interview_is_printed_without_quotation_marks():
    text = "LAVROV: We have always said that the treaty stands.\n\nGAZETTE: Does it stand?"
    assert likely(text) == ["LAVROV | : | We have always said that the treaty stands"]


TALK = """The Gazette talked with Vera Berg, who ran the harbour for thirty years.

{first}You closed the gates on the last day. How was that?

{name}I wept. Then I went home and slept for a week.

It was the longest week of my life.

The board says that it was too early.

The board has never stood on a quay. My men have.

Do you still go there?

I do. Every morning at six.

And what do you think when you see it?

That we should have painted the cranes.

The harbour will be sold in May. “Nobody asked us,” says Berg’s neighbour Ola Dahl."""


def answers(text: str) -> list[str]:
    return [shown(text, one) for one in found(text) if one.tie is Tie.TRANSCRIPT]


def test_an_interview_without_names_has_its_answers_behind_its_questions():
    text = TALK.format(first="", name="")
    assert answers(text) == [
        " |  | I wept. Then I went home and slept for a week. … It was the longest week of my life.",
        " |  | The board has never stood on a quay. My men have.",
        " |  | I do. Every morning at six.",
        " |  | That we should have painted the cranes.",
    ]
    assert all(one.because and one.confidence < 0.7 for one in found(text) if one.tie is Tie.TRANSCRIPT)


def test_an_interview_that_names_only_its_first_turns_goes_on_with_the_same_person():
    text = TALK.format(first="Gazette: ", name="Vera Berg: ")
    said = [each for each in answers(text) if each.startswith("Vera Berg | ")]
    assert said[-1] == "Vera Berg |  | That we should have painted the cranes."
    assert len(said) == 5


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("talked with", "remembers"),  # nothing says that it is an interview
        ("you", "they"),  # the questions are to nobody
        ("I ", "She "),  # nobody speaks of themselves
    ],
)
def test_questions_and_what_stands_behind_them_make_no_interview_by_themselves(words, instead):
    text = TALK.format(first="", name="").replace("You ", f"{instead.capitalize()} " if words == "you" else "You ")
    for own in ("My ", "my ", "us", "we ") if words == "I " else ():
        text = text.replace(own, "the ")
    assert answers(text.replace(words, instead)) == []


def test_the_sentence_before_tells_whose_a_lone_quotation_is():
    text = "Berg shook her head.\n\n“Never.”"
    (one,) = found(text)
    assert shown(text, one) == "Berg | shook | “Never.”"
    assert one.confidence == 0.6


# ----------------------------------------------------------------------------------------------------- how sure it is


@pytest.mark.parametrize(
    ("text", "confidence", "because"),
    [
        ("“The harbour stays open,” Berg said.", 0.97, ""),
        ("Berg said that the harbour stays open.", 0.9, ""),
        ("Dahl called the plan “dead”.", 0.75, "not that they said it"),
        ("Dahl’s claim that the harbour was sold is wrong.", 0.6, "a noun only"),
        ("If Berg says that the harbour is open, it is.", 0.65, "condition"),
        ("“The harbour stays open, Berg said.", 0.82, "quotation mark is missing"),
        ("“We shall never close it.” — Ada Berg, mayor", 0.9, ""),
        ("LAVROV: We have always said that it stands.", 0.85, "interview"),
        ("Berg left the “peace camp” in Oslo.", 0.25, "a term"),
        ("“Nothing is decided.”", 0.2, "not told whose words"),
        ("Asked about the harbour, Berg smiled.", 0.2, "nobody is named"),
    ],
)
def test_what_is_doubtful_says_so(text, confidence, because):
    (one,) = found(text)
    assert one.confidence == pytest.approx(confidence)
    assert because in "; ".join(one.because)
    assert bool(one.because) == bool(because)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The harbour stays open,” Berg said.", Kind.DIRECT),
        ("Berg said the harbour was “open to all”.", Kind.MIXED),
        ("Berg said the harbour was open to all.", Kind.INDIRECT),
    ],
)
def test_the_kind_is_told_by_the_quotation_marks(text, kind):
    assert [one.kind for one in found(text)] == [kind]


# ------------------------------------------------------------------------------------------------------ any text at all

_PIECES = st.sampled_from(
    [
        *(
            "said",
            " Berg ",
            "told",
            "that",
            "according to",
            "asked",
            "quoted",
            "as saying",
            "in",
            "his view",
            "if",
            "I",
        ),
        *("“", "”", '"', "„", "«", "»", "'", "’", "(", ")", "…", "—", "-- ", "•", "\u200f"),
        *(" ", ", ", ". ", ":", "\n", "and", "but", "while", "When", "posted", "pointed out", "The Times"),
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=30).map("".join)))
def test_any_text_is_read_without_an_error_and_every_span_lies_in_it(text):
    every = found(text)
    for told_ in (every, outermost(every)):
        for one in told_:
            assert one.content
            assert 0 <= one.confidence <= 1
            for spans in (one.content, one.source, one.cue):
                assert list(spans) == sorted(spans)
                assert all(0 <= begin < end <= len(text) for begin, end in spans)
