"""A drafted article about the small collection's harbour, with every value as the steps before would hand it on."""

from pathlib import Path
from typing import Final

from bot.corpus import seeds
from bot.corpus.seeds import Seeds
from bot.drafting import draft, parsing, render
from bot.drafting.draft import Draft
from bot.drafting.reviewing import draftfile
from bot.drafting.reviewing.desk import Desk
from bot.drafting.reviewing.draftfile import DraftFile
from bot.drafting.values import Attribution, Manuscript, Occasion, Proposal, Span, Subject, Tie, Voice
from bot.record import Dating, Kind, Speaker

TEXT: Final = """Minister wants a longer quay

NORTHPORT, May 9 — “The quay is too short,” Minister of Ports Ada Berg told reporters on Thursday, “and the cranes are \
too small.”

Ole Dahl, who has been a pilot for years, called the plan “a tower of mud” that would sink.

The council will decide in June whether there is any money for it at all, Berg said.

“Mud is patient,” said Kim Moe, head of Northport Dredgers. “It waits.

“And then it moves.”

“We want taller cranes,” it says on a wall.
"""
THURSDAY: Final = Dating.parse("2019-05-09")
ID: Final = "2019-05-09-gazette-minister-wants-longer-quay"


def spans(*pieces: str) -> tuple[Span, ...]:
    """Where pieces of the text stand, one behind the other."""
    found: list[Span] = []
    for piece in pieces:
        begin = TEXT.index(piece, found[-1][1] if found else 0)
        found.append((begin, begin + len(piece)))
    return tuple(found)


def manuscript(**known: object) -> Manuscript:
    """The article, with what is known about it."""
    given: dict[str, object] = {
        **{"outlet": "Gazette", "title": "Minister wants a longer quay", "published": THURSDAY},
        **{"url": "https://example.org/quay", "published_basis": "told"},
    }
    return Manuscript("quay.txt", TEXT, TEXT.encode(), **given | known)  # type: ignore[arg-type]


def found(collection: Seeds) -> list[tuple[Attribution, Voice, Occasion, Subject]]:
    """What is said in the article, and what is known of it."""
    people: dict[str, Speaker] = {speaker.id: speaker for speaker in collection.speakers}
    cranes, dredging = collection.topics
    berg, dahl = Voice(people["ada-berg"]), Voice(people["ole-dahl"], described_as="pilot")
    moe = Voice(proposal=Proposal("Kim Moe", "head", "Northport Dredgers"), confidence=0.9)
    known = tuple(one for one in collection.statements if one.id == "berg-2017-05-04-cranes")
    unsaid = Occasion(None, "the article gives no day; reported 9 May 2019", confidence=0.9)
    quay, small = "“The quay is too short,”", "“and the cranes are too small.”"
    return [
        (
            Attribution(spans(quay, small), spans("Ada Berg"), spans("told"), Kind.DIRECT),
            berg,
            Occasion(THURSDAY, "the article says Thursday; it appeared on Thursday, 9 May 2019", "to reporters"),
            Subject((cranes,), known),
        ),
        (
            Attribution(spans("the plan “a tower of mud” that would sink"), (), spans("called"), Kind.MIXED),
            dahl,
            unsaid,
            Subject((dredging, cranes)),
        ),
        (
            Attribution(
                spans("The council will decide in June whether there is any money for it at all"),
                spans("Berg"),
                spans("said"),
                Kind.INDIRECT,
                because=("“it” may be the plan or the quay",),
                confidence=0.8,
            ),
            berg,
            unsaid,
            Subject((cranes,)),
        ),
        (
            Attribution(
                spans("“Mud is patient,”", "“It waits.\n\n“And then it moves.”"), spans("Kim Moe"), (), Kind.DIRECT
            ),
            moe,
            unsaid,
            Subject((dredging,)),
        ),
        (
            Attribution(
                spans("“We want taller cranes,”"),
                (),
                (),
                Kind.DIRECT,
                Tie.NONE,
                confidence=0.4,
                because=("nothing says whose",),
            ),
            Voice(confidence=0.0),
            Occasion(confidence=0.5),
            Subject((cranes,)),
        ),
    ]


def drafted(collection: Seeds, **known: object) -> Draft:
    """The article as a draft."""
    (prose,) = parsing.parse([TEXT])
    return draft.assemble(manuscript(**known), prose, found(collection), collection)


def write(folder: Path, made: Draft) -> Path:
    """A draft on disk, as ``onrecord draft`` leaves it."""
    path = folder / f"{made.article}{draftfile.SUFFIX}"
    draftfile.replace_files({path.with_suffix(draftfile.TEXT): made.manuscript.content})
    draftfile.replace_files({path: render.render(made).encode()})
    return path


def desk(path: Path, folder: Path) -> Desk:
    """A curator's desk with a draft on it."""
    return Desk(DraftFile.open(path), seeds.load(folder))
