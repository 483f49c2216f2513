"""The review in a terminal: one key for each thing that can be done with the statement before us."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from bot.corpus import seeds as seed_files
from bot.drafting.reviewing import acceptance
from bot.drafting.reviewing.acceptance import Published, held_by
from bot.drafting.reviewing.desk import ARTICLE_FIELDS, Desk
from bot.drafting.reviewing.directory import NEW
from bot.drafting.reviewing.draftseed import Review
from bot.drafting.reviewing.keys import HELP, HINTS, KEYS, SAME, menu
from bot.drafting.reviewing.terminal import Input
from bot.drafting.reviewing.view import LETTERS, show, typed
from bot.drafting.wording import visible
from bot.errors import DraftError, SeedProblems

_EMPTY: Final = "-"


class Reviewer:
    """A session with one draft."""

    def __init__(self, desk: Desk, folder: Path, console: Console, entered: Input) -> None:
        """Sit down at a desk.

        Args:
            desk: the draft and what may be done with it.
            folder: the seeds that it goes into.
            console: what is written to.
            entered: what is typed.
        """
        self.desk = desk
        self._folder = folder
        self._console = console
        self._in = entered
        self._warned: tuple[int, str] | None = None
        self._keys: dict[str, Callable[[], None]] = {
            "a": self._accept,
            "e": self._edit,
            "r": self._reject,
            "m": self._merge,
            "n": lambda: self.desk.step(1),
            "p": lambda: self.desk.step(-1),
            "d": self._next_doubtful,
            "u": self._undo,
            "A": self._edit_article,
            "w": self._write,
            "?": lambda: self._say(HELP),
        }
        self._showing = True

    def run(self) -> None:
        """Go through the draft until whoever reviews has had enough. Whatever ends it, what was done is saved."""
        try:
            self._ask_for_missing()
            if not self.desk.file.statements:
                self._say("The draft has no statement: nothing in the article is said by anybody, as far as was seen.")
                return
            show(self.desk, self._console)
            while True:
                key = self._key(KEYS)
                key = SAME.get(key, key)
                if key in {"q", "Q"}:
                    break
                self._do(key)
        except (EOFError, KeyboardInterrupt):
            self._console.print()
        self._say(self.summary())

    def summary(self) -> str:
        """How far the review is."""
        file = self.desk.file
        counts = {state: sum(one.review is state for one in file.statements) for state in Review}
        said = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
        settled = [one for one in file.statements if one.review in {Review.ACCEPTED, Review.PUBLISHED}]
        mended = sum(bool(one.edited) for one in settled)
        told = f"{file.path.name}: {said or 'no statements'}"
        return f"{told}; {mended} of {len(settled)} had to be mended" if settled else told

    def _do(self, key: str) -> None:
        act = self._keys.get(key)
        if act is None:
            self._warn("there is no such key; ? shows them all")
            return
        self._showing = key not in {"w", "?"}
        try:
            act()
        except DraftError as error:
            self._warn(str(error))
        except KeyboardInterrupt:
            self._say("Left as it was.")
        else:
            if self._showing:
                show(self.desk, self._console)

    # Keys

    def _accept(self) -> None:
        desk = self.desk
        desk.refuse_published()
        verdict = desk.verdict
        while verdict.faults:
            field, sentence = verdict.faults[0]
            self._warn(f"{field}: {sentence}")
            if not self._change(field):
                return
            verdict = desk.verdict
        seen = (desk.at, desk.file.text)
        if verdict.warnings and self._warned != seen:
            self._warned = seen
            for warning in verdict.warnings:
                self._warn(warning)
            self._say("Press a once more to accept it all the same.")
            self._showing = False
            return
        desk.accept()
        self._go_on()

    def _reject(self) -> None:
        self.desk.reject()
        self._go_on()

    def _go_on(self) -> None:
        if self.desk.pending:
            self.desk.next_pending()
        else:
            self._say("Nothing is pending any more: w writes what is accepted to the seeds.")
            self._showing = False

    def _next_doubtful(self) -> None:
        if not self.desk.pending:
            raise DraftError("nothing is pending any more; n and p go through all there are")
        self.desk.next_doubtful()

    def _edit(self) -> None:
        self.desk.refuse_published()
        self._change(self._field(LETTERS))

    def _field(self, letters: dict[str, str]) -> str:
        """The field of the next key."""
        field = letters.get(self._key(letters))
        if not field:
            raise DraftError("no such field; nothing was changed")
        return field

    def _change(self, field: str) -> bool:
        """Ask for a field until what is typed can stand there; whether something was changed."""
        before = self.desk.file.text
        old = self._prefilled(field)
        while True:
            words = self._in.line(f"{field}{HINTS.get(field, '')}", old).strip()
            if words in {"", typed(self.desk, field)}:
                return self.desk.file.text != before
            try:
                self.desk.edit(field, self._chosen(words) if field == "speaker" else "" if words == _EMPTY else words)
                return True
            except DraftError as error:
                self._warn(str(error))
                old = words

    def _prefilled(self, field: str) -> str:
        """What a line begins with: the field as it is, or what it most likely has to be."""
        value = typed(self.desk, field)
        published = self.desk.file.article.published
        if field == "basis" and not value and not self.desk.statement.said and published:
            return f"the article gives no day; reported {published}"
        return value

    def _chosen(self, words: str) -> str:
        """Who was meant: an id, somebody new, or one of those whose names are like what was typed."""
        directory = self.desk.directory
        if words == _EMPTY:
            return ""
        if words.startswith(NEW):
            return self._introduced(words.removeprefix(NEW).strip())
        if directory.name_of(words):
            return words
        choices = directory.choices(words)
        if not choices:
            raise DraftError(f"nobody is called anything like “{words}”; type {NEW}Full Name for somebody new")
        for number, choice in enumerate(choices, 1):
            self._say(f"  {number}  {choice.label}")
        picked = self._in.line(f"which one (1 to {len(choices)}, or {NEW}Full Name)", "1").strip()
        if picked.startswith(NEW):
            return self._introduced(picked.removeprefix(NEW).strip())
        if picked.isdecimal() and 0 < int(picked) <= len(choices):
            return choices[int(picked) - 1].id
        raise DraftError(f"“{picked}” is none of them")

    def _introduced(self, name: str) -> str:
        """The id of somebody new, with the office that the article gives them."""
        body = self._in.line("person or organisation (p/o)", "p").strip().lower().startswith("o")
        title = "" if body else self._in.line("title of the office, as in speakers.yaml (empty: none)").strip()
        organisation = self._in.line("of what organisation or country").strip() if title else ""
        return self.desk.new_speaker(name, title, organisation, is_organisation=body)

    def _merge(self) -> None:
        self.desk.refuse_published()
        alike = self.desk.alike
        for number, known in enumerate(alike, 1):
            self._say(f"  {number}  {known.id}: {known.citation.shown} ({known.dated})")
        first = "1" if alike else ""
        words = self._in.line("the same statement as (its number or id; - for none)", first).strip()
        if words.isdecimal() and 0 < int(words) <= len(alike):
            words = alike[int(words) - 1].id
        if not words:
            return
        self.desk.merge("" if words == _EMPTY else words)
        if words != _EMPTY:
            self._accept()

    def _undo(self) -> None:
        if not self.desk.undo():
            raise DraftError("there is nothing to take back")

    def _edit_article(self) -> None:
        self.desk.refuse_published_article()
        self._change_article(self._field(dict(zip("uotdbywni", ARTICLE_FIELDS, strict=True))))

    def _change_article(self, field: str) -> None:
        value = getattr(self.desk.file.article, field)
        old = value.edtf if field == "published" and value else str(value or "")
        while True:
            words = self._in.line(f"article: {field}{HINTS.get(field, '')}", old).strip()
            if words in {"", old}:
                return
            try:
                self.desk.edit_article(field, "" if words == _EMPTY else words)
                return
            except DraftError as error:
                self._warn(f"{field}: {error}")
                old = words

    def _ask_for_missing(self) -> None:
        missing = self.desk.missing
        if missing:
            self._say(f"The article still needs its {', '.join(missing)}. An empty line leaves it for later.")
        for field in missing:
            try:
                self._change_article(field)
            except KeyboardInterrupt:
                return

    def _write(self) -> None:
        desk = self.desk
        self._ask_for_missing()
        if desk.missing:
            raise DraftError(f"the article has no {', '.join(desk.missing)} yet; A, then the field")
        self._ask_for_offices()
        try:
            done = acceptance.publish(desk.file, self._folder, desk.seeds)
        except SeedProblems as error:
            self._warn("The seeds would not be sound, so nothing was written:")
            for problem in error.problems:
                self._warn(str(problem))
            return
        # The seeds as they are now come first: where the draft cannot be marked, the next w finds there what it wrote.
        try:
            desk.renew(seed_files.load(self._folder))
        except SeedProblems as error:
            self._warn("Written; but somebody else has changed the seeds meanwhile, and they are not sound any more:")
            for problem in error.problems:
                self._warn(str(problem))
        try:
            desk.publish(list(done.accepted.numbers))
        except DraftError as error:
            raise DraftError(
                f"{error}\nThe seeds have what was accepted all the same; w notes it in the draft"
            ) from None
        self._tell(done)

    def _ask_for_offices(self) -> None:
        """An office needs a day from which on: the article only says that it was held when it appeared."""
        newcomers = self.desk.file.model.new_speakers
        for new in acceptance.accepted(self.desk.file, self.desk.seeds).newcomers:
            number = newcomers.index(new)
            for index, office in enumerate(new.offices):
                if office.since:
                    continue
                prompt = f"since when was {new.name} {office.title}, {office.organisation}"
                default = held_by(self.desk.file.article)
                while True:
                    try:
                        self.desk.set_office(number, index, self._in.line(prompt, default) or default)
                        break
                    except DraftError as error:
                        self._warn(str(error))

    def _tell(self, done: Published) -> None:
        counts = [
            (len(done.accepted.statements), "statement", "statements"),
            (len(done.accepted.reports), "further report", "further reports"),
            (len(done.accepted.newcomers), "new speaker", "new speakers"),
            (len(done.accepted.topics), "new topic", "new topics"),
        ]
        told = ", ".join(f"{count} {one if count == 1 else more}" for count, one, more in counts if count)
        self._say(f"In the seeds: {told or 'nothing new'} ({done.file}). All {done.count:,} statements are sound.")
        first = next(iter(done.accepted.statements), None)
        if first and first.speaker:
            asked = " ".join([self.desk.directory.surname(first.speaker), *first.topics[:1]])
            self._say(f"Try it: onrecord find {asked}")
        self._say("Live: /seeds reload in the chat, or `onrecord reload` beside a running bot.")
        pending = len(self.desk.pending)
        if pending:
            self._say(f"{pending} {'is' if pending == 1 else 'are'} pending still.")

    def _key(self, keys: dict[str, str]) -> str:
        """The next key, of those that are named."""
        self._console.print(Text(menu(keys, self._console.width - 1), style="dim"), end=" ")
        key = self._in.key()
        self._console.print()
        return key

    def _say(self, words: str) -> None:
        self._console.print(Text(visible(words)))

    def _warn(self, words: str) -> None:
        self._console.print(Text(visible(words), style="bold red"))
