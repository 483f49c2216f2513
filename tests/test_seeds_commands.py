"""``/seeds``, in a simulated Discord: edit, check, reload, confirm, roll back; and who may not."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.corpus.fields import MAX_ID
from bot.settings import Settings, load
from bot.startup import open_at_start
from bot.state import State
from bot.state.actions import Fate
from tests.conftest import Room, composed
from tests.seedfiles import HERALD, alter

refusing = pytest.mark.simcord(check_errors=False)
"""A refusal reaches the command tree as an error, which simcord would otherwise report."""


@pytest.fixture
def settings(tmp_path, small_seeds) -> Settings:
    moderation = {"cooldown": 0, "roles": ["Curators"]}
    return load(data={"dir": tmp_path / "data"}, seeds={"dir": small_seeds}, moderation=moderation)


@pytest.fixture
def simcord_bot(settings, state, now):
    return composed(open_at_start(settings, state, now), state, now, **settings.model_dump())


@dataclass(frozen=True, slots=True)
class Office:
    """A room, and the seeds to edit."""

    room: Room
    state: State
    folder: Path

    async def seeds(self, verb: str, who: Any = None) -> Any:
        return await (who or self.room.moderator).slash(self.room.channel, f"seeds {verb}")

    async def source(self) -> str:
        """What a member is told of where the words come from."""
        result = await self.room.slash("quote", speaker="berg cranes")
        assert result.response
        [occasion] = [field.value for field in result.response.embeds[0].fields if field.name == "Occasion"]
        return said(occasion)

    def fates(self) -> list[Fate]:
        return [action.fate for action in reversed(self.state.actions())][1:]


@pytest.fixture
def office(room, state, small_seeds) -> Office:
    return Office(room, state, small_seeds)


def said(text: str | None) -> str:
    """A message without the backslashes that keep its text from being rendered."""
    return (text or "").replace("\\", "")


def shown(result: Any) -> str:
    """Everything that a reply says."""
    message = result.response
    embeds = [
        f"{embed.title}\n{embed.description}\n" + "\n".join(f"{field.name}\n{field.value}" for field in embed.fields)
        for embed in message.embeds
    ]
    return said("\n".join([message.content or "", *embeds]))


def edit(folder: Path) -> None:
    alter(folder, HERALD, "via: Port Agency", "via: Quay Agency")


async def test_a_moderator_edits_reloads_confirms_and_a_member_sees_the_new_answer(office):
    edit(office.folder)
    preview = await office.seeds("reload")
    assert preview.response.ephemeral
    assert "Serve this?" in shown(preview)
    assert "0 added, 1 changed, 0 removed" in shown(preview)
    assert "berg-2017-05-04-cranes · Ada Berg (via)" in shown(preview)
    assert "Herald, Cranes again: 1 changed" in shown(preview)
    assert await office.source() == "A walk on the quay · via Port Agency"
    await office.room.moderator.click(preview.response, label="Confirm")
    assert "Served from now on" in shown(preview)
    assert not preview.response.components
    assert await office.source() == "A walk on the quay · via Quay Agency"
    assert office.fates() == [Fate.SERVED]


async def test_a_broken_file_is_told_with_file_and_line_and_the_old_answer_stays(office):
    line = alter(office.folder, HERALD, "said: 2017-05-04", "said: 2017-13-04")
    for verb in ("check", "reload"):
        answer = await office.seeds(verb)
        assert answer.response.ephemeral
        assert "1 problem: nothing was changed" in shown(answer)
        assert f"seeds/{HERALD}:{line} statements[0].said: “2017-13-04” is not a date" in shown(answer).replace("*", "")
        assert not answer.response.components
    assert await office.source() == "A walk on the quay · via Port Agency"
    assert office.fates() == [Fate.PROBLEMS, Fate.PROBLEMS]


async def test_a_long_list_of_problems_is_attached_whole(office):
    topics = "".join(f"  - id: {'x' * (MAX_ID + number)}\n    label: t{number}\n" for number in range(1, 200))
    (office.folder / "topics.yaml").write_text("topics:\n" + topics)
    answer = await office.seeds("check")
    [attached] = answer.response.attachments
    assert attached.filename == "problems.txt"
    text = (await attached.read()).decode()
    assert text.count("has ") >= 199
    assert re.search(r"and \d+ more; the file has all \d+", shown(answer))
    assert "/tmp" not in text + shown(answer)


async def test_what_is_fine_is_said_to_be_fine(office):
    assert "The files are what is served already" in shown(await office.seeds("check"))
    assert "The files are what is served already" in shown(await office.seeds("reload"))
    edit(office.folder)
    assert "No problem found. A reload would serve this" in shown(await office.seeds("check"))
    assert await office.source() == "A walk on the quay · via Port Agency"


async def test_a_preview_can_be_cancelled(office):
    edit(office.folder)
    preview = await office.seeds("reload")
    await office.room.moderator.click(preview.response, label="Cancel")
    assert "Cancelled. Nothing was changed" in shown(preview)
    assert not preview.response.components
    assert await office.source() == "A walk on the quay · via Port Agency"


async def test_a_moderator_goes_back_and_sees_so_in_the_status(office):
    edit(office.folder)
    preview = await office.seeds("reload")
    await office.room.moderator.click(preview.response, label="Confirm")
    answer = await office.seeds("rollback")
    assert "Back to generation" in shown(answer)
    assert await office.source() == "A walk on the quay · via Port Agency"
    status = shown(await office.seeds("status"))
    assert "Held by a rollback until the next reload." in status
    assert "4 statements by 3 speakers on 2 topics" in status
    assert "The files on disk are not what is served" in status
    assert "moderator: rollback, served" in status
    assert "moderator: reload, served" in status


async def test_the_bot_shows_the_title_of_what_is_served(office, monkeypatch):
    client = office.room.client

    def below_the_name() -> list[str]:
        return [str(activity) for activity in client.get_guild(office.room.env.guild.id).me.activities]

    alter(office.folder, "collection.yaml", "title: Harbour talks", "title: Quay talks")
    preview = await office.seeds("reload")
    await office.room.moderator.click(preview.response, label="Confirm")
    assert below_the_name() == [str(client.activity)] == ["/quote · Quay talks"]

    async def lost(**_: Any) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(client, "change_presence", lost)
        await office.seeds("rollback")
    assert below_the_name() == ["/quote · Quay talks"]
    await client.on_resumed()
    assert below_the_name() == [str(client.activity)] == ["/quote · Harbour talks"]


@refusing
async def test_there_is_nothing_to_go_back_to_at_first(office):
    assert "There is no generation before this one" in shown(await office.seeds("rollback"))
    assert "There is nothing to roll back to." in shown(await office.seeds("status"))


@refusing
async def test_a_member_is_not_offered_it_and_is_refused_by_us_too_and_logged(office):
    room = office.room
    assert not [name for name in room.member.available_commands(room.channel) if name.startswith("seeds")]
    commands = {command.name: command for command in await room.client.tree.fetch_commands()}
    room.env.guild.set_command_permissions(commands["seeds"], {room.member: True})
    edit(office.folder)
    for verb in ("check", "reload", "rollback", "status"):
        answer = await office.seeds(verb, room.member)
        assert "Only the moderators of this bot's home server may do that" in shown(answer)
        assert answer.response.ephemeral
    assert [(action.by.name, action.action, action.fate) for action in reversed(office.state.actions())][1:] == [
        ("member", verb, Fate.REFUSED) for verb in ("check", "reload", "rollback", "status")
    ]
    assert await office.source() == "A walk on the quay · via Port Agency"


async def test_a_role_named_in_the_settings_may_do_it_too(office):
    room = office.room
    curator = room.env.guild.add_member(room.env.create_user("curator"), roles=[room.env.guild.create_role("Curators")])
    commands = {command.name: command for command in await room.client.tree.fetch_commands()}
    room.env.guild.set_command_permissions(commands["seeds"], {curator: True})
    assert "The files are what is served already" in shown(await office.seeds("check", curator))


@refusing
async def test_who_is_no_moderator_any_more_cannot_confirm(office):
    edit(office.folder)
    preview = await office.seeds("reload")
    moderator = office.room.moderator
    guild = office.room.client.get_guild(office.room.env.guild.id)
    [role] = [role for role in guild.roles if role.name == "Moderators"]
    await role.edit(permissions=discord.Permissions.none())
    pressed = await moderator.click(preview.response, label="Confirm")
    assert "Only the moderators" in said(pressed.response.content)
    assert await office.source() == "A walk on the quay · via Port Agency"


@refusing
async def test_the_second_moderator_is_told_who_is_at_it(office):
    room = office.room
    other = room.env.guild.add_member(room.env.create_user("other"), roles=[room.env.guild.roles["Moderators"]])
    edit(office.folder)
    preview = await office.seeds("reload")
    assert "moderator has a reload open" in shown(await office.seeds("reload", other))
    await room.moderator.click(preview.response, label="Confirm")
    assert "The files are what is served already" in shown(await office.seeds("reload", other))


@refusing
async def test_a_preview_of_an_earlier_process_says_that_it_is_over(office, settings, now):
    edit(office.folder)
    preview = await office.seeds("reload")
    await office.room.env.restart_bot(
        composed(open_at_start(settings, office.state, now), office.state, now, **settings.model_dump())
    )
    await office.room.moderator.click(preview.response, label="Confirm")
    assert "This preview is over" in shown(preview)
    assert await office.source() == "A walk on the quay · via Port Agency"
    assert office.fates() == [Fate.INTERRUPTED]


async def test_pagers_go_on_working_through_a_reload_by_what_they_show(office):
    opened = await office.room.slash("quote", speaker="cranes")
    order = [opened.response.embeds[0].footer.text]
    alter(
        office.folder,
        HERALD,
        "statements:\n",
        """statements:
          - id: berg-2017-05-04-newer
            speaker: ada-berg
            kind: indirect
            text: Berg wanted cranes.
            said: 2017-05-04
            basis: that day
            topics: [cranes]
        """.replace("\n          ", "\n  ").rstrip()
        + "\n",
    )
    preview = await office.seeds("reload")
    await office.room.moderator.click(preview.response, label="Confirm")
    for _ in range(3):
        await office.room.member.click(opened.response, label="▶")
        order.append(opened.response.embeds[0].footer.text)
    assert len(set(order)) == 4
    assert any("berg-2017-05-04-newer" in footer for footer in order)
