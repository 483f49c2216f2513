"""A file becomes plain text with what is known about it, or a sentence says why it does not."""

import json
import os
import plistlib
import quopri
import stat
import textwrap

import pytest

from bot.drafting.intake import language, manuscript
from bot.drafting.intake.files import MAX_FILE
from bot.drafting.intake.furniture import blank
from bot.drafting.intake.manuscript import MAX_TEXT, Told
from bot.errors import DraftError, UserFacingError
from bot.record import Dating

PARAGRAPHS = (
    "The harbour ministry will not charge for the ferries, minister Lena Brook told the island council on Monday.",
    "“We have waited for thirty years,” she said. “We will not wait any longer.”",
    "Opposition leader Tom Reed said that the sums did not add up and that he would vote against them.",
)
BODY = "\n\n".join(PARAGRAPHS) + "\n"
GERMAN = (
    "Der Hafenminister hat am Montag erklärt, dass die Fähren kostenlos bleiben werden. "
    "„Niemand wird eine Maut zahlen“, sagte er vor dem Inselrat in Sandholm.\n\n"
)
URL = "https://quaycourier.example/2019/03/04/harbour-toll"


@pytest.fixture
def read(tmp_path):
    """Read a manuscript from what a file holds."""

    def read(content, name="article.txt", **told):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        if day := told.get("published"):
            told["published"] = Dating.parse(day)
        return manuscript.read(path, Told(**told))

    return read


