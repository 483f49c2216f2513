"""A small discord.py bot, in this process, against the double."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest
import pytest_asyncio
import yarl
from discord import app_commands, ui
from discord.ext.commands import Bot
from discord.gateway import DiscordWebSocket
from discord.http import Route

from . import Channel, DiscordDouble, NoReply
from .world import SEND_MESSAGES, VIEW_CHANNEL

TOKEN = "only-for-the-double"


class Counter(ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @ui.button(label="Again", custom_id="again")
    async def again(self, interaction: discord.Interaction[Bot], button: ui.Button["Counter"]) -> None:
        await interaction.response.edit_message(content="pressed")

    @ui.select(placeholder="Pick", custom_id="pick", options=[discord.SelectOption(label="a")])
    async def pick(self, interaction: discord.Interaction[Bot], select: ui.Select["Counter"]) -> None:
        await interaction.response.send_message(f"picked {select.values[0]}", ephemeral=True)


class SmallBot(Bot):
    def __init__(self) -> None:
        intents = discord.Intents(guilds=True)
        super().__init__("!", intents=intents, help_command=None, guild_ready_timeout=0.01)
        self.tree.add_command(say)
        self.tree.add_command(digest)

    async def setup_hook(self) -> None:
        self.add_view(Counter())
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Leaves out discord.py's five seconds before a second IDENTIFY."""


@app_commands.command(description="Says it back")
async def say(interaction: discord.Interaction[Bot], word: str) -> None:
    if word == "silence":
        return
    await interaction.response.send_message(f"You said {word}", view=Counter())


@say.autocomplete("word")
async def words(interaction: discord.Interaction[Bot], typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=typed.title(), value=typed)]


digest = app_commands.Group(name="digest", description="The digest")


@digest.command(name="set", description="Where it goes")
async def set_(interaction: discord.Interaction[Bot], channel: discord.TextChannel) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    await interaction.followup.send(f"{channel.name} {interaction.permissions.value}")
    await interaction.followup.send("second", ephemeral=True)
    await interaction.edit_original_response(content=f"{channel.name}, edited")


@pytest_asyncio.fixture
async def wire(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordDouble]:
    async with DiscordDouble(token=TOKEN, patience=5.0) as double:
        monkeypatch.setattr(Route, "BASE", double.rest_url)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(double.gateway_url))
        yield double


@pytest_asyncio.fixture
async def channel(wire: DiscordDouble) -> Channel:
    return await wire.add_channel(await wire.add_guild("Harbour"), "general")


@pytest_asyncio.fixture
async def bot(wire: DiscordDouble, channel: Channel) -> AsyncIterator[SmallBot]:
    bot = SmallBot()
    running = asyncio.create_task(bot.start(TOKEN))
    await wire.connected()
    await bot.wait_until_ready()
    yield bot
    await bot.close()
    await running
    assert wire.unknown_requests == []


def in_discord_py(bot: SmallBot, channel: Channel) -> discord.TextChannel:
    found = bot.get_channel(channel.id)
    assert isinstance(found, discord.TextChannel)
    return found


async def test_a_bot_connects_and_registers_its_commands(wire: DiscordDouble, bot: SmallBot) -> None:
    assert [command["name"] for command in wire.commands] == ["say", "digest"]
    assert wire.gateway.identified == 1
    assert [guild.name for guild in bot.guilds] == ["Harbour"]
    assert len(wire.requests_to("PUT", "/applications/*/commands")) == 1


async def test_commands_registered_again_keep_their_ids(wire: DiscordDouble, bot: SmallBot) -> None:
    first = [command["id"] for command in wire.commands]
    await bot.tree.sync()
    assert [command["id"] for command in wire.commands] == first
    assert [command.id for command in await bot.tree.fetch_commands()] == [int(number) for number in first]


async def test_a_bot_can_compute_its_permissions_in_a_channel(
    wire: DiscordDouble, bot: SmallBot, channel: Channel
) -> None:
    assert channel.guild is not None
    mute = await wire.add_channel(channel.guild, "mute", deny=SEND_MESSAGES)
    await wire.slash("say", {"word": "hello"}, channel=mute)
    seen = in_discord_py(bot, mute)
    assert seen.permissions_for(seen.guild.me).view_channel
    assert not seen.permissions_for(seen.guild.me).send_messages
    with pytest.raises(discord.Forbidden, match="50013"):
        await seen.send("hello")


