"""A collection small enough to read in one glance, and the ways tests write and alter it."""

from pathlib import Path
from textwrap import dedent
from typing import Final

SMALL: Final = {
    "collection.yaml": """\
        title: Harbour talks
        digest_title: This date in the harbour talks
        description: Who said what about the harbour.
        language: en
        corrections_url: https://example.org/corrections
        """,
    "speakers.yaml": """\
        speakers:
          - id: ada-berg
            name: Ada Berg
            aliases: [Ада Берг, A. Berg]
            offices:
              - title: Harbour Master
                organisation: Northport
                from: 2015-03-01
                to: 2018-06-30
                source: {title: Gazette, url: "https://example.org/gazette"}
              - title: Minister of Ports
                organisation: Northland
                from: 2018-07-01
                source: Gazette
          - id: ole-dahl
            name: Ole Dahl
          - id: northport-council
            name: Northport Council
            kind: organisation
        offices:
          - title: Harbour Master
            organisation: Northport
            aliases: [port chief]
        """,
    "topics.yaml": """\
        topics:
          - id: cranes
            label: cranes
            synonyms: [crane, hoists]
          - id: dredging
            label: dredging
        """,
    "events.yaml": """\
        events:
          - id: 2016-05-04-crane-opened
            date: 2016-05-04
            status: occurred
            description: The great crane is opened.
            source: {title: Gazette, url: "https://example.org/crane"}
          - date: 2019-12
            status: announced
            description: Dredging is to begin.
            source: Gazette
        """,
    "articles/2017-05-04-herald.yaml": """\
        article:
          id: 2017-05-04-herald
          outlet: Herald
          title: Cranes again
          byline: Kim Moe
          published: 2017-05-04
          url: https://example.org/herald/cranes
          wording: original
        statements:
          - id: berg-2017-05-04-cranes
            speaker: ada-berg
            kind: direct
            text: ["We need taller cranes,", "and we need them now."]
            said: 2017-05-04
            basis: said on the quay that day
            occasion: a walk on the quay
            via: Port Agency
            topics: [cranes]
          - id: dahl-2017-05-dredging
            speaker: ole-dahl
            kind: mixed
            text: Dahl called dredging “a waste of good mud”.
            basis: no day given; reported 4 May 2017
            described_as: former pilot
            topics: [dredging, cranes]
          - id: council-2017-04-cranes
            speaker: northport-council
            kind: indirect
            text: The council was against taller cranes.
            said: 2017-04
            basis: in April
            topics: [cranes]
        """,
    "articles/2018-07-02-courier.yaml": """\
        article:
          id: 2018-07-02-courier
          outlet: Courier
          title: Berg moves up
          published: 2018-07-02
          url: https://example.org/courier/berg
          wording: translation
          wording_note: from Northlandic
        statements:
          - id: berg-2018-07-01-mud
            speaker: ada-berg
            kind: direct
            text: Mud is mud.
            said: 2018-07-01
            basis: at her swearing-in
            topics: [dredging]
            corrected: {on: 2018-08-01, was: Mud is mad., why: the article was corrected}
          - id: berg-2018-07-01-gone
            withdrawn: {on: 2018-09-01, why: she did not say it}
        also_reports:
          - statement: berg-2017-05-04-cranes
            text: We want taller cranes.
            said: 2017-05
            basis: last May
        """,
}
"""Every file by its name: two articles, five statements (one of them withdrawn, one reported by both)."""

HERALD: Final = "articles/2017-05-04-herald.yaml"
COURIER: Final = "articles/2018-07-02-courier.yaml"


def write(folder: Path, name: str, text: str) -> Path:
    """Write a seed file; indentation that the whole text shares is taken off."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text), encoding="utf-8")
    return path


def small(folder: Path) -> Path:
    """Write the small collection."""
    for name, text in SMALL.items():
        write(folder, name, text)
    return folder


def alter(folder: Path, name: str, old: str, new: str) -> int:
    """Replace text that stands in a file once; the line it stood on."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands in {name} {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1


def line_of(folder: Path, name: str, words: str) -> int:
    """The line on which words first stand."""
    text = (folder / name).read_text(encoding="utf-8")
    return text.count("\n", 0, text.index(words)) + 1
