"""A draft on disk, while a curator reviews it: changed key by key.

Whoever edits it by hand may write comments; they stay. The file is always whole: a new one is written beside it and
takes its place.
"""

import errno
import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from bot.corpus import faults, yamltree
from bot.drafting import yamltext
from bot.drafting.reviewing.draftseed import ArticleDraft, DraftSeed, StatementDraft
from bot.drafting.yamltext import Inline
from bot.errors import DraftError, Problem, SeedProblems

SUFFIX: Final = ".yaml"
TEXT: Final = ".txt"
"""Of the plain text that a draft counts in, which lies beside it."""

_REMEDIES: Final = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "make room there, then try again"),
    **dict.fromkeys((errno.EACCES, errno.EPERM), "give yourself the right to, then try again"),
    **dict.fromkeys((errno.ENOTDIR, errno.EEXIST), "put a folder where a file is now, or name another one"),
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EROFS: "choose a place where files may be written",
}
"""What to do about what a disk refuses."""
_SURE: Final = re.compile(r"(\d{1,3}) % sure\b")
_SAME: Final = re.compile(r"same statement as ([A-Za-z0-9._-]+)\?")


def refused(what: str, error: OSError, so: str = "", otherwise: str = "see to it, then try again") -> DraftError:
    """The error for something that a disk refuses: what it was, why, and what to do about it.

    Args:
        what: what cannot be done, and where.
        error: what was raised.
        so: how things stand now.
        otherwise: what to do where the reason does not tell.
    """
    remedy = _REMEDIES.get(error.errno or 0, otherwise)
    return DraftError(f"{what} ({error.strerror or error}){so}: {remedy}")


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Put files in the place of those before, such that whoever looks finds one or the other, whole.

    All are on the disk before the first takes its place, so that a full one changes nothing. In their order.

    Raises:
        DraftError: where one cannot be written; it, and those behind it, are as they were.
    """
    fresh = {path: path.with_name(f".{path.name}.new") for path in contents}
    path = Path()
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with fresh[path].open("wb") as opened:
                opened.write(content)
                opened.flush()
                os.fsync(opened.fileno())
        for path, beside in fresh.items():
            beside.replace(path)
    except OSError as error:
        raise refused(f"{path}: cannot be written", error, "; it is as it was") from None
    finally:
        for beside in fresh.values():
            with suppress(OSError):
                beside.unlink(missing_ok=True)


class DraftFile:
    """A draft under review. What is set is checked at once, and on disk when ``save`` returns."""

    def __init__(self, path: Path, text: str) -> None:
        """Take a draft's text.

        Raises:
            SeedProblems: everything in it that cannot be read, with its line.
        """
        self.path = path
        self._read(text)
        self._saved = text

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read a draft.

        Raises:
            DraftError: where there is none.
            SeedProblems: everything in it that cannot be read, with its line.
        """
        return cls(path, _content(path).decode("utf-8", "surrogateescape"))

    def _read(self, text: str) -> None:
        problems: list[Problem] = []
        shown = str(Path(self.path.parent.name, self.path.name))
        tree = yamltree.read(text.encode("utf-8", "surrogateescape"), shown, problems)
        if tree:
            faults.check(DraftSeed, tree, shown, problems)
        if problems or not tree:
            raise SeedProblems(problems)
        model = DraftSeed.model_validate(tree.root)
        seen: dict[str, int] = {}
        for number, statement in enumerate(model.statements):
            first = seen.setdefault(statement.id, number)
            if first != number:
                line, before = (tree.line(("statements", at, "id")) for at in (number, first))
                message = f"statements[{number}].id: “{statement.id}” is already used on line {before}"
                problems.append(Problem(shown, line, message))
        if problems:
            raise SeedProblems(problems)
        self._kept = yamltext.keeper()
        try:
            self._tree: Any = self._kept.load(text.removeprefix("\ufeff"))
        except YAMLError as error:
            raise DraftError(f"{shown}: cannot be read: {yamltree.brief(str(error), 200)}") from None
        self.text = text
        self.model = model
        self._lines = text.splitlines()
        self._where = tree

    @property
    def statements(self) -> tuple[StatementDraft, ...]:
        """In the order of the file, which is that of the article."""
        return self.model.statements

    @property
    def article(self) -> ArticleDraft:
        """What is known about the article."""
        return self.model.article

    @property
    def article_text(self) -> bytes:
        """The text that its offsets count in.

        Raises:
            DraftError: where it is gone, or is another than the one that was drafted from.
        """
        path = self.path.with_suffix(TEXT)
        content = _content(path)
        if hashlib.sha256(content).hexdigest() != self.article.text_sha256:
            raise DraftError(f"{path}: is not the text that {self.path.name} was drafted from; draft the article again")
        return content

    def remarks(self, number: int) -> tuple[str, ...]:
        """The comments that stand right above a statement."""
        at = self._where.line(("statements", number)) - 1
        begin = at
        while begin and self._lines[begin - 1].lstrip().startswith("#"):
            begin -= 1
        return tuple(line.strip().lstrip("#").strip() for line in self._lines[begin:at])

    def sure(self, number: int) -> int:
        """How sure drafting was of a statement, per cent; 100 where nothing says."""
        return next((int(found[1]) for line in self.remarks(number) if (found := _SURE.search(line))), 100)

    def alike(self, number: int) -> tuple[str, ...]:
        """The ids of known statements that a statement may be the same as."""
        return tuple(found[1] for line in self.remarks(number) if (found := _SAME.search(line)))

    def set(self, number: int, **values: Any) -> None:
        """Change keys of a statement; None empties one.

        Raises:
            SeedProblems: where a value cannot stand there. Nothing is changed then.
        """
        self._change(self._tree["statements"][number], values, ("statements", number))

    def set_article(self, **values: Any) -> None:
        """Change keys of the article, as ``set`` does."""
        self._change(self._tree["article"], values, ("article",))

    def set_office(self, newcomer: int, office: int, since: str) -> None:
        """Say since when a newcomer held an office, as ``set`` does."""
        place = self._tree["new_speakers"][newcomer]["offices"][office]
        self._change(place, {"from": since}, ("new_speakers", newcomer))

    def add(self, key: str, entry: Mapping[str, Any]) -> None:
        """Add to ``new_speakers`` or ``new_topics``, as ``set`` does."""
        listed = self._tree.get(key)
        fresh = self._kept.load(yamltext.block({key: [entry]}, yamltext.UNBROKEN))[key]
        if listed:
            self._change(self._tree, {key: [*listed, *fresh]}, (key,))
            return
        if key not in self._tree:
            self._tree.insert(list(self._tree).index("article") + 1, key, None)
        self._change(self._tree, {key: list(fresh)}, (key,))

    def _change(self, place: CommentedMap, values: Mapping[str, Any], path: yamltree.Path) -> None:
        """Set values in a mapping that stands at a path; comments that stood inside of a value go above it."""
        before = self.text
        for key, value in values.items():
            _put(place, key, value)
        try:
            self._read(yamltext.dump(self._kept, self._tree))
            lost = Counter(_comments(before)) - Counter(_comments(self.text))
            if lost:
                at = self._where.line(path) - 1
                self._read("\n".join([*self._lines[:at], *lost.elements(), *self._lines[at:], ""]))
        except (SeedProblems, DraftError):
            self._read(before)
            raise

    def restore(self, text: str) -> None:
        """Go back to an earlier ``text``."""
        self._read(text)

    def save(self) -> None:
        """Write what was changed.

        Raises:
            DraftError: where somebody else wrote the file meanwhile, or it cannot be written.
        """
        if self.text == self._saved:
            return
        if _content(self.path) != self._saved.encode("utf-8", "surrogateescape"):
            raise DraftError(
                f"{self.path}: was changed by somebody else while you reviewed it; your last change is not in it. "
                "Start the review again: it goes on from what is in the file."
            )
        replace_files({self.path: self.text.encode("utf-8", "surrogateescape")})
        self._saved = self.text


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        otherwise = "put it back, or draft the article again"
        raise refused(f"{path}: cannot be read", error, otherwise=otherwise) from None


