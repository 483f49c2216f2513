"""The surface a member sees, in a simulated Discord."""

from datetime import UTC, datetime
from typing import Any

import discord
import pytest

from bot import generations
from bot.chat import client, presses
from bot.corpus import seeds
from bot.library import Generation, Library
from tests.conftest import composed
from tests.rendered import seen

refuses = pytest.mark.simcord(check_errors=False)
"""For a test in which a command raises on purpose; simcord would take it for a fault."""


def names(components):
    return [part.get("label") or part.get("placeholder") for row in components for part in row["components"]]


def card(result):
    """The one embed of an answer."""
    [embed] = result.response.embeds
    return embed


def words(embed):
    return seen(embed.description or "", "embed_description")


# What Discord is told about the commands


def registered(room):
    [request] = [request for request in room.env.http_requests if request.method == "PUT"]
    return {command["name"]: command for command in request.json}


def test_every_command_has_its_own_name_and_can_be_used_everywhere(room):
    commands = registered(room)
    names = [command.qualified_name for command in room.client.tree.walk_commands()]
    assert len(names) == len(set(names))
    assert len(commands) == len(room.client.tree.get_commands())
    assert commands.keys() >= {"quote", "speakers", "topics", "onthisday", "about"}
    for name in ("quote", "speakers", "topics", "onthisday", "about"):
        assert sorted(commands[name]["integration_types"]) == [0, 1], "in a server, and by a user for themself"
        assert sorted(commands[name]["contexts"]) == [0, 1, 2], "servers, the bot's and others' direct messages"


def test_every_command_and_option_says_what_it_is(room):
    for command in registered(room).values():
        for part in (command, *command["options"]):
            assert part["description"] not in {"", "…"}


def test_the_bot_asks_for_guilds_only(room):
    assert room.client.intents.value == discord.Intents(guilds=True).value == 1


# /quote


@pytest.mark.parametrize(
    "typed",
    [
        "stoltenberg dialogue",
        "dialogue stoltenberg",
        "Jens Stoltenberg dialogue",
        "stoltenbreg dialoge",
        "Столтенберг диалог",
        "what did stoltenberg say about dialogue?",
    ],
)
async def test_a_question_is_answered_as_it_is_typed(room, typed):
    result = await room.slash("quote", speaker=typed)
    assert not result.deferred
    assert not result.ephemeral
    assert card(result).author.name.startswith("Jens Stoltenberg")
    assert "dialogue" in seen(card(result).fields[-1].value, "embed_field_value")
    assert not result.response.content


async def test_an_answer_has_its_receipt_and_its_buttons(room):
    result = await room.slash("quote", speaker="tillerson peacekeepers")
    assert {"Said", "Wording", "Source", "Topics"} <= {field.name for field in card(result).fields}
    assert names(result.response.components) == ["◀", "1/4", "▶", "Read the article", "A statement is wrong"]


async def test_a_topic_narrows(room):
    result = await room.slash("quote", speaker="stoltenberg", topic="dialogue")
    both = await room.slash("quote", speaker="stoltenberg dialogue")
    assert card(result) == card(both)
    assert names(result.response.components) == names(both.response.components)


async def test_a_private_answer_is_for_the_asker_and_can_be_posted(room):
    result = await room.slash("quote", speaker="stoltenberg dialogue", private=True)
    assert result.ephemeral
    assert not result.deferred
    assert room.channel.history(viewer=room.moderator) == []
    posted = await room.member.click(result.response, label="Post it here")
    [note] = posted.followups
    assert not note.ephemeral
    assert note.embeds == [card(result)]
    assert "Post it here" not in names(note.components)
    assert "Post it here" not in names(result.response.components), "it is not posted twice by two clicks"
    assert len(room.channel.history(viewer=room.moderator)) == 1
    await room.member.click(note, label="▶")
    turned = await room.member.click(result.response, label="▶")
    assert turned.response.ephemeral
    assert "Post it here" in names(turned.response.components), "another statement is another post"


async def test_what_is_understood_in_part_is_answered_in_part_and_goes_on_saying_so(room):
    result = await room.slash("quote", speaker="lavrov missiles")
    assert not result.ephemeral
    assert result.response.content.startswith("Nothing by Sergey Lavrov on “missiles”")
    assert card(result).author.name.startswith("Sergey Lavrov")
    note = result.response.content
    turned = await room.member.click(result.response, label="▶")
    assert turned.response.content == note


async def test_what_is_not_there_is_told_to_the_asker_alone(room):
    result = await room.slash("quote", speaker="beyonce")
    assert result.ephemeral
    assert result.response.content.startswith("Nothing found")
    assert result.response.embeds == []
    assert room.channel.history(viewer=room.moderator) == []


