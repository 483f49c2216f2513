"""Cards: the whole receipt, nothing more than is known, and always within what Discord takes."""

import re
from dataclasses import replace
from datetime import date

import discord
import pytest
from discord.ui import Button, Select
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat import cards, day_cards
from bot.chat.markdown import plain
from bot.chat.presses import button, pack
from bot.chat.replies import Reply
from bot.corpus.catalogue import Counted
from bot.corpus.fields import MAX_URL
from bot.corpus.store import Mended, Totals
from bot.digest import Day, Digest, Policy
from bot.record import (
    BREAK,
    MAX_WORDING,
    Article,
    Citation,
    Collection,
    Correction,
    Dating,
    Event,
    EventStatus,
    Kind,
    Office,
    Selection,
    Source,
    Speaker,
    Statement,
    Topic,
    Wording,
)
from tests.rendered import hostile, links, markup, seen

ASKER = 2**64 - 1
TODAY = date(2026, 12, 6)
DESCRIPTION, FIELD = "embed_description", "embed_field_value"


def statement(kind=Kind.DIRECT, *pieces, said="2017-12-06", **more):
    article = Article("a", "Herald", "Talks", Dating.parse("2017-12-07"), "https://example.org/a")
    article = replace(article, **more.pop("article", {}))
    citation = Citation(article, kind, pieces or ("We talk",), Dating.parse(said) if said else None, "as printed")
    about = {key: more.pop(key) for key in ("speaker", "topics", "corrected") if key in more}
    made = Statement("s1", Speaker("ada", "Ada Berg"), (Topic("t", "talks"),), (replace(citation, **more),))
    return replace(made, **about)


def fields(embed):
    return {field.name: field.value for field in embed.fields}


def shown(made):
    return cards.statement_embed(made, "Harbour talks")


def card(reply: Reply) -> discord.Embed:
    assert reply.embed
    return reply.embed


# What a card says


def test_a_card_carries_the_whole_receipt():
    embed = shown(statement(occasion="a walk", via="AP", article={"byline": "Kim Moe"}))
    assert embed.author.name == "Ada Berg"
    assert seen(embed.description, DESCRIPTION) == "“We talk”"
    assert {name: seen(value, FIELD) for name, value in fields(embed).items()} == {
        "Said": "6 December 2017",
        "Wording": "Direct quotation",
        "Occasion": "A walk · via AP",
        "How the date is known": "As printed",
        "Source": "Herald, 7 December 2017, by Kim Moe\nTalks",
        "Topics": "talks",
    }
    assert links(fields(embed)["Source"], FIELD) == ["https://example.org/a"]
    assert embed.footer.text == "Harbour talks · s1"


@pytest.mark.parametrize(
    ("said", "name", "value"),
    [
        ("2019-12", "Said", "December 2019"),
        ("2019-12-23~", "Said", "Around 23 December 2019"),
        ("2019?", "Said", "Possibly 2019"),
        ("../2017-02-16", "Said", "On or before 16 February 2017"),
        ("2017-12-03/2017-12-04", "Said", "3–4 December 2017"),
        (None, "Reported", "7 December 2017"),
    ],
)
def test_a_date_is_as_precise_as_its_source(said, name, value):
    told = fields(shown(statement(said=said)))
    assert told[name] == value
    assert {"Said", "Reported"} & told.keys() == {name}
    assert ("How the date is known" if said else "Why no date") in told


def test_quotation_marks_stand_only_around_verbatim_words():
    read = lambda made: seen(shown(made).description, DESCRIPTION)  # noqa: E731
    assert read(statement(Kind.DIRECT, "We talk,", "and talk")) == f"“We talk,{BREAK}and talk”"
    assert read(statement(Kind.MIXED, "Berg called it “mud”.")) == "Berg called it “mud”."
    assert read(statement(Kind.INDIRECT, "Berg was against it.")) == "Berg was against it."


@pytest.mark.parametrize(
    ("kind", "wording", "badge"),
    [
        (Kind.DIRECT, Wording.ORIGINAL, "Direct quotation"),
        (Kind.DIRECT, Wording.MACHINE_TRANSLATION, "Direct quotation, machine-translated"),
        (Kind.MIXED, Wording.TRANSLATION, "Partly quoted, translated"),
        (Kind.INDIRECT, Wording.TRANSLATION, "Paraphrase, in our words"),
    ],
)
def test_the_badge_tells_the_kind_of_wording(kind, wording, badge):
    made = statement(kind, article={"wording": wording, "wording_note": "from the Russian"})
    assert fields(shown(made))["Wording"] == badge
    # A note on how quoted words were translated has no place below a paraphrase of ours.
    assert ("from the Russian" in fields(shown(made))["Source"]) == (kind is not Kind.INDIRECT)


