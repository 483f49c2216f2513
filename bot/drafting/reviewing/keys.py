"""What may be pressed and typed in a review, and the help that says so."""

from textwrap import fill
from typing import Final

from bot.drafting.reviewing.desk import SEPARATOR
from bot.drafting.reviewing.directory import NEW

KEYS: Final = {
    "a": "accept",
    "e": "edit",
    "r": "reject",
    "m": "merge",
    "n": "next",
    "p": "previous",
    "d": "doubtful",
    "u": "undo",
    "A": "article",
    "w": "write",
    "q": "quit",
    "?": "help",
}
"""What one key does, in a word."""

HELP: Final = f"""\
a  accept it as it is, and go to the next that is pending. What is wrong with it is asked for first;
   what only should be looked at again is accepted by pressing a once more.
e  edit a field: then the letter that stands before the field. An empty line leaves it, - empties it.
   The pieces of an interrupted quotation stand with {SEPARATOR} between them.
   A speaker is found by name or office; {NEW}Full Name is somebody new. {NEW}label is a new topic.
r  reject it: it is no statement.
m  it is the same statement as one of the collection, which this article reports too.
n  next (→)    p  previous (←)    d  the next that is doubtful, least sure first
u  take the last thing back.
A  edit the article: its address, outlet, title, day.
w  write what is accepted to the seeds, and check them. The rest stays for another time.
q  quit. Everything is saved after every key; the next review goes on where this one stopped."""

HINTS: Final = {
    "said": " (YYYY-MM-DD, YYYY-MM, A/B, ../B; ~ around)",
    "published": " (YYYY-MM-DD)",
    "kind": " (direct, mixed, indirect)",
    "topics": " (with commas between)",
    "wording": " (original, translation, machine-translation)",
    "url": " (https://…)",
}
"""What may be typed into a field."""
SAME: Final = {"\x1b[C": "n", "\x1b[D": "p", "\x1b[A": "p", "\x1b[B": "n", "\r": "n", "\n": "n", " ": "n"}
"""Keys that do what another does: the arrows, Enter, the space bar."""

_TIED: Final = "\N{NO-BREAK SPACE}"


def menu(keys: dict[str, str], width: int) -> str:
    """Keys, each with what it does beside it, over as many lines as it takes; then a sign that one is waited for.

    Args:
        keys: what each does.
        width: columns of the terminal.
    """
    pairs = "  ".join(f"{key} {what}".replace(" ", _TIED) for key, what in keys.items())
    return fill(f"{pairs} >", width, break_on_hyphens=False).replace(_TIED, " ")
