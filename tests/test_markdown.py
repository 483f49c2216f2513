"""What is shown reads exactly as the data reads, whatever the data contains."""

import re

import pytest
from hypothesis import assume, given

from bot.chat.markdown import link, plain
from tests.rendered import PARSED, hostile, links, markup, seen

DISCORD_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
"""Discord's own rule: a backslash before anything but a letter, a digit or white space shows that character."""


@pytest.mark.parametrize("where", PARSED)
@given(text=hostile())
def test_a_line_reads_as_the_data_reads(where, text):
    # simcord looks for small print after it has removed the backslashes; Discord looks before.
    assume(where != "message" or not text.startswith("-# "))
    assert seen(plain(text), where) == text
    assert not markup(plain(text), where)


@given(text=hostile())
def test_nothing_that_could_begin_markup_is_left_bare(text):
    """The same by Discord's escaping rule rather than CommonMark's."""
    written = plain(text)
    assert DISCORD_ESCAPE.sub(r"\1", written) == text
    bare = DISCORD_ESCAPE.sub("x", written)
    assert not re.search(r"[\\*_~`|<>\[\]:@&#]", bare)
    assert not re.match(r"[-+=]|\d+[.)]", bare)


@given(text=hostile())
def test_escaping_at_most_doubles_a_text(text):
    assert len(plain(text)) <= 2 * len(text)


@given(first=hostile(), second=hostile())
def test_a_line_after_another_reads_as_the_data_reads_too(first, second):
    assert seen(f"{plain(first)}\n{plain(second)}", "embed_description") == f"{first}\n{second}"
    assert plain(f"{first}\n{second}") == f"{plain(first)}\n{plain(second)}"


@given(text=hostile())
def test_a_quotation_in_a_block_quote_reads_as_the_data_reads(text):
    written = f"> {plain(f'“{text}”')}"
    assert seen(written, "embed_description") == f"“{text}”"
    assert markup(written, "embed_description") == {"blockquote"}


@pytest.mark.parametrize("where", ["embed_description", "embed_field_value"])
@given(text=hostile())
def test_a_link_shows_its_title_and_leads_to_its_address(where, text):
    written = link(text, "https://example.org/a_(b)?c=*d*&e=[f]#g")
    assert seen(written, where) == text
    assert markup(written, where) == {"link_open", "link_close"}
    [address] = links(written, where)
    assert address.startswith("https://example.org/a_%28b%29?c=*d*&e=")


@pytest.mark.parametrize(
    "text", ["<@1>", "<#5>", "<t:0:R>", "</quote:1>", "<:x:1>", "@everyone", "https://a.b", "1. one", "# one"]
)
def test_what_discord_pys_own_escaping_leaves_alive_is_dead(text):
    assert seen(plain(text), "message") == text
    assert not markup(plain(text), "message")