def minister(since="2015-01-01", until="2018-01-01"):
    office = Office("Minister", "Northland", Dating.parse(since), Dating.parse(until) if until else None)
    return Speaker("ada", "Ada Berg", offices=(office,))


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("2017-12-06", "Ada Berg · Minister, Northland"),
        ("2017", "Ada Berg · Minister, Northland"),
        ("2018-01-02", "Ada Berg"),
        ("2018-01", "Ada Berg"),
        ("2014/2016", "Ada Berg"),
        ("../2017-02-16", "Ada Berg"),
    ],
)
def test_an_office_is_shown_only_where_it_covers_the_whole_dating(said, who):
    assert shown(statement(speaker=minister(), said=said)).author.name == who


def test_former_comes_only_from_the_citation():
    assert shown(statement(speaker=minister(), said="2019")).author.name == "Ada Berg"
    made = statement(speaker=minister(), said="2019", described_as="former minister")
    assert shown(made).author.name == "Ada Berg · Former minister"


def test_further_articles_and_corrections_are_told():
    made = statement(corrected=Correction(date(2020, 2, 3), "We balk", "misread"))
    elsewhere = replace(made.citation, article=replace(made.citation.article, outlet="Courier"))
    told = fields(shown(replace(made, citations=(made.citation, elsewhere))))
    assert seen(told["Also reported by"], FIELD) == "Courier, 7 December 2017\nTalks"
    assert told["Corrected on 3 February 2020"] == "misread\nIt was: We balk"


def test_a_correction_shows_where_the_wording_was_another():
    same = "and again we said that " * 60
    corrected = Correction(date(2020, 2, 3), f"{same}we balk", "misread")
    told = fields(shown(statement(Kind.INDIRECT, f"{same}we talk", corrected=corrected)))
    assert told["Corrected on 3 February 2020"].startswith("misread\nIt was: … ")
    assert told["Corrected on 3 February 2020"].endswith("again we said that we balk")


def test_a_correction_is_told_however_little_room_there_is():
    every = lambda limit: "*" * limit  # noqa: E731
    made = statement(
        Kind.DIRECT,
        every(MAX_WORDING),
        said="2017-11-03?/2018-11-04?",
        speaker=Speaker("s", every(60), offices=(Office(every(100), every(100), Dating.parse("1900"), None),) * 2),
        corrected=Correction(date(2020, 9, 30), "_" * MAX_WORDING, every(200)),
        article={
            **{"outlet": every(60), "title": every(200), "byline": every(100), "wording_note": every(200)},
            **{"wording": Wording.MACHINE_TRANSLATION, "url": "https://example.org/" + "a" * 490},
        },
        **{"basis": every(200), "occasion": every(200), "via": every(100)},
    )
    embed = cards.statement_embed(made, every(100))
    assert_sendable(Reply("", embed))
    told = fields(embed)
    assert {"Said", "Wording", "Source", "Corrected on 30 September 2020"} <= told.keys()
    assert seen(told["Corrected on 30 September 2020"], FIELD).startswith(f"{every(200)}\nIt was: {'_' * 290}")


def test_a_passage_does_not_cut_a_word():
    assert cards.passage("it is quite unable to talk to anybody at all", 30, 30) == "… to talk to anybody at all"
    assert cards.passage("it is able and it is willing to talk", 3, 20) == "it is able and …"


def test_a_day_says_which_statement_was_corrected():
    made = statement(corrected=Correction(date(2020, 2, 3), "We balk", "misread"))
    found = Day(date(2026, 12, 6), (made, statement()), (), ())
    for embed in (
        card(day_cards.day(found, TODAY, 1, "Harbour talks")),
        day_cards.digest(Digest(TODAY, "T", found), "T"),
    ):
        read = seen(embed.description, DESCRIPTION).splitlines()
        assert read[3] == "Herald, 7 December 2017 · direct quotation · corrected on 3 February 2020"
        assert read[6] == "Herald, 7 December 2017 · direct quotation"


# What Discord takes


def lines(limit):
    """Lines at most so long, most of them as long as they may be, of what doubles when it is escaped and what not."""
    repeated = st.sampled_from(["*", "a", "ж", "😀", "1. ", "> ", "_a", "http://a.b/", "[", "\\"]).map(
        lambda piece: " ".join((piece * limit)[:limit].split())
    )
    return st.one_of(repeated, hostile().map(lambda text: text[:limit].strip() or "x"))


