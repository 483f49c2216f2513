"""What a moderator sees fits into Discord's limits, however much there is to tell, and reads as the data reads."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.chat import seed_cards
from bot.chat.cards import MAX_CONTENT, MAX_DESCRIPTION, MAX_EMBED, MAX_FIELD
from bot.chat.replies import Reply
from bot.corpus.changes import ArticleChanges, Beside, Change, Changes, Listed
from bot.corpus.store import Totals
from bot.errors import Problem, SeedProblems
from bot.prepare import Prepared, Step
from bot.publisher import Preview, Status
from bot.state.actions import Action, Actor, Fate, Verb
from tests.rendered import hostile, markup, seen

NOON = datetime(2026, 12, 6, 12, tzinfo=UTC)
ADA = Actor("ada", 7, 1)
words = hostile(max_size=6)


@st.composite
def listed(draw: st.DrawFn) -> Listed[Change]:
    found = draw(st.lists(st.builds(Change, words, words, words, st.just(("wording", "date"))), max_size=5))
    times = draw(st.sampled_from([1, 40]))
    return Listed(len(found) * times + draw(st.integers(0, 10**6)), tuple(found * times))


@st.composite
def changes(draw: st.DrawFn) -> Changes:
    count = st.integers(0, 10**6)
    articles = draw(st.lists(st.builds(ArticleChanges, words, words, words, count, count, count), max_size=5))
    beside = draw(st.lists(st.builds(Beside, st.sampled_from(["speakers", "topics"]), count, count, count), max_size=7))
    return Changes(
        draw(listed()),
        draw(listed()),
        draw(listed()),
        Listed(len(articles) * 20, tuple(articles * 20)),
        tuple(beside),
        Listed(0, ()),
    )


def fits(reply: Reply) -> None:
    assert len(reply.content) <= MAX_CONTENT
    if reply.embed:
        assert len(reply.embed) <= MAX_EMBED
        assert len(reply.embed.description or "") <= MAX_DESCRIPTION
        assert all(0 < len(field.value or "") <= MAX_FIELD for field in reply.embed.fields)


@given(changes())
def test_a_preview_fits_and_what_does_not_is_attached(found):
    prepared = Prepared("4f4e6a1900000000", found, (Problem("a.yaml", 1, "a remark"),))
    preview = Preview(prepared, "0" * 16, ADA, NOON, 1)
    for reply in (seed_cards.preview(preview, 7), seed_cards.served(preview), seed_cards.checked(prepared, "0" * 16)):
        fits(reply)
        assert reply.embed
        assert reply.attached
        everything = sum(map(len, (found.added.first, found.changed.first, found.removed.first)))
        shown = sum((field.value or "").count("\n") + 1 for field in reply.embed.fields)
        assert shown >= everything or reply.attached[0] == "changes.txt"


@given(words, words)
def test_names_from_the_data_read_as_they_are(id_, speaker):
    found = Listed(1, (Change(id_, speaker, "a"),))
    none: Listed[Change] = Listed(0, ())
    prepared = Prepared("4f4e6a1900000000", Changes(found, none, none, Listed(0, ()), (), Listed(0, ())))
    [field] = seed_cards.preview(Preview(prepared, "0" * 16, ADA, NOON, 1), 7).embed.fields  # type: ignore[union-attr]
    assert seen(field.value, "embed_field_value") == f"{id_} · {speaker}"
    assert not markup(field.value, "embed_field_value")


@given(st.lists(st.builds(Problem, words, st.integers(0, 10**6), words), min_size=1, max_size=8), st.integers(0, 9999))
def test_every_problem_is_shown_or_attached(problems, more):
    for times in (1, 200):
        many = [Problem(f"{number}{p.file}", p.line, p.message) for number in range(times) for p in problems]
        found = SeedProblems(many, more)
        reply = seed_cards.problems(found, "0" * 16)
        fits(reply)
        assert reply.embed
        if reply.attached:
            assert all(str(problem) in reply.attached[1] for problem in found.problems)
        else:
            assert (reply.embed.description or "").count("- **") == len(found.problems)
            assert not more


@given(words, st.lists(words, max_size=10))
def test_a_status_fits(name, names):
    actions = [Action(1, NOON, Actor(who, 7, 1), Verb.RELOAD, Fate.SERVED, "4f4e6a1900000000", "x") for who in names]
    totals = Totals(1_000_000, 50_000, 3_000, 50_000, 66, 12, None, None)
    for sound in (True, False):
        status = Status(
            "4f4e6a1900000000", totals, 10**9, True, ("a" * 16,) * 99, sound, None, None, name, tuple(actions)
        )
        fits(seed_cards.status(status))


def test_how_far_it_has_got_is_told_even_where_nobody_knows_how_far_it_is():
    assert seed_cards.told(Step("Checking", 0, 0)) == "Checking …"
    assert seed_cards.told(Step("Building", 250_000, 1_000_000)) == "Building … 25% of about 1,000,000 statements"
    assert seed_cards.told(Step("Checking", 12, 10)) == "Checking … 100% of about 12 statements"