async def test_a_suggestion_takes_the_place_of_the_private_answer(room):
    result = await room.slash("quote", speaker="stoltenburger xyzzy")
    assert result.ephemeral
    offers = names(result.response.components)
    assert 1 <= len(offers) <= 3
    [offer] = [offer for offer in offers if offer.startswith("Jens Stoltenberg")]
    chosen = await room.member.click(result.response, label=offer)
    assert chosen.response.id == result.response.id
    assert chosen.response.ephemeral
    assert not chosen.response.content
    assert card(chosen).author.name.startswith("Jens Stoltenberg")
    posted = await room.member.click(chosen.response, label="Post it here")
    assert [note.ephemeral for note in posted.followups] == [False]


async def test_a_hostile_question_is_answered_and_read_back_as_it_is(room):
    for typed in ("**x** <@1>", "@everyone", "x" * 300, "1. http://a.b", "😀", "`", "> q", "' or 1=1 --", "\\", "=a/b"):
        result = await room.slash("quote", speaker=typed, topic=typed)
        assert result.ephemeral
        assert f"“{typed}" in seen(result.response.content, "message")


async def test_a_question_longer_than_anybody_asks_cannot_be_sent(room):
    options = {option["name"]: option for option in registered(room)["quote"]["options"]}
    assert options["speaker"]["max_length"] == options["topic"]["max_length"] == 300


# The pager


async def test_the_pager_goes_through_all_and_stops_at_both_ends(room):
    result = await room.slash("quote", speaker="tillerson peacekeepers")
    shown = [card(result)]
    assert disabled(result) == ["◀", "1/4"]
    while "▶" not in disabled(result):
        await room.member.click(result.response, label="▶")
        shown.append(card(result))
    assert len(shown) == 4
    assert len({embed.footer.text for embed in shown}) == 4
    assert disabled(result) == ["4/4", "▶"]
    for before in reversed(shown[:-1]):
        await room.member.click(result.response, label="◀")
        assert card(result) == before


def disabled(result):
    return [part["label"] for row in result.response.components for part in row["components"] if part.get("disabled")]


async def test_the_pager_goes_through_statements_that_have_the_words_in_their_text(room, generation):
    result = await room.slash("quote", speaker="war")
    assert result.response.content.startswith("No topic is called “war”")
    total = generation.finder.find("war").total
    assert f"1/{total}" in names(result.response.components)
    shown = {words(card(result))}
    for _ in range(total - 1):
        turned = await room.member.click(result.response, label="▶")
        assert turned.response.content == result.response.content
        shown.add(words(turned.response.embeds[0]))
    assert len(shown) == total
    assert all("war" in text.casefold() for text in shown)


async def test_words_that_no_button_has_room_for_lead_to_one_statement_without_a_pager(room, monkeypatch):
    monkeypatch.setattr(presses, "MAX_WORDS", 2)
    result = await room.slash("quote", speaker="war", private=True)
    assert "war" in words(card(result)).casefold()
    assert "▶" not in names(result.response.components)
    posted = await room.member.click(result.response, label="Post it here")
    assert words(posted.followups[0].embeds[0]) == words(card(result))


async def test_a_single_statement_has_no_pager(room):
    result = await room.slash("quote", speaker="macron")
    assert names(result.response.components) == ["Read the article", "A statement is wrong"]


async def restarted(room, state, folder, tmp_path):
    """The bot as a new process would compose it, on other seeds."""
    generation = Generation.open(generations.publish(seeds.load(folder), tmp_path / "other"))
    await room.env.restart_bot(composed(Library(generation), state, lambda: datetime(2026, 12, 6, tzinfo=UTC)))
    return generation


async def test_buttons_go_on_working_after_a_restart(room, library_on_loan, state):
    result = await room.slash("quote", speaker="tillerson peacekeepers")
    first = card(result)
    await room.env.restart_bot(composed(library_on_loan, state, lambda: datetime(2026, 12, 6, tzinfo=UTC)))
    await room.member.click(result.response, label="▶")
    assert card(result) != first
    await room.member.click(result.response, label="◀")
    assert card(result) == first


async def test_buttons_of_a_statement_that_has_left_the_collection_say_so(room, state, seed_folder, tmp_path):
    result = await room.slash("quote", speaker="tillerson peacekeepers", private=True)
    id_ = card(result).footer.text.rpartition(" ")[2]
    before = card(result)
    withdraw(seed_folder, id_)
    await restarted(room, state, seed_folder, tmp_path)
    for label in ("▶", "Post it here"):
        pressed = await room.member.click(result.response, label=label)
        assert seen(pressed.response.content, "message") == (
            "That statement was withdrawn on 1 January 2020: she did *not* say it. Ask again with /quote."
        )
        assert pressed.response.ephemeral
    assert card(result) == before