@pytest.mark.usefixtures("bot")
class TestInteractions:
    async def test_a_slash_command_is_answered(self, wire: DiscordDouble, channel: Channel) -> None:
        reply = await wire.slash("say", {"word": "hello"}, channel=channel)
        assert reply.content == "You said hello"
        assert not reply.ephemeral
        assert reply.seconds < 1
        assert channel.messages == [reply.message]

    async def test_a_slash_command_is_answered_in_direct_messages(self, wire: DiscordDouble) -> None:
        reply = await wire.slash("say", {"word": "hello"})
        assert (await wire.press(reply, "Again")).content == "pressed"

    async def test_a_deferred_reply_is_returned_once_it_has_content(
        self, wire: DiscordDouble, channel: Channel
    ) -> None:
        moderator = wire.add_user("moderator", permissions=VIEW_CHANNEL)
        reply = await wire.slash("digest set", {"channel": channel}, user=moderator, channel=channel)
        assert reply.ephemeral
        assert reply.content.startswith("general")
        await wire.until(lambda: reply.edits == 2)
        assert reply.content == "general, edited"
        assert [message["content"] for message in reply.followups] == ["second"]
        assert channel.messages == []

    async def test_autocomplete_gives_choices(self, wire: DiscordDouble, channel: Channel) -> None:
        choices = await wire.autocomplete("say", {"word": "stol"}, channel=channel)
        assert choices == [{"name": "Stol", "value": "stol"}]

    async def test_a_button_press_edits_its_message(self, wire: DiscordDouble, channel: Channel) -> None:
        said = await wire.slash("say", {"word": "hello"}, channel=channel)
        pressed = await wire.press(said, "Again")
        assert pressed.content == said.content == "pressed"

    async def test_a_menu_passes_what_was_chosen(self, wire: DiscordDouble, channel: Channel) -> None:
        said = await wire.slash("say", {"word": "hello"}, channel=channel)
        assert (await wire.choose(said, "Pick", ["a"])).content == "picked a"

    async def test_silence_is_noticed(self, wire: DiscordDouble, channel: Channel) -> None:
        wire.interactions.reply_within = 0.05
        with pytest.raises(NoReply, match="did not respond"):
            await wire.slash("say", {"word": "silence"}, channel=channel)

    @pytest.mark.parametrize(("name", "values"), [("sing", {}), ("say", {}), ("say", {"word": "a", "loud": True})])
    async def test_what_is_not_registered_cannot_be_asked(
        self, wire: DiscordDouble, name: str, values: dict[str, object]
    ) -> None:
        with pytest.raises(LookupError):
            await wire.slash(name, values)


class TestGateway:
    async def test_a_bot_asked_to_reconnect_resumes(self, wire: DiscordDouble, bot: SmallBot, channel: Channel) -> None:
        await wire.gateway.ask_to_reconnect()
        await wire.until(lambda: wire.gateway.resumed == 1)
        assert (await wire.slash("say", {"word": "still here"}, channel=channel)).content == "You said still here"

    @pytest.mark.parametrize("code", [1000, 4000])
    async def test_a_closed_connection_is_resumed(self, wire: DiscordDouble, bot: SmallBot, code: int) -> None:
        await wire.gateway.close(code)
        await wire.until(lambda: wire.gateway.resumed == 1)

    async def test_what_was_missed_while_cut_off_is_replayed(
        self, wire: DiscordDouble, bot: SmallBot, channel: Channel
    ) -> None:
        await wire.gateway.drop()
        reply = await wire.slash("say", {"word": "hello"}, channel=channel)
        assert reply.content == "You said hello"
        assert (wire.gateway.identified, wire.gateway.resumed) == (1, 1)

    async def test_an_invalidated_session_is_begun_anew(self, wire: DiscordDouble, bot: SmallBot) -> None:
        await wire.gateway.invalidate()
        await wire.until(lambda: wire.gateway.identified == 2)
        assert wire.gateway.resumed == 0

    async def test_a_wrong_token_is_refused_by_the_gateway(self, wire: DiscordDouble) -> None:
        async with aiohttp.ClientSession() as session, session.ws_connect(wire.gateway_url) as socket:
            assert (await socket.receive_json())["op"] == 10
            await socket.send_json({"op": 2, "d": {"token": "wrong"}})
            await socket.receive()
            assert socket.close_code == 4004


async def test_a_wrong_token_fails_the_login(wire: DiscordDouble) -> None:
    bot = SmallBot()
    with pytest.raises(discord.LoginFailure):
        await bot.login("wrong")
    await bot.close()


