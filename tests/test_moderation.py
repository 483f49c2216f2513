"""Only who manages a home server, or has a role that the operator named, may change the collection."""

import pytest

from bot.moderation import Standing, may_reload
from bot.settings import Moderation

HOME, OTHER, STRANGE = 1, 2, 3
ANY = Moderation()
NAMED = Moderation(home_guilds=(HOME,), roles=("Curators", "77"))


def at(guild: int | None, *, manages: bool = False, role_ids=(), role_names=(), guilds=(HOME, OTHER)) -> Standing:
    return Standing(guild, guilds, manages, role_ids, role_names)


@pytest.mark.parametrize(
    ("rules", "who"),
    [
        (ANY, at(HOME, manages=True, guilds=[HOME])),
        (NAMED, at(HOME, manages=True)),
        (NAMED, at(HOME, role_names=["Curators"])),
        (NAMED, at(HOME, role_ids=[77])),
        (NAMED, at(OTHER, role_ids=[77])),
        (Moderation(roles=("77",)), at(OTHER, role_ids=[77])),
    ],
)
def test_these_may(rules, who):
    assert may_reload(rules, who)


@pytest.mark.parametrize(
    ("rules", "who"),
    [
        (ANY, at(HOME, guilds=[HOME])),
        (ANY, at(HOME, manages=True)),
        (ANY, at(None, manages=True, guilds=[HOME])),
        (ANY, at(STRANGE, manages=True, guilds=[HOME])),
        (ANY, at(STRANGE, manages=True, guilds=[])),
        (NAMED, at(OTHER, manages=True)),
        (NAMED, at(OTHER, manages=True, guilds=[OTHER])),
        (NAMED, at(OTHER, role_names=["Curators"])),
        (NAMED, at(OTHER, role_names=["77"])),
        (NAMED, at(HOME, role_names=["curators"])),
        (NAMED, at(HOME, role_ids=[78])),
        (NAMED, at(STRANGE, role_ids=[77])),
        (Moderation(home_guilds=(STRANGE,)), at(STRANGE, manages=True)),
        (Moderation(roles=("Curators",)), at(HOME, role_names=["Curators"])),
    ],
)
def test_these_may_not(rules, who):
    assert not may_reload(rules, who)
