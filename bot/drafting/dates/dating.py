"""When something was said, and how we know.

Never wrong and unflagged: a date has no flag only where the grammar ties it to the act of saying itself; one that is
inferred from the words around carries the reason, and the rest has no date.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.drafting.dates import evidence, times
from bot.drafting.dates.evidence import Around, Evidence
from bot.drafting.dates.occasions import Scene, scene, share_interview
from bot.drafting.dates.times import Reading
from bot.drafting.dates.tying import Bond, Bound, Saying, mask
from bot.drafting.parsing import Parsed
from bot.drafting.values import Attribution, Manuscript, Occasion, Span, Tie, Voice
from bot.record import Dating, Kind

MAX_BASIS: Final = 200
"""Characters of a basis, as the seeds have it."""

_SURE, _FLAGGED, _INFERRED, _GUESSED, _NOTHING = 0.95, 0.7, 0.6, 0.4, 0.9
"""Confidence in a date tied by grammar, in one that carries a flag, in those inferred, and in there being none."""

_DOUBTS: Final = {
    Bond.REPORTED: "that is when it was reported; it may have been said before",
    Bond.AFTER: "the date is that of something before it was said",
    Bond.FILED: "that is the day of the dateline; the saying itself is not dated",
    Bond.LOOSE: "“{words}” stands in the sentence, but may belong to something else in it",
}
_EARLIER: Final = re.compile(
    r"\b(?:previously|earlier(?! (?:on|this|today|that|in|last)\b| \w+day\b)|beforehand|in the past)\b", re.IGNORECASE
)
_LATER: Final = re.compile(r"\b(?:later|afterwards|subsequently)\b(?! (?:on|this|today|that|in)\b)", re.IGNORECASE)
_NO_DAY: Final = re.compile(
    r"\b(?:repeatedly|often|always|frequently|consistently|regularly|for years|(?:has|have|had) long|continues? to|"
    r"still|many times|several times|on several occasions|recently|lately|in recent (?:days|weeks|months|years)|"
    r"once(?! again| more))\b",
    re.IGNORECASE,
)
_TAIL: Final = 2
"""Characters that may follow a time at the end of what was said: a full stop, a quotation mark."""


def occasions(
    manuscript: Manuscript, parsed: Parsed, attributions: Sequence[Attribution], voices: Sequence[Voice] = ()
) -> list[Occasion]:
    """When and where each statement was made, as far as the article tells.

    Args:
        manuscript: the article, with the day it appeared where that is known.
        parsed: its prose.
        attributions: what is said in it, in the order of the text.
        voices: who the sources are, one for each attribution; without them, names and pronouns are compared.
    """
    return _Reader(manuscript, parsed, attributions, voices).read()


class _Reader:
    """One article under reading."""

    def __init__(
        self, manuscript: Manuscript, parsed: Parsed, attributions: Sequence[Attribution], voices: Sequence[Voice]
    ) -> None:
        self.manuscript, self.parsed, self.attributions = manuscript, parsed, attributions
        self.inside = _by_paragraph(parsed, attributions)
        self.masked = {one.begin: mask(one, self.inside[one.begin]) for one in parsed.paragraphs}
        self.recent_day = evidence.recent_day(self.masked, manuscript)
        self.who = evidence.keys(parsed.text, attributions, voices)
        self.sayings = [self._saying(one) for one in attributions]
        self.scenes = self._scenes()
        self.occasions_of: defaultdict[str, set[Scene]] = defaultdict(set)
        for who, where in zip(self.who, self.scenes, strict=True):
            if who and where:
                self.occasions_of[who].add(where)

    def read(self) -> list[Occasion]:
        """An occasion for each attribution."""
        own = [self._own(index) for index in range(len(self.attributions))]
        # A date that may belong to something else in its sentence dates nothing else.
        known = [
            self._as_evidence(index, one.said, one) for index, one in enumerate(own) if one.said and not one.because
        ]
        known += evidence.spoken(self.parsed, self.masked, self.attributions, self.manuscript)
        around = Around((*known, *evidence.captions(self.manuscript)))
        read: list[Occasion] = []
        for index, one in enumerate(own):
            occasion = one if one.said else self._inferred(index, one, around, read)
            if occasion.said and not one.said:
                around.guess(self._as_evidence(index, occasion.said, replace(occasion, because=())))
            read.append(replace(occasion, basis=_fit(occasion.basis), where=self._where(index, occasion)))
        return read

    def _as_evidence(self, index: int, said: Dating, occasion: Occasion) -> Evidence:
        at, who, where = self.attributions[index].begin, frozenset({self.who[index]}), self.scenes[index]
        return Evidence(
            at, who, said, occasion.basis, occasion.because, where, "what was said elsewhere in the article"
        )

    # What its own sentence says

    def _saying(self, attribution: Attribution) -> Saying | None:
        """The act in the paragraph of its cue, or of its content where it has none."""
        at = (attribution.cue or attribution.content)[0][0]
        paragraph = self.parsed.paragraph(at)
        if paragraph is None:
            return None
        here, begin = self.inside[paragraph.begin], paragraph.begin
        end = begin + len(self.masked[begin])
        cue = _within(attribution.cue, begin, end)
        # What somebody is said to have said may itself tell who said it, and when: then it is not hidden.
        others = [one for one in here if not any(first <= at < last for first, last in one.content)]
        nested = cue and len(others) < len(here)
        return Saying(
            paragraph,
            mask(paragraph, others) if nested else self.masked[begin],
            cue or _within(attribution.content, begin, end),
            _within(attribution.source, begin, end),
            tuple(at for one in here if one.cue != attribution.cue for at, _ in _within(one.cue, begin, end)),
        )

    def _own(self, index: int) -> Occasion:
        attribution, saying = self.attributions[index], self.sayings[index]
        if saying is None or not attribution.cue:
            return Occasion(confidence=_NOTHING)
        bound = saying.times()
        closest = [(one, self._resolve(one, saying)) for one in bound if one.bond is bound[0].bond]
        return _settle(closest) if closest else Occasion(confidence=_NOTHING, because=self._hints(attribution, saying))

    def _resolve(self, bound: Bound, saying: Saying) -> Reading:
        time, before = bound.expression, None
        if time.counts:
            before = evidence.day_before(self.parsed, saying.paragraph, time.begin, self.manuscript)
        reading = times.resolve(time, self.manuscript.published, before)
        return times.doubted(reading, time, saying.paragraph.doc.text[: time.begin])

    def _hints(self, attribution: Attribution, saying: Saying) -> tuple[str, ...]:
        """Times in the sentence that are not bound to the act, and those that end what was said."""
        begin, end = saying.sentence
        beside = list(times.find(saying.masked[begin:end]))
        if attribution.kind is not Kind.DIRECT:
            words = self.parsed.text[slice(*attribution.content[-1])]
            last = (one for one in times.find(words) if len(words) - one.end <= _TAIL)
            beside += [one for one in last if evidence.is_recent(one, self.manuscript)]
        loose = (one.words for one in beside if not times.resolve(one, self.manuscript.published).future)
        return tuple(f"“{words}” stands there, but does not clearly date the saying" for words in dict.fromkeys(loose))

    # What the words around it say

    def _inferred(self, index: int, own: Occasion, around: Around, read: Sequence[Occasion]) -> Occasion:
        attribution, who, where, words = (
            self.attributions[index],
            self.who[index],
            self.scenes[index],
            self._words(index),
        )
        if own.basis:  # a time is bound to it, but names no day
            return self._undated(own, own.basis)
        mine = [one for one in around.about(who) if one.at != attribution.begin]
        moved = _EARLIER.search(words) or _LATER.search(words)
        if moved:
            before = [one for one in mine if one.at < attribution.begin]
            return self._moved(own, moved[0].casefold(), max(before, key=lambda one: one.at, default=None))
        if vague := _NO_DAY.search(words):
            return self._undated(own, f"no day stated, only “{vague[0].casefold()}”")
        previous = read[-1] if read else None
        if attribution.tie is Tie.CONTINUATION and previous and previous.said and who == self.who[index - 1]:
            because = ("it goes on with what was said just before", *previous.because[:1])
            return _flagged(own, previous.said, previous.basis, because, min(_FLAGGED, previous.confidence))
        fitting = [one for one in mine if not one.scene.contradicts(where)]
        if fitting:
            return _like(fitting, attribution.begin, own)
        alike = around.resembling(where)
        if len({one.said for one in alike}) == 1:
            because = ("somebody else's words are dated so, which seem to be of the same occasion", *alike[0].because)
            return _flagged(own, alike[0].said, alike[0].basis, because, _GUESSED)
        guess = around.last_guess(who)
        if guess and not guess.scene.contradicts(where):
            return _like([guess], attribution.begin, own, _GUESSED)
        if self.recent_day and not own.because:
            own = replace(own, hint=f"the article speaks of {self.recent_day}; nothing ties these words to it")
        return self._undated(own, _missing(where))

    def _moved(self, own: Occasion, word: str, before: Evidence | None) -> Occasion:
        """“previously” and “later”, counted from what the same speaker said last."""
        says, appeared = f"the article says only {word}", self.manuscript.published
        if before is None or before.said.mark:
            return self._undated(replace(own, because=(*own.because, says)), says)
        if _EARLIER.fullmatch(word):
            said, basis = f"../{before.said.latest}", f"{says}, counted from {before.said}"
        else:
            first, last = before.said.edtf.split("/")[0], f"{(appeared or before.said).latest}"
            if first > last:  # of a year to come: nothing was said later than that
                return self._undated(replace(own, because=(*own.because, says)), says)
            said = last if first == last else f"../{last}" if first == ".." else f"{first}/{last}"
            basis = f"{says} than {before.said}"
        return _flagged(own, Dating.parse(said), basis, (says, *before.because), _GUESSED)

    def _undated(self, own: Occasion, why: str) -> Occasion:
        """No date, and why."""
        appeared = self.manuscript.published
        if appeared is None:
            why += "; nor is it known when the article appeared"
        elif "it appeared" not in why:
            why += f"; reported {appeared}"
        return replace(own, basis=why, confidence=_INFERRED if own.because else _NOTHING)

    def _words(self, index: int) -> str:
        """The sentence of its cue, without what was said."""
        saying = self.sayings[index]
        return saying.masked[slice(*saying.sentence)] if saying else ""

    # Where

    def _scenes(self) -> list[Scene]:
        """The occasion of each, by its own sentence, or else as whoever goes on speaking in the paragraph."""
        scenes = [scene(one, self.manuscript.outlet) if one else Scene() for one in self.sayings]
        places: defaultdict[str, list[int]] = defaultdict(list)
        for index, who in enumerate(self.who):
            places[who].append(index)
        for mine in places.values():
            shared = share_interview([scenes[index] for index in mine])
            only = {one for one in shared if one}
            everywhere = next(iter(only)) if len(only) == 1 and {one.form for one in only} == {"interview"} else Scene()
            for index, one in zip(mine, shared, strict=True):
                scenes[index] = one or everywhere
        for index in range(1, len(scenes)):
            goes_on = self.attributions[index].tie is Tie.CONTINUATION or self._share_paragraph(index - 1, index)
            if not scenes[index] and goes_on and self.who[index] == self.who[index - 1]:
                scenes[index] = scenes[index - 1]
        return scenes

    def _share_paragraph(self, first: int, second: int) -> bool:
        one, other = self.sayings[first], self.sayings[second]
        return bool(one and other and one.paragraph is other.paragraph)

    def _where(self, index: int, occasion: Occasion) -> str:
        """Its own occasion; where it has none, but the date of the speaker's only one, that."""
        theirs = self.occasions_of[self.who[index]]
        one = not any(first.contradicts(second) for first in theirs for second in theirs)
        if self.scenes[index] or not occasion.said or not occasion.because or not one:
            return self.scenes[index].where
        return max((where.where for where in theirs), key=len, default="")


