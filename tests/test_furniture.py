"""What is not the article's prose is blanked out, and nothing else."""

import os
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.intake.furniture import blank, find

PROSE = (
    "The harbour ministry will not charge for the ferries, minister Lena Brook told the island council on Monday.",
    "“We have waited for thirty years,” she said. “We will not wait any longer.”",
    "Opposition leader Tom Reed said that the sums did not add up and that he would vote against them.",
    "Brook said she would publish the figures before the council meets again in April.",
)
BODY = "\n\n".join(PROSE)


def reasons(text):
    """Each line that is furniture, and why."""
    return {text[slice(*one.span)]: one.why for one in find(text)}


def left(text):
    """The lines that stay."""
    return [line.strip() for line in blank(text, find(text)).splitlines() if line.strip()]


def amid(line):
    """An article with a line between its paragraphs."""
    return "\n\n".join((*PROSE[:3], line, PROSE[3]))


def test_prose_stays_as_it_is():
    assert find(BODY) == ()
    assert blank(BODY, find(BODY)) == BODY


@given(st.text(alphabet=st.sampled_from("aB1 .“”\"'\n\r\u2028\u200b:?•-–©“Read more: Image"), max_size=200))
def test_whatever_is_blanked_offsets_stay_true(text):
    furniture = find(text)
    blanked = blank(text, furniture)
    assert len(blanked) == len(text)
    ends = [(at, one) for at, one in enumerate(text) if one in "\n\r\u2028\u2029"]
    assert ends == [(at, one) for at, one in enumerate(blanked) if one in "\n\r\u2028\u2029"]
    assert all(before == after for before, after in zip(text, blanked, strict=True) if not after.isspace())
    spans = [one.span for one in furniture]
    assert spans == sorted(spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Accessibility links", "navigation"),
        ("1. Skip to content", "navigation"),
        ("Share on Facebook", "share bar"),
        ("Facebook Twitter WhatsApp Email", "share bar"),
        ("Read more: Reed says minister must resign", "link to another story"),
        ("Watch video 02:31", "link to another story"),
        ("Image: Quay Pictures/O. Finch", "caption"),
        ("File photo", "caption"),
        ("(Photo: Reuters)", "caption"),
        ("Lena Brook in the port of Sandholm (Photo: Reuters)", "caption"),
        ("The ferry has sailed since 1961Image: Reuters/O. Finch", "caption"),
        ("Sign up for our newsletter to get the day's news in your inbox", "newsletter"),
        ("Advertisement", "advertisement"),
        ("Story continues below advertisement", "advertisement"),
        ("12 Comments", "comments"),
        ("3 min read", "comments"),
        ("Tags: ferries, islands, Lena Brook", "tags"),
        ("© 2019 The Quay Courier. All rights reserved.", "copyright"),
        ("desk@quaycourier.example", "contact"),
        ("Follow Ada Wren on Twitter @adawren", "contact"),
        ("Reporting by Ada Wren; Editing by Otto Finch", "credits"),
        ("With reporting by Ada Wren, AFP, and Reuters", "credits"),
        ("ow/fn (AFP, dpa, Reuters)", "credits"),
        ("Correction: An earlier version of this article gave another year.", "credits"),
        ("By Ada Wren and Otto Finch", "byline"),
        ("Published: March 4, 2019 18:20 GMT", "date line"),
        ("Doubts on the mainland", "heading"),
        ("'A difficult crossing'", "heading"),
        ("Towards free ferries?", "heading"),
        ("padding-left: 80px;", "markup"),
        ("Home | Islands | Weather | Podcasts", "navigation"),
        ("News Sport Weather Harbourcam Radio", "navigation"),
        ("Tom Reed says the plan is “a bridge to nowhere”. Photograph: Otto Finch/Quay Pictures", "caption"),
        ("Ferries lie in the port of Sandholm on Tuesday. (Photo: Otto Finch/Quay Pictures)", "caption"),
        ("14:20 Brook: ‘Not one penny’", "heading"),
        ("5:10 p.m. Council votes against “the bridge to nowhere”", "heading"),
        ("Support local journalism on the islands. “Cheaper than the ferry,” say our readers.", "appeal"),
        (
            "… as you have read this far, we have a small favour to ask. “News is not free,” as our editor says.",
            "appeal",
        ),
        ("Enjoyed this story? “A paper worth the paper,” writes the Northport Review.", "appeal"),
        ("Sign up to our newsletter. “It is great,” readers say.", "appeal"),
        ("It costs less than a coffee to keep our reporters at sea.", "appeal"),
        ("FACT BOX: A law of 1961 calls the ferries “the islands’ only road”.", "fact box"),
        ("((ada.wren@quay.example; +44 20 555 0100))", "credits"),
        ("Wren reported from Sandholm. Quay writer Otto Finch in Northport contributed to this report.", "credits"),
        ("This article is more than 5 years old", "credits"),
        ("412 Retweets  2,305 Likes", "share bar"),
    ],
)
def test_what_outlets_put_between_paragraphs_is_furniture(line, why):
    assert reasons(amid(line)) == {line: why}