URLS = st.sampled_from(["https://example.org/a", "https://example.org/" + "(" * (MAX_URL - 20)])
DATES = st.sampled_from(["2017-12-06", "2017-12-03~", "2017-11-03?/2018-11-04?", "../2017-02-16?"]).map(Dating.parse)
KINDS = st.sampled_from(Kind)
OFFICES = st.builds(Office, lines(100), lines(100), st.just(Dating.parse("1900")), st.none())
SPEAKERS = st.builds(Speaker, st.just("s" * 40), lines(60), offices=st.lists(OFFICES, max_size=4).map(tuple))
ARTICLES = st.builds(
    Article,
    id=st.just("a"),
    outlet=lines(60),
    title=lines(200),
    published=DATES,
    url=URLS,
    wording=st.sampled_from(Wording),
    byline=lines(100) | st.just(""),
    wording_note=lines(200) | st.just(""),
)
CITATIONS = st.builds(
    Citation,
    article=ARTICLES,
    kind=KINDS,
    pieces=st.one_of(
        lines(MAX_WORDING).map(lambda line: (line,)), st.lists(lines(200), min_size=2, max_size=7).map(tuple)
    ),
    said=DATES | st.none(),
    basis=lines(200),
    occasion=lines(200) | st.just(""),
    via=lines(100) | st.just(""),
    described_as=lines(100) | st.just(""),
)
TOPICS = st.builds(Topic, st.just("t" * 40), lines(60))
STATEMENTS = st.builds(
    Statement,
    id=st.just("s" * 80),
    speaker=SPEAKERS,
    topics=st.lists(TOPICS, min_size=1, max_size=8).map(tuple),
    citations=st.lists(CITATIONS, min_size=1, max_size=4).map(tuple),
    corrected=st.builds(Correction, st.just(date(2020, 2, 3)), lines(MAX_WORDING), lines(200)) | st.none(),
)
EVENTS = st.builds(
    Event,
    st.just("e"),
    DATES,
    st.sampled_from(EventStatus),
    lines(500),
    st.builds(Source, lines(200), URLS | st.just("")),
)
COLLECTIONS = st.builds(Collection, lines(100), lines(100), lines(500), corrections_url=URLS | st.just(""))


@given(text=lines(MAX_WORDING), known=st.integers(0, MAX_WORDING), limit=st.integers(20, 900))
def test_a_passage_holds_what_is_not_known_yet_and_marks_what_it_leaves_out(text, known, limit):
    part = cards.passage(text, min(known, len(text) - 1), limit)
    assert len(part) <= limit
    if part == text:
        return
    inner = part.removeprefix("… ").removesuffix(" …")
    assert inner in text
    assert part.startswith("… ") or text.startswith(inner)
    assert part.endswith(" …") or text.endswith(inner)
    starts = [at for at in range(len(text)) if text.startswith(inner, at)]
    assert any(at <= min(known, len(text) - 1) <= at + len(inner) for at in starts)


def assert_sendable(reply: Reply) -> None:
    """Discord's limits: https://discord.com/developers/docs/resources/message#embed-object-embed-limits"""
    assert len(reply.content) <= 2000
    if reply.embed:
        embed = reply.embed.to_dict()
        assert len(reply.embed) <= 6000
        assert len(embed.get("title", "")) <= 256
        assert 0 < len(embed["description"]) <= 4096
        assert len(embed.get("footer", {}).get("text", "")) <= 2048
        assert len(embed.get("author", {}).get("name", "")) <= 256
        assert len(embed.get("fields", [])) <= 25
        for field in embed.get("fields", []):
            assert 0 < len(field["name"]) <= 256
            assert 0 < len(field["value"]) <= 1024
    ids = [item.custom_id for item in reply.below if isinstance(item, Button | Select) and item.custom_id]
    assert len(ids) == len(set(ids))
    assert all(0 < len(custom_id) <= 100 for custom_id in ids)
    for item in reply.below:
        if isinstance(item, Button):
            assert 0 < len(item.label or "") <= 80
            assert len(item.url or "") <= 512
        elif isinstance(item, Select):
            assert 0 < len(item.options) <= 25
            assert len(item.placeholder or "") <= 150
            for option in item.options:
                assert 0 < len(option.label) <= 100
                assert 0 < len(option.value) <= 100
                assert len(option.description or "") <= 100