async def test_the_only_statement_of_an_answer_is_withdrawn_with_its_reason_too(room, state, seed_folder, tmp_path):
    result = await room.slash("quote", speaker="macron", private=True)
    withdraw(seed_folder, card(result).footer.text.rpartition(" ")[2])
    await restarted(room, state, seed_folder, tmp_path)
    pressed = await room.member.click(result.response, label="Post it here")
    assert "That statement was withdrawn on 1 January 2020" in pressed.response.content
    assert pressed.followups == []


async def test_buttons_of_a_statement_that_vanished_say_so(room, state, seed_folder, tmp_path):
    result = await room.slash("quote", speaker="tillerson peacekeepers", private=True)
    withdraw(seed_folder, card(result).footer.text.rpartition(" ")[2], left="")
    await restarted(room, state, seed_folder, tmp_path)
    pressed = await room.member.click(result.response, label="Post it here")
    assert pressed.response.content == "That statement is no longer in the collection. Ask again with /quote."


async def test_a_pager_goes_on_when_another_statement_was_withdrawn(room, state, seed_folder, tmp_path):
    result = await room.slash("quote", speaker="tillerson peacekeepers")
    first = card(result)
    await room.member.click(result.response, label="▶")
    second = card(result).footer.text.rpartition(" ")[2]
    await room.member.click(result.response, label="◀")
    withdraw(seed_folder, second)
    await restarted(room, state, seed_folder, tmp_path)
    await room.member.click(result.response, label="▶")
    assert second not in card(result).footer.text
    assert names(result.response.components)[:3] == ["◀", "2/3", "▶"]
    await room.member.click(result.response, label="◀")
    assert card(result) == first


async def test_a_suggestion_of_what_has_left_the_collection_says_so(room, state, small_seeds, tmp_path):
    result = await room.slash("quote", speaker="stoltenburger xyzzy")
    [offer] = [label for label in names(result.response.components) if label.startswith("Jens Stoltenberg")]
    await restarted(room, state, small_seeds, tmp_path)
    chosen = await room.member.click(result.response, label=offer)
    assert chosen.response.content == ("What this button led to is no longer in the collection. Ask again with /quote.")


async def test_buttons_of_a_speaker_who_has_left_the_collection_say_so(room, state, small_seeds, tmp_path):
    result = await room.slash("quote", speaker="tillerson peacekeepers")
    listed = await room.slash("speakers")
    await restarted(room, state, small_seeds, tmp_path)
    pressed = await room.member.click(result.response, label="▶")
    assert "no longer in the collection" in pressed.response.content
    chosen = await room.member.select(listed.response, ["rex-tillerson"])
    assert chosen.response.ephemeral
    assert "any more" in chosen.response.content


WITHDRAWN = '    withdrawn: {on: 2020-01-01, why: "she did *not* say it."}\n'


def withdraw(folder, id_, left=WITHDRAWN):
    """Replace a statement by what is left of a withdrawn one."""
    [file] = [file for file in (folder / "articles").glob("*.yaml") if f"id: {id_}\n" in file.read_text()]
    before, _, after = file.read_text().partition(f"  - id: {id_}\n")
    _, mark, rest = after.partition("  - id: ")
    standing = f"  - id: {id_}\n{left}" if left else ""
    file.write_text(before + standing + mark + rest)


# Autocomplete


async def autocomplete(room, command, option, typed, **filled):
    choices = await room.member.autocomplete(room.channel, command, option, typed, **filled)
    assert len(choices) <= 25
    assert all(0 < len(choice["name"]) <= 100 and 0 < len(str(choice["value"])) <= 100 for choice in choices)
    return choices


@pytest.mark.parametrize(
    "typed", ["", "s", "stol", "stoltenberg", "stoltenberg dia", "dialogue", "nato chief", "tiller uk"]
)
async def test_every_choice_that_is_offered_is_answered(room, typed):
    choices = await autocomplete(room, "quote", "speaker", typed)
    assert choices
    for choice in choices[:6]:
        result = await room.slash("quote", speaker=choice["value"])
        total = int(choice["name"].rpartition("(")[2].rstrip(")"))
        label = names(result.response.components)[1]
        assert not result.response.content
        assert label == f"1/{total}" if total > 1 else label == "A statement is wrong"