@pytest.mark.parametrize(
    "line",
    [
        "“No.”",
        "“Never again”",
        "Why did the minister not say so before the election?",
        "Q: Will islanders ever be charged?",
        "• “Every ferry will run in winter.”",
        "• Every ferry will run in winter, the minister said",
        "Brook continued:",
        "-- Harbour Minister Lena Brook",
        "He shares that view.",
        "Contact between the two sides broke off in March, Reed said.",
        "Read my lips: there will be no toll, the minister said on Monday to applause from the islanders.",
        "The image: a minister who cannot count, Reed said.",
        "According to a Reuters/Ipsos poll, most islanders agree.",
        "Search parties found the boat on Tuesday, the coast guard said.",
        "By April, Brook said, the figures will be there.",
        "Home is where the ferry lands, Brook said.",
        "Subscribers to the plan are few, he said",
        "Share the burden with us, Brook said.",
        "“You can register at the port,” she told the islanders.",
        "Reported by the coast guard, the leak was a small one, Brook said.",
        "This report was published in March, Reed said.",
        "Search goes on, he said.",
        "Background: Brook said in 2017 that no islander would ever pay.",
        "Jump to no conclusions, she added.",
        "Support from our readers was what kept him going, Reed told the council.",
        "Join a club of journalists, she told him, and you will hear it all.",
        "Like a good journalist, Reed said, he had counted the boats himself.",
        "Reed said that he had seen it in a Photo by Reuters and that he believed it.",
    ],
)
def test_what_somebody_may_have_said_is_not(line):
    assert line in left(amid(line))


def test_the_headline_is_furniture_and_the_line_below_it_that_says_who_said_what_is_not():
    standfirst = "Minister Lena Brook says the islands “will never pay” for the only link that they have"
    text = f"Harbour minister rules out toll\n\n{standfirst}\n\nBy Ada Wren\n\nMarch 4, 2019\n\n{BODY}"
    assert reasons(text) == {
        "Harbour minister rules out toll": "headline",
        "By Ada Wren": "byline",
        "March 4, 2019": "date line",
    }
    assert left(text) == [standfirst, *PROSE]


def test_the_line_below_the_headline_that_says_who_said_what_is_not_even_without_a_full_stop():
    standfirst = "According to the harbour minister, tolls are off the table"
    text = f"Minister rules out toll\n{standfirst}\n\n{BODY}"
    assert left(text) == [standfirst, *PROSE]


def test_rows_of_sections_and_the_name_of_the_outlet_are_not_the_headline():
    head = (
        "The Quay Courier\nTHE ISLANDS' VOICE SINCE 1961\nBecome a member\nNews / Islands / Opinion / Ferry Life\n"
        "Top Stories   Weather   Video   Listen\nThe long read  Ferries\n"
    )
    text = f"{head}Brook: Islanders will never pay, whatever Reed says\nMarch 4, 2019\n\n{BODY}"
    why = reasons(text)
    assert why["Brook: Islanders will never pay, whatever Reed says"] == "headline"
    assert why["The Quay Courier"] == "masthead"
    assert left(text) == list(PROSE)


def test_a_notice_above_the_headline_does_not_hide_it():
    notice = "Our ferry timetable has moved, and readers will find it on the last page of the paper from now on."
    text = f"{notice}\n\nMinister rules out toll on ferries\nBy Ada Wren\nMarch 4, 2019\n\n{BODY}"
    assert reasons(text)["Minister rules out toll on ferries"] == "headline"


def test_the_headline_is_furniture_wherever_it_is_repeated():
    text = f"Minister rules out toll\n\n{BODY}\n\nMinister rules out toll | The Quay Courier\n\n{PROSE[3]}"
    assert left(text) == [*PROSE, PROSE[3]]


@pytest.mark.parametrize(
    "points",
    [
        '* Harbour ministry to keep ferries free\n* Reed calls sums "absurd"\n* Figures due in April',
        "KEY POINTS\n• Brook said that islanders would never pay.\n• Reed said that the sums did not add up.",
        'Story highlights\nBrook: "We will not wait"\nReed calls the sums absurd',
    ],
)
def test_points_above_the_article_that_sum_it_up_are_furniture(points):
    assert left(f"Minister rules out toll\n\n{points}\n\n{BODY}") == list(PROSE)