@settings(max_examples=50)
@given(made=STATEMENTS, collection=lines(100))
def test_every_statement_fits_and_reads_as_the_data_reads(made, collection):
    embed = cards.statement_embed(made, collection)
    assert_sendable(Reply("", embed))
    citation = made.citation
    assert seen(embed.description, DESCRIPTION) == citation.shown  # never cut
    assert markup(embed.description, DESCRIPTION) <= {"blockquote"}
    assert (embed.author.name or "").startswith(made.speaker.name)
    assert embed.footer.text == f"{collection} · {made.id}"
    told = fields(embed)
    assert {"Said" if made.said else "Reported", "Wording", "Source"} <= told.keys()
    source = seen(told["Source"], FIELD)
    assert source.startswith(f"{citation.article.outlet}, {citation.article.published}")
    assert citation.article.title in source
    assert set(links(told["Source"], FIELD)) <= {
        citation.article.url.replace("(", "%28"),
        citation.article.url,
    }
    if made.corrected:
        why, _, was = seen(told["Corrected on 3 February 2020"], FIELD).partition("\nIt was: ")
        assert why == made.corrected.why
        assert was.removeprefix("… ").removesuffix(" …") in made.corrected.was
        assert was == made.corrected.was or len(was) > 250
        assert list(told).index("Source") < list(told).index("Corrected on 3 February 2020")
    if "Topics" in told:
        assert seen(told["Topics"], FIELD) == ", ".join(topic.label for topic in made.topics)


@settings(max_examples=40)
@given(
    said=st.lists(STATEMENTS, max_size=3).map(tuple),
    events=st.lists(EVENTS, max_size=3).map(tuple),
    reported=st.lists(STATEMENTS, max_size=2).map(tuple),
    collection=lines(100),
)
def test_every_day_fits_and_no_entry_is_cut(said, events, reported, collection):
    found = Day(date(2026, 12, 6), said, reported, events)
    pages: list[str] = []
    number = 1
    while len(pages) < number:
        reply = day_cards.day(found, TODAY, ASKER, collection, page=len(pages))
        assert_sendable(reply)
        number = int(str(card(reply).footer.text).rpartition(" ")[2]) if reply.below else 1
        pages.append(str(card(reply).description))
    assert seen(card(reply).title, "embed_title") == f"6 December in {collection}"
    entries = "\n\n".join(pages).split("\n\n")
    for made in (*said, *reported):
        who, shown = plain(cards.who(made)), plain(made.citation.shown)
        assert any(f" · {who}\n{shown}\n" in entry for entry in entries)
    for event in events:
        assert any(f"\n{plain(event.description)}\nSource: " in entry for entry in entries)
    assert len(entries) == (len(said) + len(events) + len(reported) or 1)


@given(
    said=st.lists(STATEMENTS, max_size=4).map(tuple),
    events=st.lists(EVENTS, min_size=1, max_size=6).map(tuple),
    title=lines(100),
    policy=st.sampled_from([None, Policy.NEAREST]),
)
def test_every_digest_fits_and_says_how_many_entries_did_not(said, events, title, policy):
    found = Digest(date(2026, 12, 5), title, Day(date(2026, 12, 6), said, (), events), policy)
    embed = day_cards.digest(found, title)
    assert_sendable(Reply("", embed))
    described = str(embed.description)
    left_out = re.search(r"and (\d+) more: /onthisday$", described)
    kept = len(said) + len(events) - (int(left_out[1]) if left_out else 0)
    shown = [plain(one.citation.shown) for one in said] + [plain(one.description) for one in events]
    assert all(text in described for text in shown[:kept])
    assert seen(embed.title, "embed_title") == title
    assert str(embed.footer.text).endswith(" · 2026-12-05")


@given(made=st.builds(statement, KINDS, hostile()), text=hostile())
def test_a_day_reads_as_the_data_reads(made, text):
    event = Event("e", Dating.parse("2019-12-06"), EventStatus.OCCURRED, text, Source(text, "https://example.org"))
    described = str(card(day_cards.day(Day(TODAY, (made,), (), (event,)), TODAY, 1, text)).description)
    read = seen(described, DESCRIPTION)
    assert f"Ada Berg\n{made.citation.shown}\nHerald" in read
    assert f"\n{text}\nSource: {cards.shortened(text, 100)}" in read
    assert markup(described, DESCRIPTION) == {"strong_open", "strong_close", "link_open", "link_close"}
    assert len(links(described, DESCRIPTION)) == 2


