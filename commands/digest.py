"""``/digest``: a channel's daily post, set up by whoever manages the server."""

import re
from collections.abc import Callable
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

import discord
import structlog
from discord import Interaction, app_commands
from discord.app_commands import Choice
from discord.ext.commands import Bot, Cog

from bot import digest, zones
from bot.chat import cards, day_cards, replies
from bot.chat.replies import Reply
from bot.days import complete_day, parse_day
from bot.digest import Policy
from bot.due import local_date, next_due
from bot.errors import NotAllowed, UserFacingError
from bot.library import Library
from bot.record import month_day
from bot.state import State
from bot.state.digests import Outcome, Subscription

Chat = Interaction[Bot]

Words = app_commands.Range[str, 1, 40]

log = structlog.get_logger()

_TIME: Final = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?")

_NEEDED: Final = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "read_message_history": "Read Message History",
}
"""What the bot must be allowed in a channel, as Discord's own settings call it."""

_POLICIES: Final = [
    Choice(name="the nearest anniversary within seven days", value=Policy.NEAREST.value),
    Choice(name="a statement from the record", value=Policy.FROM_THE_RECORD.value),
    Choice(name="nothing", value=Policy.SKIP.value),
]


class Digest(Cog):
    """Sets up, shows and previews the digests of a server."""

    group = app_commands.Group(
        name="digest",
        description="This date, once a day, in a channel",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    def __init__(self, library: Library, state: State, now: Callable[[], datetime], most: int) -> None:
        self._library = library
        self._state = state
        self._now = now
        self._most = most

    @group.command(name="set")
    @app_commands.rename(at="time")
    @app_commands.describe(
        channel="Where it is posted",
        at="When, on the clock there: 9:00, 18:30, 9 pm",
        timezone="Whose clock: a city or a zone",
        on_empty_days="What a day with nothing of its own shows",
    )
    @app_commands.choices(on_empty_days=_POLICIES)
    async def set_(
        self,
        interaction: Chat,
        channel: discord.TextChannel,
        at: Words,
        timezone: Words,
        on_empty_days: Choice[str] | None = None,
    ) -> None:
        """Post the digest in a channel once a day."""
        guild = _managed(interaction)
        _check_may_post(channel, guild)
        others = [other for other in self._standing(guild) if other.channel != channel.id]
        if len(others) >= self._most:
            raise UserFacingError(f"This server has {len(others)} digest channels already, and may have {self._most}.")
        clock, zone = parse_time(at), zones.parse(timezone)
        due = next_due(clock, zone, self._now())
        posted = self._state.delivery(channel.id, due.on)
        if posted and posted.outcome is Outcome.POSTED:
            due = next_due(clock, zone, due.at)
        subscription = Subscription(
            channel=channel.id,
            guild=guild.id,
            at=clock,
            zone=zone.key,
            policy=on_empty_days.value if on_empty_days else Policy.NEAREST.value,
            next_at=due.at,
            next_on=due.on,
            search_after=interaction.id,
        )
        self._state.subscribe(subscription)
        log.info("digest set", channel=channel.id, guild=guild.id, zone=zone.key, user=interaction.user.id)
        await replies.send(interaction, Reply(f"Set. {_described(subscription)}"), private=True)

    @set_.autocomplete("timezone")
    @replies.offering
    async def _complete_zone(self, _: Chat, typed: str) -> list[Choice[str]]:
        offers = zones.complete(typed, self._now(), cards.MAX_OPTIONS)
        return [Choice(name=label, value=zone) for label, zone in offers]

    @group.command()
    async def show(self, interaction: Chat) -> None:
        """The digests of this server, when each comes next, and what became of the last."""
        guild = _managed(interaction)
        lines = [self._shown(subscription) for subscription in self._state.subscriptions_of(guild.id)]
        text = "\n".join(lines) or "No channel has a digest yet. `/digest set` sets one up."
        await replies.send(
            interaction, Reply(cards.fitting(text.split("\n"), cards.MAX_CONTENT, "and {} more")), private=True
        )

    @group.command()
    @app_commands.describe(
        date="Which day: 6 December, 12-06; today where left out",
        channel="As it would come in this channel",
        on_empty_days="As it would come with another setting",
    )
    @app_commands.choices(on_empty_days=_POLICIES)
    async def preview(
        self,
        interaction: Chat,
        date: Words = "",
        channel: discord.TextChannel | None = None,
        on_empty_days: Choice[str] | None = None,
    ) -> None:
        """Show a digest to you alone, without posting it."""
        guild = _managed(interaction)
        subscription = self._chosen(guild, interaction, channel, optional=True)
        zone = ZoneInfo(subscription.zone) if subscription else ZoneInfo("UTC")
        on = parse_day(date, local_date(zone, self._now()))
        policy = Policy(subscription.policy) if subscription else Policy.NEAREST
        corpus = self._library.generation.corpus
        found = digest.compose(corpus, on, Policy(on_empty_days.value) if on_empty_days else policy)
        nothing = Reply(f"Nothing would be posted on {month_day(on)}.")
        reply = Reply("", day_cards.digest(found, corpus.collection.title)) if found else nothing
        await replies.send(interaction, reply, private=True)

    @preview.autocomplete("date")
    @replies.offering
    async def _complete_date(self, _: Chat, typed: str) -> list[Choice[str]]:
        days = complete_day(self._library.generation.corpus, typed, self._now().date(), cards.MAX_OPTIONS)
        return [Choice(name=label, value=value) for label, value in days]

    @group.command()
    @app_commands.describe(channel="Which channel; this one where left out")
    async def pause(self, interaction: Chat, channel: discord.TextChannel | None = None) -> None:
        """Post nothing in a channel until it is resumed."""
        subscription = self._the(interaction, channel)
        self._state.pause(subscription.channel, f"by a moderator on {self._now():%Y-%m-%d}")
        await replies.send(interaction, Reply(f"Paused in <#{subscription.channel}>."), private=True)

    @group.command()
    @app_commands.describe(channel="Which channel; this one where left out")
    async def resume(self, interaction: Chat, channel: discord.TextChannel | None = None) -> None:
        """Post in a channel again."""
        subscription = self._the(interaction, channel)
        guild = _managed(interaction)
        place = guild.get_channel(subscription.channel)
        if not isinstance(place, discord.TextChannel):
            raise UserFacingError("That channel is gone. /digest set sets up another.")
        _check_may_post(place, guild)
        due = next_due(subscription.at, ZoneInfo(subscription.zone), self._now())
        self._state.resume(subscription.channel, due.at, due.on, interaction.id)
        resumed = self._state.subscription(subscription.channel)
        await replies.send(interaction, Reply(f"Resumed. {_described(resumed or subscription)}"), private=True)

    @group.command()
    @app_commands.describe(channel="Which channel; this one where left out")
    async def remove(self, interaction: Chat, channel: discord.TextChannel | None = None) -> None:
        """Forget a channel's digest."""
        subscription = self._the(interaction, channel)
        self._state.unsubscribe(subscription.channel)
        log.info("digest removed", channel=subscription.channel, user=interaction.user.id)
        await replies.send(interaction, Reply(f"Removed from <#{subscription.channel}>."), private=True)

    @Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Begin to forget a server that we were removed from."""
        self._state.guild_left(guild.id, self._now())

    @Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Remember a server that took us back in time."""
        self._state.guild_joined(guild.id)

    @Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel that is gone has no digest."""
        self._state.unsubscribe(channel.id)

    def _standing(self, guild: discord.Guild) -> list[Subscription]:
        """A server's digests; those of channels that went while we were away are forgotten."""
        for subscription in self._state.subscriptions_of(guild.id):
            if guild.get_channel(subscription.channel) is None:
                self._state.unsubscribe(subscription.channel)
        return self._state.subscriptions_of(guild.id)

    def _the(self, interaction: Chat, channel: discord.TextChannel | None) -> Subscription:
        guild = _managed(interaction)
        subscription = self._chosen(guild, interaction, channel)
        if subscription is None:
            raise UserFacingError("No channel of this server has a digest. /digest set sets one up.")
        return subscription

    def _chosen(
        self, guild: discord.Guild, interaction: Chat, channel: discord.TextChannel | None, *, optional: bool = False
    ) -> Subscription | None:
        """The digest that is meant: of the channel named, else of this one, else the only one there is."""
        subscriptions = {subscription.channel: subscription for subscription in self._state.subscriptions_of(guild.id)}
        if channel and channel.id not in subscriptions:
            raise UserFacingError(f"#{channel.name} has no digest. /digest set sets one up.")
        if channel:
            return subscriptions[channel.id]
        here = subscriptions.get(interaction.channel_id or 0)
        if here or len(subscriptions) < 2:
            return here or next(iter(subscriptions.values()), None)
        if optional:
            return None
        raise UserFacingError("This server has several digests. Name the channel.")

    def _shown(self, subscription: Subscription) -> str:
        last = self._state.last_delivery(subscription.channel)
        told = {
            Outcome.DOUBTFUL: "may or may not have been posted, so it was not sent again",
            Outcome.MISSED: "was missed: the bot or Discord was away until the day was over",
            Outcome.REFUSED: "was refused",
            Outcome.CLAIMED: "is being posted",
        }
        note = f" On {last.on.isoformat()} it {told[last.outcome]}." if last and last.outcome in told else ""
        return f"{_described(subscription)}{note}"


def parse_time(text: str) -> time:
    """A time of day as people write it.

    Raises:
        UserFacingError: with how to write one.
    """
    found = _TIME.fullmatch(text.strip().casefold())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if found and found[3] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    elif found and found[3]:
        hour = 24
    if not found or hour > 23 or minute > 59:
        raise UserFacingError(f"“{text}” is no time of day. Write it like 9:00 or 18:30.")
    return time(hour, minute)


def _managed(interaction: Chat) -> discord.Guild:
    """The server, if the asker may manage it. Discord's own hint can be overridden there, so we look ourselves."""
    if interaction.guild is None or not interaction.permissions.manage_guild:
        log.info("digest refused", user=interaction.user.id, guild=interaction.guild_id)
        raise NotAllowed("Only who may Manage Server sets up digests.")
    return interaction.guild


def _check_may_post(channel: discord.TextChannel, guild: discord.Guild) -> None:
    granted = channel.permissions_for(guild.me)
    missing = [name for permission, name in _NEEDED.items() if not getattr(granted, permission)]
    if missing:
        raise UserFacingError(f"On Record may not post in #{channel.name}: give it {', '.join(missing)} there.")


def _described(subscription: Subscription) -> str:
    at = f"{subscription.at:%H:%M} {subscription.zone}"
    empty = {"nearest": "the nearest anniversary", "from_the_record": "a statement from the record", "skip": "nothing"}
    when = (
        f"paused: {subscription.paused}"
        if subscription.paused
        else f"next {discord.utils.format_dt(subscription.next_at)}"
    )
    return f"<#{subscription.channel}> daily at {at}, on empty days {empty[subscription.policy]}; {when}."