async def test_choices_are_joint(room):
    offered = [choice["name"] for choice in await autocomplete(room, "quote", "speaker", "stoltenberg dialogue")]
    assert offered[0].startswith("Jens Stoltenberg · dialogue (")


@pytest.mark.parametrize("typed", ["asdfgh", "x" * 6000, "**", "=", "=//", "\x00", "😀"])
async def test_autocomplete_answers_whatever_is_typed(room, typed):
    await autocomplete(room, "quote", "speaker", typed)
    await autocomplete(room, "quote", "topic", typed, speaker=typed[:300])
    await autocomplete(room, "onthisday", "date", typed)


async def test_topics_are_those_of_the_chosen_speaker(room):
    every = await autocomplete(room, "quote", "topic", "")
    of_lavrov = await autocomplete(room, "quote", "topic", "", speaker="lavrov")
    assert 0 < len(of_lavrov) < len(every)
    chosen = (await autocomplete(room, "quote", "speaker", "lavrov"))[0]["value"]
    assert await autocomplete(room, "quote", "topic", "", speaker=chosen) == of_lavrov
    for choice in of_lavrov:
        result = await room.slash("quote", speaker=chosen, topic=choice["value"])
        assert card(result).author.name.startswith("Sergey Lavrov")
        assert not result.response.content


async def test_an_autocomplete_that_fails_offers_nothing_and_is_logged(room, library_on_loan, monkeypatch, logged):
    monkeypatch.setattr(type(library_on_loan), "generation", property(lambda _: 1 / 0))
    for command, option in (("quote", "speaker"), ("quote", "topic"), ("onthisday", "date")):
        assert await room.member.autocomplete(room.channel, command, option, "x") == []
    assert [event["event"] for event in logged] == ["autocomplete failed"] * 3


# /speakers and /topics


@pytest.mark.parametrize("command", ["speakers", "topics"])
async def test_a_list_is_paged_and_a_choice_leads_to_statements(room, command):
    result = await room.slash(command)
    assert card(result).title == command.capitalize()
    assert not result.ephemeral
    listed = words(card(result)).splitlines()
    if "▶" in names(result.response.components):
        await room.member.click(result.response, label="▶")
        listed += words(card(result)).splitlines()
        await room.member.click(result.response, label="◀")
    counts = [int(line.rpartition(" ")[2]) for line in listed]
    assert counts == sorted(counts, reverse=True)
    option = result.response.components[0]["components"][0]["options"][0]
    assert option["description"] == f"{counts[0]} statements"
    chosen = await room.member.select(result.response, [option["value"]])
    assert not chosen.ephemeral
    assert names(chosen.response.components)[1] == f"1/{counts[0]}"


async def test_a_choice_from_a_private_list_stays_private(room):
    result = await room.slash("speakers", private=True)
    assert result.ephemeral
    chosen = await room.member.select(result.response, ["jens-stoltenberg"])
    assert chosen.ephemeral
    assert "Post it here" in names(chosen.response.components)


async def test_a_strangers_choice_is_refused_in_words(room):
    result = await room.slash("speakers")
    chosen = await room.moderator.select(result.response, ["jens-stoltenberg"])
    assert chosen.ephemeral
    assert "whoever asked" in chosen.response.content


# /onthisday


async def test_today_is_named_with_its_zone(room):
    result = await room.slash("onthisday")
    assert card(result).title == "6 December (UTC) in NATO–Russia dialogue"
    assert "6 December 2017 (9 years ago) · Rex Tillerson" in words(card(result))
    assert "▶" in names(result.response.components)
    first = words(card(result))
    await room.member.click(result.response, label="▶")
    assert card(result).title == "6 December (UTC) in NATO–Russia dialogue"
    assert words(card(result)) != first
    await room.member.click(result.response, label="◀")
    assert words(card(result)) == first


async def test_pages_hold_every_statement_of_the_day_once(room, generation):
    result = await room.slash("onthisday", date="6 December")
    pages = [words(card(result))]
    while "▶" not in disabled(result):
        await room.member.click(result.response, label="▶")
        pages.append(words(card(result)))
    read = "\n".join(pages)
    for made in generation.corpus.said_on("12-06"):
        assert read.count(made.citation.shown) == 1


async def test_a_day_may_be_written_in_many_ways(room):
    for typed in ("17 February", "February 17", "17 feb", "02-17", "2017-02-17", "17th of February"):
        result = await room.slash("onthisday", date=typed)
        assert card(result).title == "17 February in NATO–Russia dialogue"
        assert "17 February 2017 (9 years ago)" in words(card(result))
        assert not result.ephemeral


