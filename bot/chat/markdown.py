"""Text from the data as Discord shows it: exactly as it reads, whatever it contains.

discord.py's own escaping leaves mentions, timestamps, commands, custom emoji, addresses and list numbers alive. Discord
takes a backslash before any character that is neither letter, digit nor white space as that character, so every
character that could begin something is given one.
"""

import re
from typing import Final

_ANYWHERE: Final = re.compile(r"([\\*_~`|<>\[\]:@&#])")
_AT_START: Final = re.compile(r"^([^\S\n]*)(?:([-+=])|(\d+)([.)]))", re.MULTILINE)


def plain(text: str) -> str:
    """A text that reads as it stands where Discord renders markdown.

    For an embed's description and fields and for a message's content. An embed's author and footer are not rendered,
    and want the text as it is. At most twice as long as ``text``.
    """
    return _AT_START.sub(_escape_start, _ANYWHERE.sub(r"\\\1", text))


def _escape_start(found: re.Match[str]) -> str:
    space, mark, number, point = found.groups()
    return f"{space}\\{mark}" if mark else f"{space}{number}\\{point}"


def link(text: str, url: str) -> str:
    """A masked link, whatever the text and the address contain."""
    return f"[{plain(text)}]({url.replace('(', '%28').replace(')', '%29')})"