def _put(place: CommentedMap, key: str, value: Any) -> None:
    """Set a value; a comment that stood behind the one before goes on standing there."""
    old = place.get(key)
    new = _kept_value(value)
    trailing = _trailing(place, key, old)
    place[key] = new
    if trailing is None:
        return
    if isinstance(new, CommentedSeq) and not new.fa.flow_style() and len(new):
        place.ca.items.pop(key, None)
        new.ca.items[len(new) - 1] = [trailing, None, None, None]
    else:
        place.ca.items[key] = [None, None, trailing, None]


def _comments(text: str) -> list[str]:
    """The lines of a file that are comments, as they would stand above an entry of a list."""
    return [f"  {line.strip()}" for line in text.splitlines() if line.lstrip().startswith("#")]


def _trailing(place: CommentedMap, key: str, old: Any) -> Any:
    """The comment token behind a value: it hangs on the last thing that was read before it."""
    if isinstance(old, CommentedSeq) and not old.fa.flow_style() and len(old):
        held = old.ca.items.get(len(old) - 1)
        return held[0] if held else None
    held = place.ca.items.get(key)
    return (held[2] if held else None) or getattr(old, "comment", None)


def _kept_value(value: Any) -> Any:
    """A value as the keeper of comments has it: all text, short lists in brackets."""
    if isinstance(value, Inline | tuple):
        made = CommentedSeq([_kept_value(entry) for entry in value])
        made.fa.set_flow_style()
        return made
    if isinstance(value, list):
        return CommentedSeq([_kept_value(entry) for entry in value])
    return value if value is None or isinstance(value, CommentedMap) else str(value)


def drafts(folder: Path) -> Iterator[Path]:
    """The drafts in a folder, by name."""
    with suppress(OSError):
        yield from sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and not path.name.startswith("."))
