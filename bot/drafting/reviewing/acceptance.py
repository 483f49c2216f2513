"""What was accepted goes into the seeds: without the article's prose, and only if the whole folder is then sound.

Everything is tried in a copy of the folder first. What is then written is one file after the other, each replaced
whole, those that others refer to first: wherever it is cut off, the seeds are valid, and doing it again goes on.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.corpus import seeds, verbatim
from bot.corpus.folder import ARTICLES
from bot.corpus.seeds import Seeds
from bot.drafting import yamltext
from bot.drafting.reviewing.draftfile import DraftFile, refused, replace_files
from bot.drafting.reviewing.draftseed import ArticleDraft, NewcomerDraft, Review, StatementDraft
from bot.drafting.values import NEEDED
from bot.drafting.yamltext import Inline
from bot.errors import DraftError, SeedProblems
from bot.record import Wording

_SPEAKERS: Final = "speakers.yaml"
_TOPICS: Final = "topics.yaml"


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is to go into the seeds."""

    numbers: tuple[int, ...]
    """Of the statements in the draft."""
    statements: tuple[StatementDraft, ...]
    """Those that are this article's own and not there yet."""
    reports: tuple[StatementDraft, ...]
    """Those that the collection has from another article, and not from this one yet."""
    newcomers: tuple[NewcomerDraft, ...]
    """Those of the proposed speakers who say something of it."""
    topics: tuple[tuple[str, str], ...]
    """Id and label of those of the proposed topics that it is about."""


@dataclass(frozen=True, slots=True)
class Published:
    """What has gone into the seeds."""

    file: Path
    accepted: Accepted
    count: int
    """Statements that the collection now has."""


def accepted(file: DraftFile, collection: Seeds) -> Accepted:
    """What of a draft is accepted; what of it is in the seeds already, after a write that was cut off, is left out."""
    numbers = [number for number, one in enumerate(file.statements) if one.review is Review.ACCEPTED]
    chosen = [file.statements[number] for number in numbers]
    there = {
        (id_, citation.article.id)
        for id_, citations in [
            *((statement.id, statement.citations) for statement in collection.statements),
            *collection.reports.items(),
        ]
        for citation in citations
    }
    fresh = [one for one in chosen if (one.same_as or one.id, file.article.id) not in there]
    own = tuple(one for one in fresh if not one.same_as)
    speak, about = {one.speaker for one in own}, {topic for one in own for topic in one.topics}
    known = {speaker.id for speaker in collection.speakers}
    topics = {topic.id for topic in collection.topics}
    return Accepted(
        tuple(numbers),
        own,
        tuple(one for one in fresh if one.same_as),
        tuple(new for new in file.model.new_speakers if new.id in speak and new.id not in known),
        tuple((new.id, new.label) for new in file.model.new_topics if new.id in about and new.id not in topics),
    )


def publish(file: DraftFile, folder: Path, collection: Seeds) -> Published:
    """Put what is accepted into a folder of seeds. The draft itself is not changed.

    Args:
        file: the draft.
        folder: the seeds.
        collection: what was read from them when the review began.

    Raises:
        DraftError: where the article is not complete, or a file cannot be written.
        SeedProblems: where the seeds would not be sound; nothing was written.
    """
    chosen = accepted(file, collection)
    if not chosen.numbers:
        raise DraftError("nothing is accepted that is not in the seeds already; accept a statement first")
    name = f"{ARTICLES}/{file.article.id}.yaml"
    before = {name: _content(folder / name) for name in (_SPEAKERS, _TOPICS, name)}
    known = collection.articles.get(file.article.id)
    if known and before[name] is None:
        raise DraftError(f"the article “{known.id}” is in the seeds, but not as {name}; rename its file first")
    if known and known.text_sha256 != file.article.text_sha256:
        raise DraftError(
            f"the seeds have “{known.id}” with another text; its offsets would not fit: give this article another id"
        )
    after = _after(before, name, file.article, chosen)
    changed = {name: content for name, content in after.items() if content != before[name]}
    count = _try(folder, changed, file)
    _write(folder, before, changed)
    return Published(folder / name, chosen, count)


def _after(before: Mapping[str, bytes | None], name: str, article: ArticleDraft, chosen: Accepted) -> dict[str, bytes]:
    """The files as they are to be, those first that others refer to."""
    after: dict[str, bytes] = {}
    for shaped, key, entries in (
        (_SPEAKERS, "speakers", [_speaker(new, article) for new in chosen.newcomers]),
        (_TOPICS, "topics", [{"id": id_, "label": label} for id_, label in chosen.topics]),
    ):
        if entries:
            after[shaped] = _added(shaped, before[shaped] or b"", key, entries)
    content = before[name] or yamltext.block({"article": _article(article)}).encode()
    for key, entries in (
        ("statements", [_statement(one) for one in chosen.statements]),
        ("also_reports", [_report(one) for one in chosen.reports]),
    ):
        if entries:
            content = _added(name, content, key, entries)
    return after | {name: content}


