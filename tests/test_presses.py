"""Buttons and menus: what they carry survives, and every click on one is answered in words."""

import contextlib

import discord
import pytest
from discord.ui import Button, View
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat import replies
from bot.chat.presses import MAX_CUSTOM_ID, MAX_WORDS, Press, Presses, button, fits, pack, short, unpack
from bot.errors import NoLongerThere
from bot.record import Selection, key_of

any_function_scope = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


# What they carry


@any_function_scope
@given(data=st.data())
def test_a_selection_survives_a_custom_id(generation, data):
    corpus = generation.corpus
    one_of = lambda names: data.draw(st.none() | st.sampled_from(names))  # noqa: E731
    topics = data.draw(st.lists(st.sampled_from([topic.id for topic in corpus.topics()]), max_size=2, unique=True))
    office = one_of([(office.title, office.organisation) for office in corpus.office_names()])
    words = data.draw(st.just("") | st.text(st.characters(exclude_categories=["C", "Z"]), max_size=MAX_WORDS))
    selection = Selection(one_of([speaker.id for speaker in corpus.speakers()]), office, tuple(topics), words)
    keys = data.draw(st.lists(st.integers(1, 2**60 - 1), max_size=2))
    assert unpack(pack(selection, *keys), corpus) == (selection, keys)


def test_a_button_has_room_for_as_many_words_as_it_says():
    widest = 2**60 - 1
    selection = Selection("jens-stoltenberg", ("Secretary General", "NATO"), words="ü" * MAX_WORDS)
    assert fits(selection)
    assert len(button("x", "next", 2**64 - 1, pack(selection, widest, 2**28 - 1)).custom_id or "") <= MAX_CUSTOM_ID
    assert not fits(Selection(words="ü" * (MAX_WORDS + 1)))


@given(number=st.integers(0, 2**64))
def test_a_number_in_base_62_is_short_and_unlike_any_other(number):
    assert len(short(number)) <= 11
    assert short(number) != short(number + 1)


@pytest.mark.parametrize(
    "selection", [Selection("nobody"), Selection(office=("King", "Nowhere")), Selection(topics=("cheese",))]
)
def test_what_is_gone_is_not_replaced(generation, selection):
    assert unpack(pack(selection, 5), generation.corpus) == (None, [5])


def test_a_topic_that_is_gone_does_not_widen_the_selection(generation):
    selection = Selection("jens-stoltenberg", topics=("dialogue", "cheese"))
    assert unpack(pack(selection), generation.corpus)[0] is None


@any_function_scope
@given(state=st.text(alphabet="0Zaz._-/*: é", max_size=90))
def test_a_state_of_another_shape_is_refused_in_words(generation, state):
    """Or leads nowhere; it never raises anything else."""
    with contextlib.suppress(NoLongerThere):
        selection, _ = unpack(state, generation.corpus)
        assert not selection


def test_an_action_has_one_handler():
    async def handler(_: object, __: Press) -> None: ...

    presses = Presses()
    presses.answer("a", handler)
    with pytest.raises(ValueError, match="answered already"):
        presses.answer("a", handler)


# What happens when they are pressed


async def placed(room, custom_id: str, **options) -> discord.Message:
    """A message of the bot with one button, as an earlier version or an earlier start may have left it."""
    view = View(timeout=None).add_item(Button(label="press", custom_id=custom_id, **options))
    view.stop()
    message: discord.Message = await room.client.get_channel(room.channel.id).send("a button", view=view)
    return message


GARBAGE = [
    "or:",
    "or:::",
    "or:next",
    "or:next:{asker}",
    "or:next:{asker}:",
    "or:next:{asker}:....",
    "or:next:{asker}:a.b",
    "or:next:{asker}:0.0.0.0.0",
    "or:next:{asker}:zzzzzzzzzzzzzzzzzzzz....",
    "or:prev:{asker}:é.b.c.d",
    "or:show:{asker}:" + "9" * 70,
    "or:post:{asker}:...",
    "or:page:{asker}:speakers",
    "or:page:{asker}:speakers.x",
    "or:page:{asker}:speakers.99999999999",
    "or:day:{asker}:12-06.1",
    "or:day:{asker}:2026-13-45..1",
    "or:day:{asker}:99999-01-01..1",
    "or:here:{asker}:...",
    "or:nosuchaction:{asker}:x",
    "or:NEXT:{asker}:x",
    "or:next:-1:x",
    "or:next:é:x",
    "or:\U0001f600",
]