def test_a_day_tells_what_was_said_and_what_was_only_reported_apart():
    found = Day(
        date(2026, 12, 6),
        (statement(),),
        (statement(Kind.INDIRECT, "Berg was against it.", said=None),),
        (Event("e", Dating.parse("2019-12-06"), EventStatus.ANNOUNCED, "Talks", Source("Gazette")),),
    )
    read = seen(card(day_cards.day(found, TODAY, 1, "Harbour talks")).description, DESCRIPTION).splitlines()
    assert read == [
        "Said on this day",
        "6 December 2017 (9 years ago) · Ada Berg",
        "“We talk”",
        "Herald, 7 December 2017 · direct quotation",
        "Events",
        "6 December 2019 (7 years ago) · announced for this day",
        "Talks",
        "Source: Gazette",
        "Reported on this day",
        "7 December 2017 (8 years ago) · Ada Berg",
        "Berg was against it.",
        "Herald, 7 December 2017 · paraphrase, in our words",
    ]


@given(labels=st.lists(lines(60), max_size=60), page=st.integers(-1, 4), collection=lines(100))
def test_every_list_fits(labels, page, collection):
    entries = [Counted(f"{number:040}", label, 1_000_000) for number, label in enumerate(labels)]
    reply = cards.browse("speakers", entries, page, ASKER, collection)
    if not entries:
        assert card(reply).description == "There are none yet."
    assert_sendable(reply)
    for line in seen(card(reply).description, DESCRIPTION).splitlines() if entries else ():
        assert line.removesuffix(" · 1000000") in labels


MENDED = st.builds(Mended, st.just(date(2020, 2, 3)), st.just("s" * 80), lines(60) | st.just(""), lines(200))


@given(collection=COLLECTIONS, latest=st.lists(MENDED, max_size=5))
def test_the_description_of_the_collection_fits(collection, latest):
    totals = Totals(10**9, 10**9, 10**9, 10**9, 10**9, 10**9, Dating.parse("../2017-02-16?"), Dating.parse("2018"))
    reply = cards.about(collection, totals, latest, "0" * 8)
    assert_sendable(reply)
    told = seen(fields(card(reply)).get("Latest corrections", ""), FIELD)
    assert bool(latest) == told.startswith("3 February 2020 · ")
    assert seen(card(reply).title, "embed_title") == f"On Record · {collection.title}"
    assert collection.description in seen(card(reply).description, DESCRIPTION)


def test_an_empty_collection_can_be_described():
    reply = cards.about(Collection("Empty", "Empty"), Totals(0, 0, 0, 0, 0, 0, None, None), [], "0" * 8)
    assert not {"Period", "Latest corrections"} & fields(card(reply)).keys()


def test_the_latest_corrections_are_told_to_everybody():
    latest = [
        Mended(date(2020, 2, 3), "berg-mud", "", "she *never* said it"),
        Mended(date(2019, 1, 2), "dahl-silt", "Ole Dahl", "misread"),
    ]
    totals = Totals(1, 1, 1, 1, 0, 2, Dating.parse("2018"), Dating.parse("2018"))
    told = fields(card(cards.about(Collection("Talks", "Talks"), totals, latest, "0" * 8)))
    assert told["Corrections"] == "2"
    assert seen(told["Latest corrections"], FIELD).splitlines() == [
        "3 February 2020 · berg-mud, withdrawn: she *never* said it",
        "2 January 2019 · Ole Dahl, dahl-silt, corrected: misread",
    ]


def test_the_state_of_the_largest_selection_fits_a_button():
    selection = Selection("s" * 40, ("o" * 100, "n" * 100), ("t" * 40, "u" * 40))
    assert len(button("▶", cards.SUGGESTED, ASKER, pack(selection, 2**60 - 1)).custom_id or "") <= 100


@given(text=st.text(max_size=200), limit=st.integers(1, 100))
def test_a_shortened_label_fits_and_says_that_it_is_shortened(text, limit):
    cut = cards.shortened(text, limit)
    assert len(cut) <= limit
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


@given(parts=st.lists(st.text(max_size=30), max_size=10), limit=st.integers(12, 100))
def test_lines_that_do_not_fit_are_counted(parts, limit):
    text = cards.fitting(parts, limit, "and {} more")
    assert len(text) <= limit
    assert text == "\n".join(parts) or text.endswith(" more")


def test_a_card_has_the_colour_of_its_kind():
    colours = {kind: shown(statement(kind)).colour for kind in Kind}
    assert len(set(colours.values())) == 3
    assert all(isinstance(colour, discord.Colour) for colour in colours.values())