class TestSends:
    async def test_a_repeated_nonce_gives_the_first_message_back(
        self, wire: DiscordDouble, bot: SmallBot, channel: Channel
    ) -> None:
        there = in_discord_py(bot, channel)
        first, again = await there.send("digest", nonce="n"), await there.send("digest", nonce="n")
        assert first.id == again.id
        assert again.nonce == "n"
        assert [message.nonce async for message in there.history()] == [None]
        wire.world.forget_nonces()
        assert (await there.send("digest", nonce="n")).id != first.id

    async def test_history_is_read_from_a_message_onwards(self, bot: SmallBot, channel: Channel) -> None:
        there = in_discord_py(bot, channel)
        sent = [await there.send(str(number)) for number in range(3)]
        assert [message.content async for message in there.history(after=sent[0])] == ["1", "2"]
        assert [message.content async for message in there.history(before=sent[2], limit=1)] == ["1"]
        assert (await there.fetch_message(sent[1].id)).content == "1"
        fetched = await bot.fetch_channel(channel.id)
        assert isinstance(fetched, discord.TextChannel)
        assert fetched.last_message_id == sent[2].id

    async def test_a_rate_limit_is_waited_out(self, wire: DiscordDouble, bot: SmallBot, channel: Channel) -> None:
        wire.faults.limit("POST", "/channels/*/messages", retry_after=0.1)
        await in_discord_py(bot, channel).send("hello")
        first, second = wire.requests_to("POST", "/channels/*/messages")
        assert (first.status, second.status) == (429, 200)
        assert second.at - first.at >= 0.1
        assert len(channel.messages) == 1

    async def test_a_503_is_not_retried(self, wire: DiscordDouble, bot: SmallBot, channel: Channel) -> None:
        wire.faults.fail("POST", "/channels/*/messages", status=503)
        with pytest.raises(discord.DiscordServerError):
            await in_discord_py(bot, channel).send("hello")
        assert channel.messages == []

    @pytest.mark.parametrize("taken", [False, True])
    async def test_a_cut_connection_leaves_the_outcome_unknown(
        self, wire: DiscordDouble, bot: SmallBot, channel: Channel, taken: bool
    ) -> None:
        wire.faults.cut("POST", "/channels/*/messages", taken=taken)
        with pytest.raises(aiohttp.ClientError):
            await in_discord_py(bot, channel).send("hello")
        assert len(channel.messages) == taken

    async def test_a_late_answer_comes_after_the_message(
        self, wire: DiscordDouble, bot: SmallBot, channel: Channel
    ) -> None:
        wire.faults.delay("POST", "/channels/*/messages", seconds=30, taken=True)
        sending = asyncio.create_task(in_discord_py(bot, channel).send("hello"))
        await wire.until(lambda: len(channel.messages) == 1)
        assert not sending.done()
        sending.cancel()

    async def test_a_removed_channel_is_unknown(self, wire: DiscordDouble, bot: SmallBot, channel: Channel) -> None:
        there = in_discord_py(bot, channel)
        await wire.remove_channel(channel)
        with pytest.raises(discord.NotFound, match="10003"):
            await there.send("hello")


async def test_an_outage_is_survived(wire: DiscordDouble, bot: SmallBot, channel: Channel) -> None:
    async with wire.outage():
        with pytest.raises(aiohttp.ClientError):
            await in_discord_py(bot, channel).send("hello")
    await wire.until(lambda: wire.gateway.resumed == 1)
    await in_discord_py(bot, channel).send("hello")


async def test_the_whole_bot_is_held_to_its_requests_per_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """discord.py waits for as long as it is told, and is let through."""
    async with DiscordDouble(token=TOKEN, requests_per_second=2) as wire:
        monkeypatch.setattr(Route, "BASE", wire.rest_url)
        http = discord.http.HTTPClient(asyncio.get_running_loop())
        await http.static_login(TOKEN)
        await http.get_bot_gateway()
        await http.application_info()
        await http.close()
        assert [request.status for request in wire.requests] == [200, 200, 429, 200]
        assert wire.requests[3].at - wire.requests[0].at == pytest.approx(1.0, abs=0.2)


async def test_an_unknown_request_is_refused_and_remembered(wire: DiscordDouble) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{wire.rest_url}/nowhere") as response:
            assert (response.status, (await response.json())["code"]) == (404, 0)
        async with session.delete(f"{wire.rest_url}/users/@me") as response:
            assert response.status == 405
    assert [request.path for request in wire.unknown_requests] == ["/nowhere", "/users/@me"]