def test_a_list_of_what_somebody_said_is_prose_wherever_it_stands():
    said = ["The minister told the Courier:", "• The ferries will run in winter", "• Nobody will ever be charged"]
    listed = "\n".join(said)
    assert left(f"Minister rules out toll\n\n{listed}\n\n{BODY}") == [*said, *PROSE]
    assert left("\n\n".join((*PROSE[:2], listed, *PROSE[2:]))) == [*PROSE[:2], *said, *PROSE[2:]]


@pytest.mark.parametrize(
    "pulled",
    [
        "“We will not wait any longer, and nor will the islands”",
        "We will not wait any longer, and nor will the islands”\n-- Harbour Minister Lena Brook",
        "“We will not wait any longer, and nor will the islands” — Lena Brook",
        "“We will not wait any longer, and nor will the islands”Lena Brook",
        "“We have waited for thirty years. We will not wait any longer, and nor will the islands”\nLena Brook",
    ],
)
def test_a_pull_quote_that_the_body_has_too_is_furniture_and_the_bodys_stays(pulled):
    said = "“We have waited for thirty years,” Brook said. “We will not wait any longer, and nor will the islands.”"
    assert left("\n\n".join((PROSE[0], said, PROSE[2], pulled, PROSE[3]))) == [PROSE[0], said, *PROSE[2:]]


def test_a_pull_quote_that_the_body_does_not_have_stays():
    pulled = ["“There is no second island to move to”", "-- Harbour Minister Lena Brook"]
    assert left(amid("\n".join(pulled))) == [*PROSE[:3], *pulled, PROSE[3]]


def test_who_reported_and_edited_is_cut_off_behind_the_last_sentence():
    text = f"{BODY} (Additional reporting by Ada Wren in Sandholm; Editing by Otto Finch)"
    assert left(text) == list(PROSE)


def test_headlines_with_a_quotation_are_teasers_in_a_list_and_below_the_end():
    lists = 'Most read\n1. Ferry closes for a year\n2. Mayor of Northport: "We never closed"'
    assert left(f"{BODY}\n\n{lists}") == list(PROSE)
    below = "ow/fn (AFP, dpa)\n\nCouncil: Reed says Brook 'plays with water'\nThe leader told the press. (28.02.2019)"
    assert left(f"{BODY}\n\n{below}") == list(PROSE)
    assert left(f"{BODY}\n\n© 2019 The Quay Courier\n\nReed: minister “must go”") == list(PROSE)


def test_the_first_question_of_an_interview_is_no_heading():
    turns = [
        "Quay Courier: Minister, is the toll dead?",
        "Lena Brook: It is. It was never alive, to be frank with you.",
    ]
    assert left("\n\n".join((*PROSE, *turns))) == [*PROSE, *turns]


def test_a_short_question_behind_a_short_remark_is_no_heading():
    turns = ["The toll ends in May. Are you glad?", "No. Ask me about the ferries, there I am glad."]
    assert left("\n\n".join((*PROSE, *turns))) == [*PROSE, *turns]


def test_who_wrote_a_post_of_a_live_page_is_no_prose():
    post = "15:35 Analysis: Why the mood was better than the words\nAda Wren, Sandholm"
    assert left(amid(post)) == list(PROSE)


def test_a_section_above_the_headline_is_not_taken_for_it():
    text = f"World\n\nMinister rules out toll on ferries\n\n{BODY}"
    assert reasons(text) == {"World": "section", "Minister rules out toll on ferries": "headline"}


def test_a_headline_that_is_known_is_found_wherever_it_stands():
    text = f"{PROSE[0]}\n\nIt is over.\n\n{PROSE[1]}"
    assert [text[slice(*one.span)] for one in find(text, title="It is over")] == ["It is over."]


def test_a_first_paragraph_with_a_dateline_is_no_headline():
    text = f"SANDHOLM, March 4 (Quay) - Will the islanders ever pay for their ferries?\n\n{BODY}"
    assert find(text) == ()


def test_a_name_between_headline_and_date_is_the_author():
    text = f"Harbour minister rules out toll\n\nAda Wren\nMarch 4, 2019\n\n{BODY}"
    assert reasons(text)["Ada Wren"] == "byline"


def test_a_caption_comes_as_description_and_credit_or_twice():
    described = "Lena Brook speaks to the island council in Sandholm and raises her hand"
    assert reasons(amid(f"{described}\nImage: Quay Pictures")) == {
        described: "caption",
        "Image: Quay Pictures": "caption",
    }
    assert left(amid(f"{described}\n{described}")) == list(PROSE)
    said = "“No, no, no and no”"
    assert left(amid(f"{said}\n{said}")).count(said) == 2


def test_a_credit_leaves_the_paragraph_above_it_alone():
    lines = [*PROSE[:3], "Image: Quay Pictures", PROSE[3]]
    assert left("\n".join(lines)) == list(PROSE)


def test_who_is_quoted_above_is_no_heading():
    signature = "Lena Brook, harbour minister"
    assert signature in left(amid(f"“They will never pay for their only link”\n\n{signature}"))


