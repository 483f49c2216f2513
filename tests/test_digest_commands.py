"""``/digest``, in a simulated Discord."""

from datetime import UTC, datetime, time, timedelta

import discord
import pytest

from bot.chat.digest_post import DigestPoster
from bot.errors import UserFacingError
from bot.state.digests import Outcome
from commands.digest import parse_time

NOON = datetime(2026, 12, 6, 12, tzinfo=UTC)


refusing = pytest.mark.simcord(check_errors=False)
"""A refusal reaches the command tree as an error, which simcord would otherwise report."""


def said(text: str) -> str:
    """A message without the backslashes that keep its text from being rendered."""
    return text.replace("\\", "")


async def set_up(room, **options):
    given = {"channel": room.channel, "time": "12:00", "timezone": "Europe/Kyiv", **options}
    return await room.moderator.slash(room.channel, "digest set", **given)


async def test_a_moderator_sets_a_digest_up(room, state):
    answer = await set_up(room, time="18:30")
    assert answer.ephemeral
    assert answer.response.content.startswith(f"Set. <#{room.channel.id}> daily at 18:30 Europe/Kyiv")
    subscription = state.subscription(room.channel.id)
    assert subscription.at == time(18, 30)
    assert subscription.next_at == datetime(2026, 12, 6, 16, 30, tzinfo=UTC)


async def test_the_post_appears_once_when_it_is_due(room, state, library_on_loan):
    await set_up(room, time="14:01")
    poster = DigestPoster(room.client, library_on_loan, state, lambda: NOON + timedelta(minutes=1))
    for _ in range(3):
        await poster.tick()
    posts = [message for message in room.channel.history() if message.author.bot and message.embeds]
    assert [post.embeds[0].title for post in posts] == ["This date in NATO–Russia dialogue"]
    assert state.last_delivery(room.channel.id).outcome is Outcome.POSTED


@refusing
async def test_a_member_is_not_offered_it_and_is_refused_by_us_too(room, state):
    assert "digest set" not in room.member.available_commands(room.channel)
    commands = {command.name: command for command in await room.client.tree.fetch_commands()}
    room.env.guild.set_command_permissions(commands["digest"], {room.member: True})
    answer = await room.member.slash(room.channel, "digest set", channel=room.channel, time="9:00", timezone="UTC")
    assert "Manage Server" in said(answer.response.content)
    assert answer.ephemeral
    assert state.subscriptions_of(room.env.guild.id) == []


@refusing
async def test_a_channel_where_the_bot_may_not_post_is_refused_with_what_is_missing(room, state):
    guild = room.env.guild
    everyone = guild.default_role if hasattr(guild, "default_role") else None
    closed = guild.create_text_channel(
        "closed",
        overwrites={room.client.user: discord.PermissionOverwrite(send_messages=False, embed_links=False)},
    )
    assert everyone is None or closed
    answer = await set_up(room, channel=closed)
    assert "Send Messages, Embed Links" in said(answer.response.content)
    assert state.subscription(closed.id) is None


@refusing
async def test_a_server_may_have_a_bounded_number_of_digests(room, state):
    for number in range(10):
        channel = room.env.guild.create_text_channel(f"c{number}")
        assert "Set." in (await set_up(room, channel=channel)).response.content
    assert "may have 10" in said((await set_up(room)).response.content)
    assert len(state.subscriptions_of(room.env.guild.id)) == 10


@pytest.mark.parametrize(
    ("option", "value", "answer"),
    [
        ("time", "25:00", "“25:00” is no time of day. Write it like 9:00 or 18:30."),
        ("timezone", "Middle Earth", "“Middle Earth” is no time zone I know."),
    ],
)
@refusing
async def test_what_cannot_be_read_is_answered_with_how_to_write_it(room, option, value, answer):
    assert answer in said((await set_up(room, **{option: value})).response.content)


async def test_it_is_shown_paused_resumed_and_removed(room, state):
    show = lambda: room.moderator.slash(room.channel, "digest show")  # noqa: E731
    assert "No channel has a digest yet" in said((await show()).response.content)
    await set_up(room)
    assert "daily at 12:00 Europe/Kyiv" in said((await show()).response.content)
    await room.moderator.slash(room.channel, "digest pause")
    assert "paused: by a moderator" in said((await show()).response.content)
    assert state.due(NOON + timedelta(days=9), 10) == []
    await room.moderator.slash(room.channel, "digest resume")
    assert "next <t:" in said((await show()).response.content)
    await room.moderator.slash(room.channel, "digest remove")
    assert state.subscriptions_of(room.env.guild.id) == []


async def test_a_doubtful_delivery_is_shown(room, state):
    await set_up(room)
    subscription = state.subscription(room.channel.id)
    following = subscription.next_at + timedelta(days=1)
    state.settle(subscription, Outcome.DOUBTFUL, NOON, following, following.date())
    answer = await room.moderator.slash(room.channel, "digest show")
    assert "may or may not have been posted, so it was not sent again" in said(answer.response.content)


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("6 December", "6 December 2017"),
        ("17 February", "17 February 2017"),
        ("29 February", "nearest day with something is 3 March"),
        ("20 August", None),
    ],
)
async def test_a_preview_shows_what_would_be_posted_to_the_asker_alone(room, date, shown):
    answer = await room.moderator.slash(room.channel, "digest preview", date=date)
    assert answer.ephemeral
    if shown:
        assert shown in said(answer.response.embeds[0].description)
    else:
        assert "Nothing would be posted on 20 August" in said(answer.response.content)


@pytest.mark.parametrize(
    ("policy", "shown"), [("from_the_record", "From the record"), ("nearest", None), ("skip", None)]
)
async def test_a_preview_may_ask_for_another_policy(room, policy, shown):
    answer = await room.moderator.slash(room.channel, "digest preview", date="20 August", on_empty_days=policy)
    if shown:
        assert shown in said(answer.response.embeds[0].description)
    else:
        assert answer.response.content == "Nothing would be posted on 20 August."


async def test_onthisday_follows_the_servers_digest(room):
    await set_up(room, timezone="Pacific/Kiritimati")
    answer = await room.member.slash(room.channel, "onthisday")
    assert answer.response.embeds[0].title.startswith("7 December (Pacific/Kiritimati)")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [("kyiv", "Europe/Kyiv"), ("new york", "America/New_York"), ("CET", "Europe/Berlin"), ("tokio", "Asia/Tokyo")],
)
async def test_zones_are_offered_as_people_call_them(room, typed, zone):
    choices = await room.moderator.autocomplete(
        room.channel, "digest set", "timezone", typed, channel=room.channel, time="9:00"
    )
    assert zone in [choice["value"] for choice in choices]
    assert len(choices) <= 25


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("09.05", time(9, 5)),
        ("9 pm", time(21)),
        ("12am", time(0)),
        ("0:00", time(0)),
    ],
)
def test_times_are_read_as_people_write_them(text, at):
    assert parse_time(text) == at


@pytest.mark.parametrize("text", ["", "24:00", "9:60", "13pm", "0am", "noon", "-1", "9:5"])
def test_what_is_no_time_says_so(text):
    with pytest.raises(UserFacingError, match="is no time of day"):
        parse_time(text)