async def test_a_day_with_nothing_says_so(room):
    result = await room.slash("onthisday", date="29 February", private=True)
    assert words(card(result)) == "Nothing in the collection falls on 29 February."
    assert result.ephemeral


@refuses
async def test_what_is_no_day_is_told_in_words(room):
    for typed in ("tomorrowish", "31 February", "13-13", "2017-02-29", "**6**", "0", "99999-01-01"):
        result = await room.slash("onthisday", date=typed)
        assert result.ephemeral
        assert seen(result.response.content, "message").startswith(f"“{typed}” is")


async def test_every_day_that_is_offered_has_something(room):
    choices = await autocomplete(room, "onthisday", "date", "")
    assert choices[0]["name"].startswith("6 December (")
    for choice in (choices[0], choices[-1], *(await autocomplete(room, "onthisday", "date", "feb"))[:2]):
        result = await room.slash("onthisday", date=choice["value"])
        assert not words(card(result)).startswith("Nothing")


# /about


async def test_about_says_what_it_is_and_what_it_keeps(room, generation):
    result = await room.slash("about")
    assert result.ephemeral
    told = {field.name: field.value for field in card(result).fields}
    totals = generation.corpus.totals()
    assert told["Statements"] == str(totals.statements)
    assert "Questions are not kept" in told["What is stored about people"]
    assert generation.short in card(result).footer.text


# Everywhere


async def test_it_works_in_direct_messages(room):
    user = room.member.user
    result = await user.slash("quote", speaker="stoltenberg dialogue", private=True)
    turned = await user.click(result.response, label="▶")
    posted = await user.click(turned.response, label="Post it here")
    assert [note.embeds for note in posted.followups] == [turned.response.embeds]
    assert (await user.slash("speakers")).response.embeds
    assert (await user.slash("onthisday")).response.embeds


@refuses
async def test_nothing_that_is_sent_can_ping(room):
    answer = await room.slash("quote", speaker="@everyone <@1>")
    answer = await room.slash("quote", speaker="stoltenberg dialogue", private=True)
    await room.member.click(answer.response, label="▶")
    await room.member.click(answer.response, label="Post it here")
    await room.moderator.click((await room.slash("quote", speaker="tillerson")).response, label="▶")
    await room.slash("onthisday", date="no day")
    await room.member.select((await room.slash("topics")).response, ["dialogue"])
    payloads = room.payloads()
    assert len(payloads) == 10
    assert all(payload["allowed_mentions"] == {"parse": []} for payload in payloads)


@refuses
@pytest.mark.parametrize("command", ["quote", "speakers", "topics", "onthisday", "about"])
async def test_an_error_is_answered_with_the_reference_that_is_in_the_log(
    room, command, library_on_loan, monkeypatch, logged
):
    monkeypatch.setattr(type(library_on_loan), "generation", property(lambda _: 1 / 0))
    result = await room.slash(command, **({"speaker": "x"} if command == "quote" else {}))
    assert result.ephemeral
    [event] = [event for event in logged if event["log_level"] == "error"]
    assert event["reference"] in result.response.content


# The client


async def test_commands_are_told_to_discord_once(room, library_on_loan, state, now):
    def times():
        return len([request for request in room.env.http_requests if request.method == "PUT"])

    assert times() == 1
    await room.env.restart_bot(composed(library_on_loan, state, now))
    assert times() == 1
    state.remember_synced_commands(room.client.application_id, "of an earlier version")
    await room.env.restart_bot(composed(library_on_loan, state, now))
    assert times() == 2


async def test_commands_that_discord_refuses_do_not_keep_the_bot_away(simcord_bot, state, monkeypatch, logged):
    async def refused() -> None:
        raise discord.RateLimited(3600)

    monkeypatch.setattr(simcord_bot.tree, "sync", refused)
    simcord_bot._connection.application_id = 1
    await simcord_bot._sync()
    assert [event["event"] for event in logged] == ["commands not synced"]
    assert state.synced_commands(1) is None


@refuses
async def test_an_autocomplete_for_an_unknown_command_is_answered(room, logged):
    class Interaction:
        type = discord.InteractionType.autocomplete

        class response:  # noqa: N801
            offered: list[Any] | None = None

            @classmethod
            def is_done(cls) -> bool:
                return cls.offered is not None

            @classmethod
            async def autocomplete(cls, choices: list[Any]) -> None:
                cls.offered = choices

    assert isinstance(room.client.tree, client.Tree)
    error = discord.app_commands.CommandNotFound("gone", [])
    await room.client.tree.on_error(Interaction, error)  # type: ignore[arg-type]
    assert Interaction.response.offered == []