def _by_paragraph(parsed: Parsed, attributions: Sequence[Attribution]) -> defaultdict[int, list[Attribution]]:
    """The attributions of which some part stands in a paragraph, by where that begins."""
    begins = [one.begin for one in parsed.paragraphs]
    found: defaultdict[int, list[Attribution]] = defaultdict(list)
    for one in attributions:
        places: set[int] = set()
        for begin, end in (*one.content, *one.cue):
            places.update(range(max(bisect_right(begins, begin) - 1, 0), bisect_left(begins, end)))
        for place in sorted(places):
            found[begins[place]].append(one)
    return found


def _settle(closest: Sequence[tuple[Bound, Reading]]) -> Occasion:
    """An occasion of the times that are bound to an act in the same way, the nearest first."""
    bound, reading = closest[0]
    because = reading.because
    for _, other in closest[1:]:
        if reading.dating and other.dating and other.dating.contradicts(reading.dating):
            because += (f"the sentence also names {other.dating}",)
        elif other.dating and (reading.dating is None or other.dating.days < reading.dating.days):
            reading, because = other, (*because, *other.because)
    words = bound.expression.words
    if reading.future:
        because = because or (f"“{words}” lies after the article",)
    if reading.dating is None:
        return Occasion(None, reading.basis, "", _GUESSED, because or (f"“{words}” names no day",))
    said, basis = reading.dating, reading.basis
    if bound.bond is Bond.PUBLISHED:
        said = Dating.parse(f"../{said.latest}")
        basis = f"it was made public then: {basis}; the day of saying is not stated"
    elif bound.bond in _DOUBTS:
        because += (_DOUBTS[bound.bond].format(words=words),)
    return Occasion(said, basis, "", _FLAGGED if because else _SURE, because)