def test_teasers_below_a_list_of_other_stories_are_furniture_to_the_end():
    teasers = [
        "More stories",
        "Reed says minister must resign",
        "The opposition leader said on Friday that he had seen enough of her.",
        "Mayor says the bridge is safe",
        "The mayor told islanders not to worry about the cracks.",
    ]
    assert left(BODY + "\n\n" + "\n\n".join(teasers)) == list(PROSE)


def test_the_article_goes_on_below_a_box_of_links():
    assert left("\n\n".join((*PROSE[:2], "Related:", "Reed says minister must resign", *PROSE[2:]))) == list(PROSE)


def test_a_headline_with_a_date_below_the_article_is_another_story():
    story = "Reed says minister must resign\nThe opposition leader has seen enough.\nMarch 8, 2019"
    assert left(f"{BODY}\n\n{story}") == list(PROSE)
    assert left(f"{BODY}\n\nReed says minister must resign\n\nMarch 8, 2019") == list(PROSE)


def test_many_short_lines_in_a_row_are_a_menu():
    assert left(f"World\nPolitics\nIslands\nSport\n\n{BODY}") == list(PROSE)


def test_a_dateline_alone_is_furniture_and_one_that_begins_a_sentence_is_not():
    assert reasons(f"SANDHOLM, March 4 (Quay) -\n\n{BODY}") == {"SANDHOLM, March 4 (Quay) -": "dateline"}
    assert reasons(f"SANDHOLM, Thursday 5 March [EFE]\n\n{BODY}") == {"SANDHOLM, Thursday 5 March [EFE]": "dateline"}
    assert find(f"SANDHOLM -- {BODY}") == ()


@pytest.mark.parametrize(
    "agencies", ["ANSA", "Press Trust of India", "Yonhap and Kyodo News", "AFP, dpa, Reuters", "PA"]
)
def test_whatever_an_agency_is_called_it_is_credited_by_that_name(agencies):
    credit = f"ow/fn ({agencies})"
    assert reasons(f"{BODY}\n\n{credit}") == {credit: "credits"}


def test_lines_without_blank_ones_between_are_told_apart_all_the_same():
    text = "\n".join(("Harbour minister rules out toll", *PROSE[:2], "Doubts on the mainland", *PROSE[2:]))
    assert left(text) == list(PROSE)


def test_marks_of_direction_are_blanked_around_words_and_stay_within_them():
    text = "\u202bHe said\u202c: \u200f“We\u200b will stay,” and the har\u00adbour with him.\n"
    assert blank(text, find(text)) == " He said :  “We  will stay,” and the har\u00adbour with him.\n"


@pytest.mark.parametrize("mark", ["\u2028", "\r\n", "\r"])
def test_every_kind_of_line_end_parts_lines(mark):
    text = mark.join((PROSE[0], "Advertisement", PROSE[1]))
    assert reasons(text) == {"Advertisement": "advertisement"}


def test_a_very_long_line_is_read_in_no_time():
    text = "Reporting by " + "Ada Wren, " * 100_000
    assert blank(text, find(text)).strip()


@pytest.mark.parametrize(
    "line", ["1 May 2018 " * 14 + "x", "“We will never pay for it again, Mr Reed”", "Ada Wren " * 15]
)
def test_the_same_line_over_and_over_takes_no_more_than_its_length(line):
    text = f"{line}\n\n" * 1000
    begin = time.process_time()
    find(text)
    assert time.process_time() - begin < 5


ARTICLES = os.environ.get("ONRECORD_ARTICLES", "")


@pytest.mark.skipif(not ARTICLES, reason="ONRECORD_ARTICLES does not name the folder with the collection's articles")
@pytest.mark.parametrize(
    ("file", "blanked", "kept"),
    [
        (
            "000",
            ["Medvedev says", "Read more:", "Lewis Sanders", "Dialogue with Russia"],
            ["•", "Does NATO view", "told"],
        ),
        ("001", ["Potential Thawing", "NATO Indicates"], ["did not state", "Fortunately"]),
        ("002", ["The NATO Secretary General said about"], ["firmly on the need", "— he said"]),
        ("003", ["US soldiers", "Poland is seeking to have a", "Balkan tensions"], ["In an exclusive", "accused each"]),
        (
            "004",
            ["Accessibility", "in Brussels on December 6\n", "With reporting", "-- U.S. Secretary"],
            ["BRUSSELS --", "Tillerson told"],
        ),
    ],
)
def test_the_collections_own_articles(file, blanked, kept):
    path = next(Path(ARTICLES).glob(f"{file}_*.txt"))
    text = path.read_bytes().decode()
    prose = blank(text, find(text))
    assert all(words in text and words not in prose for words in blanked)
    assert all(words in prose for words in kept)
