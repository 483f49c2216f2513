"""A small discord.py bot, in this process, against the double."""

import asyncio
import io
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord
import pytest
import pytest_asyncio
import yarl
from discord import app_commands, ui
from discord.ext.commands import Bot
from discord.gateway import DiscordWebSocket
from discord.http import Route

from . import Channel, DiscordDouble, File, Json, NoReply, Reply
from .interactions import COMMAND
from .world import FILE_LIMIT, MANAGE_GUILD, SEND_MESSAGES, VIEW_CHANNEL

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
        self.tree.add_command(seeds)

    async def setup_hook(self) -> None:
        self.add_view(Counter())
        self.add_view(Published())
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


seeds = app_commands.Group(name="seeds", description="The collection")


@seeds.command(description="Who asks, and where")
async def status(interaction: discord.Interaction[Bot]) -> None:
    assert isinstance(interaction.user, discord.Member)
    roles = [role.name for role in interaction.user.roles if not role.is_default()]
    may = interaction.permissions.manage_guild
    come_along = interaction.is_user_integration()
    await interaction.response.send_message(f"{interaction.user.name} {roles} {may=} {come_along=}", ephemeral=True)


@seeds.command(description="Builds it anew")
async def reload(interaction: discord.Interaction[Bot]) -> None:
    """Answers as a long command does: a promise, two looks at the work, and what came of it."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    await interaction.edit_original_response(content="Reading")
    await interaction.edit_original_response(content="Building")
    await asyncio.sleep(0.05)
    await interaction.edit_original_response(
        content=None,
        embed=discord.Embed(title="Published"),
        attachments=[report("all well")],
        view=Published(),
    )


class Published(ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @ui.button(label="Roll back", custom_id="back")
    async def back(self, interaction: discord.Interaction[Bot], button: ui.Button["Published"]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="Rolling back", attachments=[])
        await interaction.edit_original_response(content="Rolled back", view=None)

    @ui.button(label="Details", custom_id="details")
    async def details(self, interaction: discord.Interaction[Bot], button: ui.Button["Published"]) -> None:
        await interaction.response.send_message("As you wish", file=report("in detail"), ephemeral=True)

    @ui.button(label="Dismiss", custom_id="dismiss")
    async def dismiss(self, interaction: discord.Interaction[Bot], button: ui.Button["Published"]) -> None:
        await interaction.response.defer()
        await interaction.delete_original_response()

    @ui.button(label="Add", custom_id="add")
    async def add(self, interaction: discord.Interaction[Bot], button: ui.Button["Published"]) -> None:
        assert interaction.message is not None
        await interaction.response.edit_message(attachments=[*interaction.message.attachments, report("more", "b.txt")])


def report(text: str, name: str = "problems.txt") -> discord.File:
    return discord.File(io.BytesIO(text.encode()), name, description="What was found")


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
    assert [command["name"] for command in wire.commands] == ["say", "digest", "seeds"]
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

    async def test_the_first_follow_up_of_a_deferred_reply_fills_it_in(
        self, wire: DiscordDouble, channel: Channel
    ) -> None:
        moderator = wire.add_user("moderator", permissions=VIEW_CHANNEL)
        reply = await wire.slash("digest set", {"channel": channel}, user=moderator, channel=channel)
        assert (reply.deferred, reply.ephemeral) == (True, True)
        await wire.settled(reply, until=lambda reply: "edited" in reply.content)
        assert [message["content"] for message in reply.shown] == [
            "",
            f"general {VIEW_CHANNEL}",
            "general, edited",
        ]
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


@pytest.mark.usefixtures("bot")
class TestDeferredReplies:
    async def test_progress_is_shown_and_can_be_looked_back_at(self, wire: DiscordDouble, channel: Channel) -> None:
        reply = await wire.slash("seeds reload", channel=channel)
        assert reply.deferred
        await wire.settled(reply)
        await wire.settled(reply, until=lambda reply: bool(reply.embeds))
        assert [message["content"] for message in reply.shown] == ["", "Reading", "Building", ""]
        assert reply.embeds[0]["title"] == "Published"
        assert reply.buttons == ["Roll back", "Details", "Dismiss", "Add"]
        assert not reply.thinking

    async def test_it_stays_as_private_as_it_was_promised(self, wire: DiscordDouble, channel: Channel) -> None:
        reply = await published(wire, channel)
        assert all(message["flags"] & discord.MessageFlags.ephemeral.flag for message in reply.shown)
        assert channel.messages == []

    async def test_one_that_does_not_settle_is_noticed(self, wire: DiscordDouble, channel: Channel) -> None:
        reply = await wire.slash("seeds reload", channel=channel)
        with pytest.raises(NoReply, match="Reading"):
            await wire.settled(reply, until=lambda reply: reply.content == "Failed", seconds=0.2)

    async def test_files_are_kept_with_their_names_and_bytes(self, wire: DiscordDouble, channel: Channel) -> None:
        reply = await published(wire, channel)
        assert reply.attachments == [File("problems.txt", b"all well")]
        assert reply.message is not None
        [shape] = reply.message["attachments"]
        assert (shape["size"], shape["description"], shape["ephemeral"]) == (8, "What was found", True)
        assert (await wire.press(reply, "Details")).attachments == [File("problems.txt", b"in detail")]
        [form] = [request for request in wire.requests_to("PATCH", "/webhooks/*") if request.files]
        assert form.files == {0: File("problems.txt", b"all well")}

    async def test_a_file_can_join_those_that_are_there(self, wire: DiscordDouble, channel: Channel) -> None:
        reply = await published(wire, channel)
        await wire.press(reply, "Add")
        assert [file.name for file in reply.attachments] == ["problems.txt", "b.txt"]

    async def test_a_press_can_be_answered_by_a_deferred_update(self, wire: DiscordDouble, channel: Channel) -> None:
        reply = await published(wire, channel)
        pressed = await wire.press(reply, "Roll back")
        assert pressed.deferred
        await wire.settled(pressed)
        assert pressed.attachments == []
        assert reply.embeds, "what an edit does not name stays"
        await wire.settled(reply, until=lambda reply: not reply.buttons)
        assert [message["content"] for message in pressed.shown] == ["Rolling back", "Rolled back"]
        assert reply.shown[-2:] == pressed.shown
        assert reply.ephemeral

    async def test_a_button_that_is_gone_cannot_be_pressed(self, wire: DiscordDouble, channel: Channel) -> None:
        reply = await published(wire, channel)
        await wire.settled(await wire.press(reply, "Roll back"), until=lambda reply: not reply.buttons)
        with pytest.raises(LookupError):
            await wire.press(reply, "Roll back")

    async def test_what_one_press_deleted_is_gone_for_all(self, wire: DiscordDouble, channel: Channel) -> None:
        reply = await published(wire, channel)
        pressed = await wire.settled(await wire.press(reply, "Dismiss"))
        assert pressed.message is reply.message is None
        assert await call(wire, "PATCH", original(wire, reply.event), {"content": "again"}) == (404, 10008)
        with pytest.raises(LookupError):
            await wire.press(reply, "Dismiss")

    async def test_the_first_token_can_still_take_the_buttons_away(self, wire: DiscordDouble, channel: Channel) -> None:
        reply = await published(wire, channel)
        await wire.press(reply, "Add")
        status, message = await edited(wire, original(wire, reply.event), {"components": []})
        assert (status, message["components"], reply.buttons) == (200, [], [])

    async def test_an_expired_token_is_refused(self, wire: DiscordDouble, channel: Channel) -> None:
        reply = await published(wire, channel)
        wire.expire(reply)
        assert await call(wire, "PATCH", original(wire, reply.event), {"content": "late"}) == (401, 50027)
        pressed = await wire.settled(await wire.press(reply, "Roll back"))
        assert pressed.content.startswith("Roll"), "a press brings a token of its own"

    async def test_tokens_expire_by_themselves(self, wire: DiscordDouble, channel: Channel) -> None:
        wire.interactions.token_seconds = 0.0
        reply = await wire.slash("seeds reload", channel=channel)
        with pytest.raises(NoReply):
            await wire.settled(reply, seconds=0.2)
        assert [request.status for request in wire.requests_to("PATCH", "/webhooks/*")] == [401]

    async def test_who_asks_is_chosen_call_by_call(self, wire: DiscordDouble, channel: Channel) -> None:
        assert channel.guild is not None
        editors = await wire.add_role(channel.guild, "Editors", permissions=MANAGE_GUILD)
        plain = await wire.slash("seeds status", channel=channel)
        granted = await wire.slash("seeds status", channel=channel, user=wire.reader.granted(MANAGE_GUILD))
        editor = await wire.slash("seeds status", channel=channel, user=wire.add_user("ed").in_roles(editors))
        assert plain.content == "reader [] may=False come_along=False"
        assert granted.content == "reader [] may=True come_along=False"
        assert editor.content == "ed ['Editors'] may=True come_along=False"

    async def test_a_command_comes_along_to_a_guild_without_the_bot(
        self, wire: DiscordDouble, bot: SmallBot, channel: Channel
    ) -> None:
        elsewhere = await wire.add_channel(wire.add_guild_without_bot("Elsewhere"), "lounge")
        reply = await wire.slash("seeds status", channel=elsewhere, user=wire.reader.granted(MANAGE_GUILD))
        assert reply.content == "reader [] may=True come_along=True"
        assert [guild.name for guild in bot.guilds] == ["Harbour"]
        with pytest.raises(discord.Forbidden, match="50001"):
            await bot.fetch_channel(elsewhere.id)

    async def test_whoever_was_answered_presses_unless_somebody_else_does(
        self, wire: DiscordDouble, channel: Channel
    ) -> None:
        asker, other = wire.add_user("asker"), wire.add_user("other")
        said = await wire.slash("say", {"word": "hello"}, channel=channel, user=asker)
        assert (await wire.press(said, "Again")).user == asker
        assert (await wire.press(said, "Again", user=other)).event["member"]["user"]["username"] == "other"


@pytest.mark.usefixtures("bot")
class TestRulesForReplies:
    """What discord.py keeps a bot from doing, but a late or second process would do."""

    async def test_the_first_response_is_the_only_one(self, wire: DiscordDouble, channel: Channel) -> None:
        reply = await wire.slash("say", {"word": "hello"}, channel=channel)
        assert await respond(wire, reply.event, 4, content="again") == (400, 40060)

    async def test_nothing_can_be_edited_before_the_first_response(self, wire: DiscordDouble, channel: Channel) -> None:
        reply = unanswered(wire, channel)
        assert await call(wire, "PATCH", original(wire, reply), {"content": "early"}) == (404, 10015)
        assert await respond(wire, reply, 4, content="in time") == (204, None)
        assert await call(wire, "PATCH", original(wire, reply), {"content": "later"}) == (200, None)

    @pytest.mark.parametrize("kind", [6, 7, 8])
    async def test_a_command_has_no_message_to_update(self, wire: DiscordDouble, channel: Channel, kind: int) -> None:
        assert await respond(wire, unanswered(wire, channel), kind, content="x") == (400, 50035)

    async def test_an_unknown_token_is_no_webhook(self, wire: DiscordDouble) -> None:
        assert await call(wire, "PATCH", "/webhooks/1/made-up/messages/@original", {"content": "x"}) == (401, 50027)

    async def test_an_edit_cannot_publish_what_was_promised_in_private(
        self, wire: DiscordDouble, channel: Channel
    ) -> None:
        reply = unanswered(wire, channel)
        await respond(wire, reply, 5, flags=64)
        for flags in (0, 4):
            _, message = await edited(wire, original(wire, reply), {"content": "x", "flags": flags})
            assert message["flags"] == 64 | flags
        assert channel.messages == []

    async def test_nothing_may_not_be_shown(self, wire: DiscordDouble, channel: Channel) -> None:
        reply = unanswered(wire, channel)
        assert await respond(wire, reply, 4) == (400, 50006)
        await respond(wire, reply, 4, content="something")
        assert await call(wire, "PATCH", original(wire, reply), {"content": ""}) == (400, 50006)

    async def test_a_file_has_to_be_sent_and_small_enough(self, wire: DiscordDouble, channel: Channel) -> None:
        reply = unanswered(wire, channel)
        await respond(wire, reply, 5)
        promised = {"content": "x", "attachments": [{"id": 0, "filename": "a.txt"}]}
        assert await call(wire, "PATCH", original(wire, reply), promised) == (400, 50035)
        much = aiohttp.FormData({"payload_json": '{"content": "x"}'})
        much.add_field("files[0]", io.BytesIO(bytes(FILE_LIMIT + 1)), filename="a.txt")
        assert await call(wire, "PATCH", original(wire, reply), much) == (413, 40005)


async def published(wire: DiscordDouble, channel: Channel) -> Reply:
    return await wire.settled(await wire.slash("seeds reload", channel=channel), until=lambda reply: bool(reply.embeds))


def unanswered(wire: DiscordDouble, channel: Channel) -> Json:
    """An interaction that nobody was told of."""
    return wire.interactions.open(COMMAND, {}, user=wire.reader, channel=channel).event


def original(wire: DiscordDouble, event: Json) -> str:
    return f"/webhooks/{event['application_id']}/{event['token']}/messages/@original"


async def respond(wire: DiscordDouble, event: Json, kind: int, **data: Any) -> tuple[int, int | None]:
    path = f"/interactions/{event['id']}/{event['token']}/callback"
    return await call(wire, "POST", path, {"type": kind, "data": data})


async def call(wire: DiscordDouble, method: str, path: str, body: Json | aiohttp.FormData) -> tuple[int, int | None]:
    """The status, and the code of a refusal."""
    status, answer = await edited(wire, path, body, method)
    return status, answer.get("code")


async def edited(
    wire: DiscordDouble, path: str, body: Json | aiohttp.FormData, method: str = "PATCH"
) -> tuple[int, Json]:
    sent: Any = {"data": body} if isinstance(body, aiohttp.FormData) else {"json": body}
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, wire.rest_url + path, **sent) as response,
    ):
        return response.status, await response.json() if response.content_length else {}


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