async def test_a_button_of_another_version_is_answered_in_words(room):
    for custom_id in GARBAGE:
        message = await placed(room, custom_id.format(asker=short(room.member.id)))
        result = await room.member.click(message, label="press")
        assert result.response.ephemeral, custom_id
        assert result.response.content, custom_id
        assert "reference" not in result.response.content, f"{custom_id} is no error of ours"


async def test_a_page_beyond_the_last_shows_the_last(room):
    for state in ("speakers.-1", "topics.999"):
        message = await placed(room, f"or:page:{short(room.member.id)}:{state}")
        result = await room.member.click(message, label="press")
        assert result.response.embeds[0].title == state.partition(".")[0].capitalize()


async def test_a_stranger_is_refused_in_words_and_changes_nothing(room):
    answer = await room.slash("quote", speaker="stoltenberg dialogue")
    before = answer.response.embeds
    result = await room.moderator.click(answer.response, label="▶")
    assert result.response.ephemeral
    assert result.response.content == "These buttons answer whoever asked for them."
    assert answer.response.embeds == before


@pytest.mark.simcord(check_errors=False)
async def test_an_error_in_a_handler_is_answered_with_the_reference_that_is_in_the_log(
    room, library_on_loan, monkeypatch, logged
):
    answer = await room.slash("quote", speaker="stoltenberg dialogue")
    monkeypatch.setattr(type(library_on_loan), "generation", property(lambda _: 1 / 0))
    result = await room.member.click(answer.response, label="▶")
    assert result.response.ephemeral
    reference = result.response.content.partition("the reference ")[2].split()[0]
    assert len(reference) == 6
    [event] = [event for event in logged if event["log_level"] == "error"]
    assert event["reference"] == reference
    assert isinstance(event["exc_info"], ZeroDivisionError)


async def test_an_error_after_the_first_answer_is_answered_as_well(room, simcord_bot):
    async def fails(interaction: discord.Interaction, _: Press) -> None:
        await interaction.response.defer()
        raise NoLongerThere("*Gone*.")

    simcord_bot._presses.answer("late", fails)
    message = await placed(room, f"or:late:{short(room.member.id)}:")
    result = await room.member.click(message, label="press")
    assert [(note.content, note.ephemeral) for note in result.followups] == [("\\*Gone\\*.", True)]


@pytest.mark.parametrize("status", [404, 500])
async def test_a_reply_that_discord_does_not_take_is_only_logged(room, status, logged):
    message = await placed(room, f"or:next:{short(room.member.id)}:x")
    room.env.inject_error("POST", "/interactions/*/*/callback", status=status, code=10062)
    await room.member.click(message, label="press")
    assert "error reply not delivered" in [event["event"] for event in logged]


def test_a_button_that_would_not_fit_is_a_bug_of_ours():
    with pytest.raises(AssertionError):
        button("x", "next", 1, "x" * 100)


# The sentence for an error


def test_the_sentence_for_an_error_that_has_one_is_its_own():
    assert replies.for_error(NoLongerThere("It is gone."), "ABC123") == ("It is gone.", False)


def test_the_sentence_for_an_error_reads_as_it_stands():
    sentence, _ = replies.for_error(NoLongerThere("“<@1> **x**” is no day"), "ABC123")
    assert sentence == "“\\<\\@1\\> \\*\\*x\\*\\*” is no day"


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (discord.app_commands.CommandOnCooldown(discord.app_commands.Cooldown(1, 60), 12.3), "12 s"),
        (discord.app_commands.MissingPermissions(["manage_guild"]), "manage_guild"),
        (discord.app_commands.CommandNotFound("gone", []), "just changed"),
    ],
)
def test_what_discord_refuses_is_told_in_words(error, word):
    sentence, ours = replies.for_error(error, "ABC123")
    assert word in sentence
    assert not ours


def test_an_unexpected_error_is_ours_and_says_nothing_about_itself():
    sentence, ours = replies.for_error(RuntimeError("secret"), "ABC123")
    assert ours
    assert "ABC123" in sentence
    assert "secret" not in sentence


@given(key=st.text(max_size=50))
def test_a_key_fits_sixty_bits(key):
    assert 0 <= key_of(key) < 2**60