def _added(name: str, content: bytes, key: str, entries: Sequence[Mapping[str, Any]]) -> bytes:
    try:
        return yamltext.with_entries(content, key, entries)
    except DraftError as error:
        raise DraftError(f"{name}: {error}") from None


# What a seed has of a draft


def _article(article: ArticleDraft) -> dict[str, Any]:
    missing = [key for key in NEEDED if not getattr(article, key)]
    if missing:
        raise DraftError(f"the article has no {', '.join(missing)} yet; without, nobody can check what it says")
    assert article.published
    return _filled(
        {
            "id": article.id,
            "outlet": article.outlet,
            "title": article.title,
            "byline": article.byline,
            "published": article.published.edtf,
            "published_basis": article.published_basis,
            "url": article.url,
            "wording": str(article.wording or Wording.ORIGINAL),
            "wording_note": article.wording_note,
            "text_sha256": article.text_sha256,
        }
    )


def _statement(one: StatementDraft) -> dict[str, Any]:
    return _filled({"id": one.id, "speaker": one.speaker} | _wording(one)) | {
        "topics": Inline(one.topics),
        "spans": _spans(one),
    }


def _report(one: StatementDraft) -> dict[str, Any]:
    return _filled({"statement": one.same_as} | _wording(one)) | {"spans": _spans(one)}


def _wording(one: StatementDraft) -> dict[str, Any]:
    pieces = one.text or ()
    return {
        "kind": str(one.kind),
        "text": list(pieces) if len(pieces) > 1 else "".join(pieces),
        "said": one.said.edtf if one.said else None,
        "basis": one.basis,
        "occasion": one.occasion,
        "via": one.via,
        "described_as": one.described_as,
    }


def _spans(one: StatementDraft) -> Inline:
    return Inline(map(Inline, one.spans))


def _speaker(new: NewcomerDraft, article: ArticleDraft) -> dict[str, Any]:
    """A newcomer; the article is the source of the office it gives them, and of no more than that they had it then."""
    assert article.published
    source = _filled({"title": article.outlet, "url": article.url})
    offices = [
        {
            "title": office.title,
            "organisation": office.organisation,
            "from": office.since.edtf if office.since else held_by(article),
            "source": source,
        }
        for office in new.offices
    ]
    kind = new.kind if new.kind != "person" else None
    return _filled({"id": new.id, "name": new.name, "kind": kind, "aliases": Inline(new.aliases), "offices": offices})


def held_by(article: ArticleDraft) -> str:
    """Since when somebody surely held an office that an article gives them: the day it appeared, or earlier."""
    return f"../{article.published.edtf.rpartition('/')[2]}" if article.published else ""


def _filled(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: inner for key, inner in value.items() if inner}


# Trying and writing


def _try(folder: Path, changed: Mapping[str, bytes], file: DraftFile) -> int:
    """Check the folder as it would be; how many statements it would have.

    Raises:
        DraftError: where there is no room for a copy of it.
        SeedProblems: everything that would be wrong with it.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="onrecord-", ignore_cleanup_errors=True) as place:
            copy = Path(place, "seeds")
            _copy(folder, copy, changed)
            loaded = seeds.load(copy)
            problems = verbatim.check_one(loaded, file.article.id, file.article_text)
    except OSError as error:
        what = f"a copy of the seeds, to try them in, cannot be made in {tempfile.tempdir or 'a temporary folder'}"
        so, otherwise = "; nothing was written", "name another folder in TMPDIR, then try again"
        raise refused(what, error, so, otherwise) from None
    if problems:
        raise SeedProblems(problems)
    return loaded.count


def _copy(folder: Path, copy: Path, changed: Mapping[str, bytes]) -> None:
    """Make a folder of seeds as it would be."""
    for path in _seed_files(folder):
        name = path.relative_to(folder).as_posix()
        if name not in changed:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            _stand_in(path, copy / name)
    for name, content in changed.items():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes(content)


def _seed_files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in names)


def _stand_in(path: Path, copy: Path) -> None:
    """A link, since data in bulk may be large; a copy where there are no links."""
    try:
        copy.symlink_to(path.resolve())
    except OSError:
        shutil.copyfile(path, copy)


def _write(folder: Path, before: Mapping[str, bytes | None], changed: Mapping[str, bytes]) -> None:
    for name in changed:
        if _content(folder / name) != before[name]:
            raise DraftError(f"{folder.name}/{name}: was changed by somebody else; nothing was written: try again")
    try:
        replace_files({folder / name: content for name, content in changed.items()})
    except DraftError as error:
        left = [name for name in changed if not _is_put_back(folder / name, before[name])]
        if not left:
            raise
        raise DraftError(
            f"{error}. {' and '.join(left)} could not be put back; the seeds are sound all the same, and "
            "writing them again goes on from there"
        ) from None


def _is_put_back(path: Path, content: bytes | None) -> bool:
    """Whether a file holds what it held before, or is gone where there was none."""
    try:
        if content is None:
            path.unlink(missing_ok=True)
        elif _content(path) != content:
            replace_files({path: content})
    except (OSError, DraftError):
        return False
    return True


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refused(f"{path}: cannot be read", error, "; nothing was written") from None