def page(*body, head="", headline="Harbour minister rules out toll on ferries"):
    """A page with navigation, an article and links to others."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!doctype html><html lang='en'><head><title>Harbour | The Quay Courier</title>{head}</head><body>"
        "<nav><a href='/'>Home</a><a href='/w'>World</a></nav><main><article>"
        f"<h1>{headline}</h1>{''.join(body)}{paragraphs}</article></main>"
        "<section class='more'><h2>More stories</h2><a href='/1'>Mayor says the bridge is safe</a></section>"
        "<footer>© 2019 The Quay Courier</footer></body></html>"
    )


def linked_data(**fields):
    article = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps({"@graph": [{"@type": "WebSite"}, article]})}</script>'


def prose(read_from):
    return [line for line in blank(read_from.text, read_from.furniture).splitlines() if line.strip()]


# Plain text.


def test_plain_text_is_taken_as_it_stands(read):
    content = BODY.replace("\n", "\r\n").encode()
    found = read(content)
    assert (found.name, found.text, found.content, found.notes) == ("article.txt", content.decode(), content, ())


def test_a_byte_order_mark_is_no_character_of_the_text(read):
    found = read(b"\xef\xbb\xbf" + BODY.encode())
    assert found.text == BODY
    assert found.content == b"\xef\xbb\xbf" + BODY.encode()


@pytest.mark.parametrize(
    ("encoding", "note"), [("utf-16", ""), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("cp1252", "Windows-1252")]
)
def test_other_encodings_are_read_and_stand_as_utf_8(read, encoding, note):
    found = read(BODY.encode(encoding))
    assert found.text == BODY
    assert found.content == BODY.encode()
    assert len(found.notes) == bool(note)
    assert note in " ".join(found.notes)


def test_a_page_with_a_damaged_byte_keeps_its_quotation_marks_and_is_noted(read):
    markup = f"<html><head><meta charset='utf-8'></head><body><p>{'</p><p>'.join(PARAGRAPHS)}</p></body></html>"
    found = read(markup.encode().replace(b"Reed", b"Re\xffed"), "page.html")
    assert "“We have waited for thirty years,”" in found.text
    assert "1 characters are replaced by \ufffd" in found.notes[0]


def test_a_page_that_begins_with_many_comments_is_recognised_at_once(read):
    assert "Reed" in read("<!-- a --> " * 200 + page(), "page.html").text


def test_an_encoding_that_cannot_be_read_is_passed_over(read):
    assert "Reed" in read(b"<html><head><meta charset=undefined></head><body>\x93" + BODY.encode() + b"</body>").text


def test_lines_broken_to_a_width_are_paragraphs_with_the_same_offsets(read):
    broken = "\n\n".join(textwrap.fill(paragraph, 40) for paragraph in PARAGRAPHS) + "\n"
    found = read(broken)
    assert len(found.text) == len(broken)
    assert [line for line in found.text.split("\n") if line] == list(PARAGRAPHS)
    assert found.content == broken.encode()
    assert "broken to a width" in found.notes[0]


def test_what_a_plain_text_prints_about_itself_is_found(read):
    found = read(
        f"Harbour minister rules out toll\n\nBy Ada Wren\n\nMonday, March 4, 2019\n\n{BODY}\n© 2019 The Quay Courier"
    )
    assert found.title == "Harbour minister rules out toll"
    assert found.byline == "Ada Wren"
    assert found.outlet == "The Quay Courier"
    assert found.published == Dating.parse("2019-03-04")
    assert found.published_basis == "printed in the article"
    assert found.notes == ()
    assert prose(found) == list(PARAGRAPHS)


def test_labelled_lines_say_what_they_hold(read):
    found = read(
        f"Title: Ferries stay free\nOutlet: Quay Courier\nAuthor: Ada Wren\nDate: 04.03.2019\nURL: {URL}\n\n{BODY}"
    )
    assert (found.title, found.outlet, found.byline, found.url) == (
        "Ferries stay free",
        "Quay Courier",
        "Ada Wren",
        URL,
    )
    assert found.published == Dating.parse("2019-03-04")


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("04.03.2019", "2019-03-04"),
        ("Date 04.03.2019", "2019-03-04"),
        ("2019-03-04", "2019-03-04"),
        ("4 March 2019, 18:20 GMT", "2019-03-04"),
        ("Published: March 4, 2019 at 6:20 p.m.", "2019-03-04"),
        ("Mon 4th Mar 2019", "2019-03-04"),
        ("Published on 4 March 2019 | Updated on 6 March 2019", "2019-03-04"),
        ("By Ada Wren | March 4, 2019", "2019-03-04"),
        ("31/03/2019", "2019-03-31"),
        ("March 2019", "2019-03"),
        ("Last updated: March 6, 2019", "../2019-03-06"),
        ("LIVE  Updated 6 March 2019 19:14 GMT", "../2019-03-06"),
        ("Port Gale (AFP) – 24/03/2019 - 18:07", "2019-03-24"),
        ("Tue 5 Mar 2019 12.30 GMT\nLast modified on Wed 6 Mar 2019 18.00 GMT", "2019-03-05"),
        ("By Ada Wren. Published March 4, 2019. Updated March 6 at 6:12 pm", "2019-03-04"),
        ("Posted on March 4, 2019 by Ada Wren", "2019-03-04"),
        ("March 4, 2019 / 12:30 PM / 4 years ago", "2019-03-04"),
        ("Updated 1830 GMT (0230 HKT) March 4, 2019", "../2019-03-04"),
        ("31.02.2019", None),
        ("March 4", None),
    ],
)
def test_the_day_that_is_printed_is_read_with_its_precision(read, line, edtf):
    found = read(f"Harbour minister rules out toll\n\n{line}\n\n{BODY}")
    assert (found.published and found.published.edtf) == edtf
    assert bool(found.published_basis) == bool(edtf)


def test_a_day_that_two_countries_read_differently_is_either(read):
    found = read(f"Harbour minister rules out toll\n\n04/03/2019\n\n{BODY}")
    assert found.published == Dating.parse("2019-03-04/2019-04-03")
    assert "day and month or as month and day" in found.notes[0]


def test_a_weekday_that_does_not_fit_makes_the_day_doubtful(read):
    found = read(f"Harbour minister rules out toll\n\nFriday, March 4, 2019\n\n{BODY}")
    assert found.published == Dating.parse("2019-03-04?")
    assert "was no Friday" in found.notes[0]


def test_of_several_days_none_is_chosen(read):
    found = read(f"Harbour minister rules out toll\n\nMarch 4, 2019\n\nMarch 6, 2019\n\n{BODY}")
    assert found.published is None
    assert "4 March 2019 and 6 March 2019" in found.notes[0]


def test_a_day_above_the_headline_may_be_when_the_page_was_saved(read):
    found = read(f"Saturday, November 21, 2026\n\nHarbour minister rules out toll\n\nMarch 4, 2019\n\n{BODY}")
    assert found.published == Dating.parse("2019-03-04")
    alone = read(f"Saturday, November 21, 2026\n\nHarbour minister rules out toll\n\n{BODY}")
    assert alone.published == Dating.parse("2026-11-21")
    assert "may be the day on which the page was saved" in alone.notes[0]


@pytest.mark.parametrize(
    "below",
    [
        "More stories\n\nReed says minister must resign\n\nMarch 8, 2019",
        "Reed says minister must resign\nMarch 8, 2019",
    ],
)
def test_the_day_of_another_story_is_not_the_articles(read, below):
    found = read(f"Harbour minister rules out toll\n\n{BODY}\n{below}\n")
    assert (found.published, found.published_basis) == (None, "")


def test_a_dateline_gives_the_agency_and_with_a_year_the_day(read):
    found = read(f"Harbour minister rules out toll\n\nSANDHOLM, March 4, 2019 (Quay) - {BODY}")
    assert (found.outlet, found.published, found.published_basis) == (
        "Quay",
        Dating.parse("2019-03-04"),
        "the dateline of the article",
    )
    assert "name another" in found.notes[0]
    slashed = read(f"SANDHOLM, March 4. /QUAY/. {BODY}")
    assert (slashed.outlet, slashed.published) == ("QUAY", None)


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Ada Wren in Sandholm", "Ada Wren"),
        ("By Ada Wren and Otto Finch, CNN", "Ada Wren and Otto Finch"),
        ("By Ada Wren. Published March 4, 2019", "Ada Wren"),
        ("Posted by Ada Wren on March 4, 2019", "Ada Wren"),
        ("Posted on March 4, 2019 by Ada Wren", "Ada Wren"),
        ("Text: Ada Wren", "Ada Wren"),
        ("Words by Ada Wren", "Ada Wren"),
        ("Interview conducted by Ada Wren", "Ada Wren"),
        ("Ada Wren\nHarbour correspondent @adawren\nMonday 4 March 2019", "Ada Wren"),
        ("Ada Wren in Northport and Łucja Finch in Gdynia\nMarch 4, 2019", "Ada Wren and Łucja Finch"),
        ("March 4, 2019\nAda Wren, Sandholm", "Ada Wren, Sandholm"),
        ("Ada Wren, Otto Finch\n\n3 Min Read", "Ada Wren, Otto Finch"),
        ("Ada Wren in Northport", "Ada Wren"),
        ("Lena Brook in Sandholm", ""),
        ("By BBC News", ""),
        ("By our staff", ""),
        ("By RFE/RL's Island Service", ""),
        ("Reuters", ""),
    ],
)
def test_who_wrote_it_is_read_and_an_agency_is_nobody(read, line, byline):
    assert read(f"Minister rules out toll on ferries\n\n{line}\n\n{BODY}").byline == byline


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (f"AP NEWS\nWorld\nMinister rules out toll\n\n{BODY}", "AP"),
        (f"BBC\nHome News Sport Weather\nMinister rules out toll\n\n{BODY}", "BBC News"),
        (f"The Quay Courier\nNews  Sport  Culture\n\nMinister rules out toll\n\n{BODY}", "The Quay Courier"),
        (
            f"Island Affairs\n\nMinister rules out toll\n\n{BODY}\nAda Wren is an editor at Island Affairs.",
            "Island Affairs",
        ),
        (f"Ferry Matters\n\nMinister rules out toll\nhttps://ferry-matters.example/a/toll\n\n{BODY}", "Ferry Matters"),
        (f"Minister rules out toll\n\n{BODY}\n© 2019 Island Media BV. All rights reserved.", "Island Media"),
        (f"Minister rules out toll\n\n{BODY}\nCopyright (c)2019. RFE/RL, Inc. Reprinted with permission.", "RFE/RL"),
        (f"Minister rules out toll\n\n{BODY}\nWith reporting by RFE/RL's Ada Wren, AFP, and Reuters", "RFE/RL"),
        (f"Minister rules out toll\nBy Ada Wren, CNN\n\n{BODY}", "CNN"),
        (f"Minister rules out toll\n\n{BODY}\nhttps://www.theguardian.com/world/2019/mar/04/toll", "The Guardian"),
        (f"Minister rules out toll | The Quay Courier\n\n{BODY}", "The Quay Courier"),
        (f"Minister rules out toll\n\nMarch 4 (Reuters) - {BODY}", "Reuters"),
        (f"Minister rules out toll\n\nBERLIN (dpa) - {BODY}", "dpa"),
        (f"Minister rules out toll\n\n{BODY}\nDER SPIEGEL: Ms. Brook, will they pay?\n\nBrook: Never.", "Der Spiegel"),
        (f"Minister rules out toll\nSource: Xinhua| 2019-03-04 12:30:05|Editor: Otto Finch\n\n{BODY}", "Xinhua"),
        (f"Minister rules out toll\n© Otto Finch/TASS\n\n{BODY}", ""),
        (f"Minister rules out toll\n© Getty Images\n\n{BODY}", ""),
        (f"Lena Brook\nImage: Quay Pictures\nMinister rules out toll\n\n{BODY}", ""),
        (f"Daily news\n\nMinister rules out toll\n\n{BODY}", ""),
    ],
)
def test_the_outlet_is_what_the_page_names_as_its_own_and_never_whose_picture_it_is(read, text, outlet):
    assert read(text).outlet == outlet


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Minister rules out toll on ferries - Quay | quay.example\nMinister rules out toll on ferries", ""),
        ("Minister rules out toll on ferries | The Quay Courier", ""),
        ("Minister rules out toll on ferries\n1 of 4\nThe port of Sandholm. (AP Photo/Otto Finch)", ""),
        ('Harbour minister Lena Brook: "We will not wait"', 'Harbour minister Lena Brook: "We will not wait"'),
        ("Subject: Minister rules out toll on ferries\nDate: Mon, 4 Mar 2019 12:30:00 +0000", ""),
    ],
)
def test_the_title_is_the_headline_alone(read, head, title):
    assert read(f"{head}\n\n{BODY}").title == (title or "Minister rules out toll on ferries")


def test_a_page_names_its_outlet_in_the_title_of_its_window(read):
    assert read(page(), "a.html").outlet == "The Quay Courier"
    other = page().replace("| The Quay Courier</title>", "| Europe</title>")
    assert read(other, "a.html").outlet == ""


def test_the_only_day_on_a_live_page_is_its_own(read):
    posts = "".join(f"<time datetime='2019-03-04T1{hour}:00Z'>1{hour}:00</time>" for hour in range(3))
    assert read(page(posts), "a.html").published == Dating.parse("2019-03-04")


def test_an_outlet_known_by_its_address_alone_is_noted(read):
    found = read(BODY, url=URL)
    assert found.outlet == "quaycourier.example"
    assert "by its address alone" in found.notes[0]
    assert read(BODY, url="https://web.archive.org/web/2019/toll").outlet == ""


def test_the_day_in_an_address_that_is_printed_is_the_articles(read):
    found = read(f"Minister rules out toll\n\n{URL}\n\n{BODY}")
    assert (found.published, found.published_basis) == (
        Dating.parse("2019-03-04"),
        "the date in the address of the page",
    )
    named = read(f"Minister rules out toll\n\nhttps://www.theguardian.com/world/2019/mar/04/toll\n\n{BODY}")
    assert named.published == Dating.parse("2019-03-04")


def test_days_below_the_headlines_of_others_are_theirs(read):
    others = "More on this story\nReed: Brook must go\nPublished 6 March 2019\nMayor quits\nPublished 7 March 2019"
    found = read(f"Minister rules out toll\n\nPublished 4 March 2019\n\n{BODY}\n{others}\n")
    assert (found.published, found.notes) == (Dating.parse("2019-03-04"), ())


def test_what_is_not_printed_stays_empty(read):
    found = read(BODY)
    assert (found.outlet, found.title, found.byline, found.url, found.published, found.published_basis) == (
        *[""] * 4,
        None,
        "",
    )


# What the curator tells.


def test_what_the_curator_tells_wins_and_a_contradiction_is_noted(read):
    text = f"Harbour minister rules out toll\n\nMarch 4, 2019\n\n{BODY}"
    found = read(text, title="Ferries stay free", outlet="The Quay Courier", published="2019-03-05", url=URL)
    assert (found.title, found.outlet, found.url) == ("Ferries stay free", "The Quay Courier", URL)
    assert (found.published, found.published_basis) == (Dating.parse("2019-03-05"), "given by the curator")
    assert len(found.notes) == 2
    assert "Harbour minister rules out toll" in found.notes[0]
    assert "printed in the article: 4 March 2019" in found.notes[1]


def test_what_the_curator_tells_and_the_article_prints_too_keeps_its_basis(read):
    found = read(f"Ferries stay free\n\nMarch 4, 2019\n\n{BODY}", published="2019-03-04", title="Ferries stay free")
    assert (found.published_basis, found.notes) == ("printed in the article", ())


def test_a_day_in_the_address_is_taken_where_nothing_else_gives_one(read):
    found = read(BODY, url=URL)
    assert (found.published, found.published_basis) == (
        Dating.parse("2019-03-04"),
        "the date in the address of the page",
    )
    assert read(BODY, url="https://quaycourier.example/2019/13/44/x").published is None


# Web pages.


def test_a_page_gives_its_article_a_paragraph_a_line_whatever_the_file_is_called(read):
    found = read(page(), name="article.txt")
    assert prose(found) == list(PARAGRAPHS)
    assert found.text.startswith("Harbour minister rules out toll on ferries\n\nThe harbour")
    assert found.content == found.text.encode()
    assert "Mayor" not in found.text


def test_a_standfirst_a_short_quotation_and_a_list_are_not_lost(read):
    standfirst = "Lena Brook says that the islands “will never pay” for their only link."
    told = "Brook made promises:"
    items = ["“Every ferry will run in winter.”", "“No islander will pay.”"]
    listed = "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    found = read(page(f"<p class='standfirst'>{standfirst}</p>", f"<p>“No.”</p><p>{told}</p>{listed}"))
    assert prose(found) == [standfirst, "“No.”", told, *(f"• {item}" for item in items), *PARAGRAPHS]
    assert f"• {items[0]}\n• {items[1]}" in found.text


def test_headings_are_furniture_because_the_page_says_so(read):
    found = read(page(f"<p>{PARAGRAPHS[0]}</p><h2>Brook said no and meant it</h2>"))
    assert {found.text[slice(*one.span)]: one.why for one in found.furniture} == {
        "Harbour minister rules out toll on ferries": "headline",
        "Brook said no and meant it": "heading",
    }


def test_captions_and_links_to_other_stories_do_not_melt_into_the_prose(read):
    figure = "<figure><img src='x'><figcaption>Lena Brook says “no” in Sandholm.</figcaption></figure>"
    link = "<p><a href='/r'>Islanders march on the ministry</a></p>"
    aside = "<aside class='related'><h3>Related</h3><a href='/x'>Reed says minister must resign</a></aside>"
    assert prose(read(page(figure, f"<p>{PARAGRAPHS[0]}</p>", link, aside))) == [PARAGRAPHS[0], *PARAGRAPHS]


def test_a_pull_quote_stands_alone_with_its_signature(read):
    pulled = "<blockquote><p>“They will never pay”</p><cite>Lena Brook</cite></blockquote>"
    assert prose(read(page(f"<p>{PARAGRAPHS[0]}</p>{pulled}")))[1:3] == ["“They will never pay”", "— Lena Brook"]


def test_a_block_quotation_without_marks_gets_them_and_a_note_says_so(read):
    quoted = "<blockquote>We have seen this budget before, and it was empty then.</blockquote>"
    found = read(page(f"<p>{PARAGRAPHS[0]}</p>{quoted}"))
    assert "“We have seen this budget before, and it was empty then.”" in prose(found)
    assert "the text has them added" in found.notes[0]


def test_paragraphs_parted_by_line_breaks_alone_are_told_apart(read):
    text = "<br><br>".join(PARAGRAPHS).replace("Lena Brook", "Lena<br>Brook")
    assert prose(read(f"<html><body><table><tr><td>{text}</td></tr></table></body></html>")) == list(PARAGRAPHS)


def test_a_page_states_outlet_title_author_day_and_address(read):
    head = linked_data(
        headline="Harbour minister rules out toll on ferries",
        datePublished="2019-03-04T18:20:00Z",
        dateModified="2019-03-09T08:00:00Z",
        author=[{"@type": "Person", "name": "Ada Wren"}, {"@type": "Person", "name": "Otto Finch"}],
        publisher={"@type": "Organization", "name": "The Quay Courier"},
        url=URL,
    )
    found = read(page(head=head))
    assert (found.outlet, found.title) == ("The Quay Courier", "Harbour minister rules out toll on ferries")
    assert (found.byline, found.url) == ("Ada Wren, Otto Finch", URL)
    assert (found.published, found.published_basis) == (Dating.parse("2019-03-04"), "the page's own metadata")
    assert found.notes == ()


def test_an_author_is_read_from_the_element_that_says_so(read):
    signed = "<div><span class='journalist'>Ada Wren</span> <span class='foto'>Foto: Otto Finch</span></div>"
    assert read(page(signed), "a.html").byline == "Ada Wren"
    agency = "<div><span class='journalist'>BBC News</span></div>"
    assert read(page(agency), "a.html").byline == ""


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='2019-03-04T18:20:00+01:00'>",
        "<meta name='DC.date.issued' content='2019-03-04'>",
        "<meta name='pubdate' content='20190304'>",
        "<meta name='date' content='Mon, 04 Mar 2019 18:20:00 GMT'>",
        "<meta name='date' content='March 4, 2019'>",
    ],
)
def test_a_day_is_read_from_the_forms_that_pages_use(read, head):
    assert read(page(head=head)).published == Dating.parse("2019-03-04")


def test_a_marked_time_is_the_day_and_one_of_several_is_not(read):
    times = "<time datetime='2019-03-04'>Monday</time>"
    assert read(page(times)).published == Dating.parse("2019-03-04")
    assert read(page(times, "<time datetime='2018-01-01'>New Year</time>")).published is None
    marked = "<time itemprop='datePublished' datetime='2019-03-05'>Tuesday</time>"
    assert read(page(times, marked)).published == Dating.parse("2019-03-05")


def test_no_day_is_made_up_for_a_page_without_one(read):
    found = read(page(f"<p>{PARAGRAPHS[2]} The plan dates from 2014.</p>"))
    assert (found.published, found.published_basis) == (None, "")


def test_a_system_without_a_date_does_not_say_1970(read):
    assert read(page(head="<meta name='date' content='1970-01-01T00:00:00Z'>")).published is None


def test_a_printed_day_that_contradicts_the_metadata_makes_it_doubtful(read):
    head = "<meta property='article:published_time' content='2020-11-01T00:00:00Z'>"
    found = read(page("<p>March 4, 2019</p>", head=head))
    assert found.published == Dating.parse("2020-11-01?")
    assert "the page prints 4 March 2019, its metadata say 1 November 2020" in found.notes[0]


def test_a_printed_day_next_to_that_of_the_metadata_is_the_same_on_another_clock(read):
    head = "<meta property='article:published_time' content='2019-03-03T23:30:00Z'>"
    found = read(page("<p>March 4, 2019</p>", head=head))
    assert (found.published, found.published_basis) == (Dating.parse("2019-03-04"), "printed in the article")
    assert "clocks of two zones" in found.notes[0]


def test_metadata_that_contradict_one_another_are_doubtful(read):
    head = "<meta name='date' content='2021-05-01'>" + linked_data(datePublished="2019-03-04")
    found = read(page(head=head))
    assert found.published == Dating.parse("2019-03-04?")
    assert "several dates: 4 March 2019, 1 May 2021" in found.notes[0]


def test_the_address_a_browser_noted_is_used_where_the_page_has_none(read):
    noted = f"<!-- saved from url=(0051){URL} -->"
    assert read(page().replace("<html", f"{noted}<html", 1)).url == URL
    elsewhere = read(
        page(head="<link rel='canonical' href='https://wire.example/a/1'>").replace("<html", f"{noted}<html", 1)
    )
    assert elsewhere.url == URL
    assert "gives https://wire.example/a/1" in " ".join(elsewhere.notes)


def test_broken_linked_data_are_passed_over(read):
    head = (
        "<script type='application/ld+json'>{'headline': </script><script type='application/ld+json'>["
        + "[" * 5000
        + "</script>"
    )
    assert read(page(head=head)).title == "Harbour minister rules out toll on ferries"


def mhtml():
    return (
        (
            f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {URL}\r\nSubject: x\r\n"
            "Date: Sat, 21 Nov 2026 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--B"\r\n\r\n----B\r\n'
            "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        ).encode()
        + quopri.encodestring(page().encode())
        + b"\r\n----B--\r\n"
    )


def webresource(data, encoding):
    return {"WebResourceData": data, "WebResourceURL": URL, "WebResourceTextEncodingName": encoding}


def webarchive():
    return plistlib.dumps({"WebMainResource": webresource(page().encode(), "UTF-8")}, fmt=plistlib.FMT_BINARY)


@pytest.mark.parametrize("content", [mhtml(), webarchive()], ids=["MHTML", "webarchive"])
def test_a_page_that_a_browser_saved_as_one_file_is_read(read, content):
    found = read(content, name="page")
    assert prose(found) == list(PARAGRAPHS)
    assert found.url == URL
    assert (found.published, found.published_basis) == (
        Dating.parse("2019-03-04"),
        "the date in the address of the page",
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"text/html\r\n", b"text/html; charset=x-nobody\r\n"),
        (b"text/html\r\n", b"text/html; charset=a\0b\r\n"),
        (b"text/html\r\n", b"text/html; charset=punycode\r\n"),
        (b"text/html\r\n", b"text/html; " + b"(" * 5_000 + b"\r\n"),
        (b"text/html\r\n", b"text/html" + b"".join(b"; p%d=x" % n for n in range(20_000)) + b"\r\n"),
        (b"Subject: x", b"Date: 99999999999999999999\r\nMessage-ID: <[x>@\r\nTo: a@[b"),
    ],
    ids=["no encoding", "null", "no page's", "nested comments", "many parameters", "odd headers"],
)
def test_a_bundle_with_damaged_headers_is_read_all_the_same(read, old, new):
    content = mhtml()
    assert content.count(old) == 1
    assert prose(read(content.replace(old, new))) == list(PARAGRAPHS)


def bundle(*parts: bytes) -> bytes:
    return b"Content-Type: multipart/related; boundary=b\n\n" + b"".join(b"--b\n" + part for part in parts) + b"\n--b--"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (bundle(*3_000 * [b"Content-Type: text/plain\n\nx\n"]), "without its text"),
        (
            b"".join(b"Content-Type: multipart/related; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)),
            "cannot be read .RecursionError.",
        ),
        (bundle(b"Content-Type: message/rfc822\n\n" * 3_000), "cannot be read .RecursionError."),
        (bundle(b"Content-Type: text/html; charset*=utf-8'en'%C3%28; charset*0=x\n\n<p>x</p>"), "cannot be read"),
        (bundle(b"Content-Type: text/html\nContent-Transfer-Encoding: x-uuencode\n\nbegin 6\nM"), "no article"),
        (bundle(b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n!=!="), "no article"),
    ],
    ids=["no page", "nested", "messages in messages", "mangled charset", "no uuencoding", "no base64"],
)
def test_a_crafted_bundle_is_refused_in_a_sentence(read, content, sentence):
    with pytest.raises(DraftError, match=f"^article.txt: .*{sentence}"):
        read(content)


def test_an_encoding_that_is_none_of_a_page_makes_no_half_characters(read):
    plain = page("<p>It was +2AA- odd.</p>").encode("ascii", "xmlcharrefreplace")
    part = b"Content-Type: text/html; charset=UTF-7\n\n"
    for content in (bundle(part + plain), plistlib.dumps({"WebMainResource": webresource(plain, "utf-7")})):
        found = read(content)
        assert found.content == found.text.encode()
        assert "It was +2AA- odd." in found.text


def test_how_a_page_within_a_bundle_was_decoded_is_noted(read):
    latin = page().encode("cp1252")
    (note,) = read(bundle(b"Content-Type: text/html\n\n" + latin)).notes
    assert "read as Windows-1252" in note
    assert read(bundle(b"Content-Type: text/html; charset=windows-1252\n\n" + latin)).notes == ()


def test_an_encoding_with_a_null_character_in_its_name_is_passed_over(read):
    content = plistlib.dumps({"WebMainResource": webresource(page().encode(), "a\0b")}, fmt=plistlib.FMT_BINARY)
    assert prose(read(content)) == list(PARAGRAPHS)


def test_a_page_in_xml_or_in_another_encoding_is_read(read):
    assert prose(read('<?xml version="1.0" encoding="utf-8"?>\n' + page(), name="page.xhtml")) == list(PARAGRAPHS)
    declared = page(head="<meta charset='windows-1252'>")
    assert prose(read(declared.encode("cp1252"))) == list(PARAGRAPHS)


# What no article can be drafted from.


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n ", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        (b"%PDF-1.7 ...", "PDF document"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"PK\x03\x04......word/document.xml", "Word document"),
        (b"PK\x03\x04......other", "compressed"),
        (b"{\\rtf1 Hello}", "RTF"),
        (bytes(range(256)) * 20, "holds no text"),
        (b"bplist00 and nothing else", "property list"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n", "without its text"),
        (b'<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>', "is XML"),
        (b"\xff\xfe\x00\xd8x", "damaged"),
        (b"<html></html>", "no article that can be made out"),
        (b"<!doctype html><" + b"<" * 50_000, "no article that can be made out"),
        (BODY.encode() * 40_000, "an article has at most 1,000,000"),
        (b"<html><body>" + b"<p>Word after word after word.</p>" * 50_000, "an article has at most 1,000,000"),
    ],
)
def test_what_is_no_article_is_refused_in_a_sentence(read, content, sentence):
    with pytest.raises(DraftError, match=sentence) as refused:
        read(content)
    assert str(refused.value).startswith("article.txt: ")
    assert str(refused.value).endswith((".", "article"))


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            "<p>We and our 412 partners store information on your device, such as cookies.</p>"
            "<p>You may withdraw your consent at any time in the settings at the bottom of this page.</p>",
            "cookie notice",
        ),
        ("<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>", "JavaScript"),
        ("<p>Please enable JavaScript and cookies to continue.</p>", "JavaScript"),
        ("<h1>Ferries</h1><p>Subscribe to continue reading. Already a subscriber? Log in.</p>", "subscribe"),
        ("<p>Checking your browser before you proceed to the Quay Courier.</p>", "robots"),
        ("<h1>404</h1><p>The page you are looking for cannot be found.</p>", "an error"),
    ],
)
def test_a_page_behind_a_wall_says_what_to_do(read, body, sentence):
    with pytest.raises(DraftError, match=rf"holds .*{sentence}.*(?:save|log in)"):
        read(f"<html><head><title>Quay</title></head><body>{body}</body></html>")


def test_an_article_about_cookies_is_an_article(read):
    text = (
        "The regulator said on Monday that cookies must be refused as easily as accepted, whatever a page is for.\n\n"
    )
    assert read(text * 3).text == text * 3


def test_the_beginning_of_an_article_above_a_paywall_is_read_with_a_note(read):
    found = read(
        f"<html><body><article><h1>Ferries</h1><p>{PARAGRAPHS[0]}</p><p>Subscribe to continue reading.</p></article>"
    )
    assert prose(found) == [PARAGRAPHS[0]]
    assert "may go on where this text ends" in found.notes[-1]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN * 2, "German"),
        ("Министр порта заявил в понедельник, что паромы останутся бесплатными для всех на островах.", "Russian"),
        (f"Minister rules out toll\n\n{GERMAN}", "German"),
        ("Der Minister sagte am Montag, dass es keine Maut gibt.", "German"),
    ],
)
def test_an_article_that_is_not_english_is_refused_by_name(read, text, language):
    with pytest.raises(UserFacingError, match=f"seems to be in {language}.*Nothing was drafted"):
        read(text)


def test_plain_english_is_known_without_a_model(monkeypatch):
    monkeypatch.setattr(language, "_identifier", None)
    prose = (
        "The harbour was closed for a week, and those who had been waiting for their ships said that it was too long."
    )
    norse = "Bjørn Ås, ordfører i Ålesund, svarte ikke på spørsmål om hva som hendte her på torsdag."
    assert language.languages([*6 * [prose], norse]) == {"en": 1.0}
    with pytest.raises(TypeError):
        language.languages([prose, norse])


def test_an_english_article_that_quotes_another_language_is_english(read):
    assert read(BODY * 4 + GERMAN).notes == ()


@pytest.mark.parametrize("text", ["“No,” he said.", "NATO.", "Stoltenberg, Lavrov, Putin, Merkel"])
def test_a_very_short_text_is_given_the_benefit_of_the_doubt(read, text):
    assert read(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "\u202bHe said\u202c: \u200f“We will stay,” and\u200b he meant it, on the islands and in the harbour.",
        BODY.replace("ministry", "mini\0stry"),
        "“" * 500,
        "\u2028".join(PARAGRAPHS),
        "a" * 300_000,
        "😀 “Yes,” she said.",
        BODY + " " * 500_000 + "\n\n" + BODY,
    ],
)
def test_odd_characters_keep_their_offsets(read, text):
    found = read(text)
    assert found.text == text
    assert len(blank(found.text, found.furniture)) == len(text)


@pytest.mark.parametrize(
    "markup",
    [
        page().replace("</p>", "").replace("</article>", "").replace("</div>", ""),
        page("<script>if (a < b) { document.write('<p>“x” he said</p>') }</script>" * 2_000),
        page("<div>" * 200 + "</div>" * 200),
        page("<span>" * 150),
        page("\0<p>\ufffe</p>"),
        page(f"<img src='data:image/png;base64,{'A' * 3_000_000}'>"),
    ],
    ids=["unclosed", "scripts", "nested", "unclosed and nested", "no characters", "pictures inside"],
)
def test_damaged_and_hostile_markup_is_put_up_with(read, markup):
    assert set(PARAGRAPHS) <= set(prose(read(markup)))


def test_markup_nested_deeper_than_any_page_is_refused(read):
    with pytest.raises(DraftError, match="no article that can be made out"):
        read("<html><body>" + "<div>" * 20_000 + f"<p>{PARAGRAPHS[0]}</p>")


def test_what_cannot_be_opened_says_why(tmp_path):
    with pytest.raises(DraftError, match="is a folder"):
        manuscript.read(tmp_path)
    with pytest.raises(DraftError, match="no such file"):
        manuscript.read(tmp_path / "none.txt")
    with pytest.raises(DraftError, match="cannot be read"):
        manuscript.read(tmp_path / ("x" * 5_000))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DraftError, match="no ordinary file"):
        manuscript.read(tmp_path / "pipe")
    (tmp_path / "large").touch()
    os.truncate(tmp_path / "large", MAX_FILE + 1)
    with pytest.raises(DraftError, match="has 60 MB"):
        manuscript.read(tmp_path / "large")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text(BODY)
    path.chmod(stat.S_IWUSR)
    with pytest.raises(DraftError, match="may not be read"):
        manuscript.read(path)


def test_the_longest_text_that_is_read_takes_seconds(read):
    text = (BODY * 4_000)[: MAX_TEXT - 1]
    assert read(text).text == text
