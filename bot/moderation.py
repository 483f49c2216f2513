"""Who may change the collection from the chat."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.settings import Moderation


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is in the place where they ask."""

    guild: int | None
    """The server; None in direct messages."""
    guilds: Collection[int]
    """The servers that the bot is in."""
    manages: bool
    """Whether they hold Manage Server there."""
    role_ids: Collection[int] = ()
    role_names: Collection[str] = ()


def may_reload(rules: Moderation, who: Standing) -> bool:
    """Whether somebody may use ``/seeds``: who manages a home server, or has one of the roles in the settings.

    A role's id belongs to one server, wherever that is; its name could be given in any, and counts at home only. A
    server that the bot is not in never counts: there an app that a person installed for themselves is used, and whoever
    made the server manages it.
    """
    if who.guild is None or who.guild not in who.guilds:
        return False
    at_home = who.guild in rules.home_guilds if rules.home_guilds else len(who.guilds) == 1
    if any(str(role) in rules.roles for role in who.role_ids):
        return True
    return at_home and (who.manages or any(name in rules.roles for name in who.role_names))