def _like(fitting: Sequence[Evidence], at: int, own: Occasion, confidence: float = _INFERRED) -> Occasion:
    """Dated as other words of the same speaker: the nearest before it, or else after it."""
    nearest = min(fitting, key=lambda one: (one.is_caption, one.at > at, abs(one.at - at)))
    because = f"taken from {nearest.origin}, by the same speaker"
    if len({one.said for one in fitting}) > 1:
        because, confidence = f"{because}; the article has more than one date for them", _GUESSED
    return _flagged(own, nearest.said, nearest.basis, (because, *nearest.because), confidence)


def _flagged(own: Occasion, said: Dating, basis: str, because: Sequence[str], confidence: float) -> Occasion:
    reasons = dict.fromkeys((*because, *own.because))
    return Occasion(said, basis, "", confidence, tuple(reasons))


def _missing(where: Scene) -> str:
    return (
        f"day of the {where.form} not stated"
        if where.form in {"interview", "press conference", "speech"}
        else ("day not stated")
    )


def _fit(basis: str) -> str:
    return basis if len(basis) <= MAX_BASIS else f"{basis[: MAX_BASIS - 1]}…"


def _within(spans: Sequence[Span], begin: int, end: int) -> tuple[Span, ...]:
    """The spans that begin in a part of the text, counted from where that begins."""
    return tuple((first - begin, last - begin) for first, last in spans if begin <= first < end)
