"""What a reader sees of a text in Discord: simcord's renderer as the oracle, and text that tries to fool it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from hypothesis import strategies as st
from simcord.preview._markdown import markdown_tokens

from bot.corpus.fields import clean

PARSED: Final = ("message", "embed_description", "embed_field_value", "embed_title")
"""Where Discord renders markdown, in simcord's names. An embed's author and footer it shows as they are."""

_HOSTILE: Final = (
    *"*_~`|><#-+.)(][\\:@&!=/;\"'0123456789aZ éж",
    *("**", "__", "~~", "||spoiler||", "```", "```py", "``", "> ", ">>> ", "# ", "## ", "-# ", "- ", "+ ", "* "),
    *("1. ", "1) ", "10. ", "a. ", "---", "===", "***", "[x](http://a.b)", "](", "[]", "![i](http://a.b/c.png)"),
    *("http://", "https://a.b/c_d", "<http://a.b>", "www.a.b", "mailto:a@b.c", "discord.gg/abc", "a@b.c"),
    *("<@1>", "<@!1>", "<@&1>", "<#5>", "<t:0:R>", "<t:1700000000>", "</quote:1>", "<:x:1>", "<a:x:1>", "<id:guide>"),
    *(
        "@everyone",
        "@here",
        ":smile:",
        ":)",
        "&amp;",
        "&lt;",
        "&#42;",
        "<b>",
        "<!--",
        "¯\\_(ツ)_/¯",
        "\\*",
        "\\\\",
        "\\",
    ),
    *("😀", "👩‍👩‍👧", "🇺🇦", "e\u0301", "שלום", "مرحبا", "क्‍ष", "“", "”", "…", "–", "x" * 40),
)

_MENTIONABLE: Final[Mapping[str, Any]] = {
    "users": {"1": "someone"},
    "roles": {"1": "some role"},
    "channels": {"5": "somewhere"},
    "commands": {"1": "quote"},
    "emojis": {"1": {"id": "1", "name": "x", "animated": False}},
    "everyone": True,
}
"""So that whatever is still alive comes alive."""


def hostile(*, max_size: int = 12) -> st.SearchStrategy[str]:
    """A line of seed text, as the seeds' own cleaning lets it through, full of what Discord might take for markup."""
    pieces = st.lists(st.sampled_from(_HOSTILE), min_size=1, max_size=max_size).map("".join)
    return pieces.map(lambda text: " ".join(text.split())).filter(bool).map(lambda text: clean(text, 10_000))


def seen(text: str | None, where: str) -> str:
    """The text as it reads once rendered."""
    return "".join(_flat(markdown_tokens(text, where, context=_MENTIONABLE)))


def markup(text: str | None, where: str) -> set[str]:
    """What the renderer made of it besides plain paragraphs."""
    return set(_kinds(markdown_tokens(text, where, context=_MENTIONABLE))) - {"paragraph", "inline", "text", "break"}


def links(text: str, where: str) -> list[str]:
    """The addresses that can be followed from it."""
    return [token["href"] for token in _each(markdown_tokens(text, where)) if token["type"] == "link_open"]


def _each(tokens: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for token in tokens:
        yield token
        yield from _each(token.get("children", []))


def _kinds(tokens: list[dict[str, Any]]) -> Iterator[str]:
    return (token["type"] for token in _each(tokens))


def _flat(tokens: list[dict[str, Any]]) -> Iterator[str]:
    for number, token in enumerate(tokens):
        if number and token["type"] in {"paragraph", "blockquote"}:
            yield "\n"
        if token["type"] == "break":
            yield "\n"
        yield str(token.get("content", ""))
        yield from _flat(token.get("children", []))
