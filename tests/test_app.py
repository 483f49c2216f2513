"""The composition root."""

from dataclasses import replace
from types import SimpleNamespace

from bot import app
from bot.library import Library
from tests.conftest import composed


def test_everything_is_built_once_and_handed_on(generation, state, now):
    client = composed(Library(generation), state, now)
    assert client.intents.value == 1
    assert client.allowed_mentions
    assert not any((client.allowed_mentions.everyone, client.allowed_mentions.users, client.allowed_mentions.roles))
    assert str(client.activity) == f"/quote · {generation.corpus.collection.title}"


def test_two_bots_share_nothing(generation, state, now):
    """Not even the handlers of their buttons."""
    one, other = (composed(Library(generation), state, now) for _ in range(2))
    assert one._presses is not other._presses
    assert one._presses._handlers.keys() == other._presses._handlers.keys()


def test_the_clock_knows_its_zone():
    assert app.utc_now().utcoffset() is not None


def test_a_bot_that_is_not_connected_yet_begins_with_the_title_of_what_is_served(generation, state, now):
    library = Library(generation)
    client = composed(library, state, now)
    renamed = replace(generation.corpus.collection, title="Harbour talks")
    library.swap(replace(generation, corpus=SimpleNamespace(collection=renamed)))
    assert str(client.activity) == "/quote · Harbour talks"
