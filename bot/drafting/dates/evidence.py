"""What an article tells of when its people spoke beside the statements themselves: in other sentences, in captions."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.drafting.dates import times
from bot.drafting.dates.occasions import Scene, scene
from bot.drafting.dates.times import Expression, Reading
from bot.drafting.dates.tying import Bond, Saying
from bot.drafting.parsing import Paragraph, Parsed
from bot.drafting.values import Attribution, Manuscript, Voice, Why
from bot.record import Dating

_SPEAKING: Final = frozenset("speak talk address interview brief testify give hold deliver meet say tell".split())
_MAX_CAPTION: Final = 500
"""Characters; what is longer describes no picture."""
_WEEK: Final = 7
_RECENT: Final = 31
"""Days before the article within which a day that it names may be that of what it reports."""
_PRONOUNS: Final = frozenset("he she it they him her them his their who".split())
_OFFICES: Final = frozenset(
    "ambassador chair chairman chancellor chief commander diplomat envoy general head leader minister official premier "
    "president secretary spokesman spokesperson spokeswoman state".split()
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A date on which somebody spoke, or was seen."""

    at: int
    """Where in the text it stands."""
    who: frozenset[str]
    """The key of the speaker, as ``keys`` has it; or the words among which it may be."""
    said: Dating
    basis: str
    because: tuple[str, ...]
    scene: Scene
    origin: str
    """Where it comes from, in words."""
    is_caption: bool = False


class Around:
    """All that an article tells of when its people spoke; what was inferred from it is kept apart."""

    def __init__(self, known: Iterable[Evidence]) -> None:
        self._of: defaultdict[str, list[Evidence]] = defaultdict(list)
        self._occasions: dict[tuple[Scene, Dating], Evidence] = {}
        self._guesses: dict[str, Evidence] = {}
        for one in sorted(known, key=lambda one: (one.is_caption, one.at)):
            for word in one.who:
                self._of[word].append(one)
            self._occasions.setdefault((one.scene, one.said), one)

    def guess(self, inferred: Evidence) -> None:
        """Add what was itself inferred."""
        self._guesses.update(dict.fromkeys(inferred.who, inferred))
        self._occasions.setdefault((inferred.scene, inferred.said), inferred)

    def about(self, who: str) -> list[Evidence]:
        """What is known of a speaker, in the order of the text, captions last."""
        return self._of[who] if who else []

    def last_guess(self, who: str) -> Evidence | None:
        """What was inferred last of a speaker."""
        return self._guesses.get(who) if who else None

    def resembling(self, where: Scene) -> list[Evidence]:
        """What may have been on the same occasion, whoever spoke."""
        return [one for (scene, _), one in self._occasions.items() if scene.resembles(where)] if where else []


def keys(text: str, attributions: Sequence[Attribution], voices: Sequence[Voice]) -> list[str]:
    """A key for whoever makes each statement: the same for the same speaker.

    It comes from ``voices`` where they are given, and is empty where they tell nobody. Without them, a pronoun or an
    office alone means whoever was named last.
    """
    who: list[str] = []
    for index, attribution in enumerate(attributions):
        words = " ".join(text[begin:end] for begin, end in attribution.source)
        if voices:
            one = voices[index].speaker or voices[index].proposal
            who.append(_key(one.name) if one else "")
        else:
            who.append(_key(words) or (who[-1] if who else ""))
    return who


def _key(words: str) -> str:
    """The last word of a name, folded; empty for a pronoun or an office."""
    last = next(reversed(_words(words)), "")
    return "" if last in _PRONOUNS or last in _OFFICES else last


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", re.sub(r"[’']s\b", "", text.casefold()))


def spoken(
    parsed: Parsed, masked: Mapping[int, str], attributions: Sequence[Attribution], manuscript: Manuscript
) -> Iterator[Evidence]:
    """Sentences that tell that somebody spoke, and when, but not what they said.

    Args:
        parsed: the article.
        masked: each paragraph without what was said, by where it begins.
        attributions: the statements, whose own cues are left out.
        manuscript: tells when the article appeared.
    """
    cues = {begin for one in attributions for begin, _ in one.cue}
    for paragraph in parsed.paragraphs:
        text = masked[paragraph.begin]
        if not times.find(text):
            continue
        for token in paragraph.doc:
            told = token.idx + paragraph.begin in cues or text[token.idx : token.idx + len(token)] != token.text
            if token.pos_ != "VERB" or token.lemma_ not in _SPEAKING or told:
                continue
            subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
            if subject is not None:
                cue, source = ((one.idx, one.idx + len(one)) for one in (token, subject))
                who = _words(" ".join(one.text for one in subject.subtree))
                yield from _of(Saying(paragraph, text, (cue,), (source,)), who, manuscript)


def _of(saying: Saying, who: Iterable[str], manuscript: Manuscript) -> Iterator[Evidence]:
    bound = next((one for one in saying.times() if one.bond in {Bond.SAID, Bond.REPORTED}), None)
    if bound is None:
        return
    reading = times.resolve(bound.expression, manuscript.published)
    reading = times.doubted(reading, bound.expression, saying.paragraph.doc.text[: bound.expression.begin])
    place = scene(saying, manuscript.outlet)
    if reading.dating and not reading.future and place:
        at = saying.paragraph.begin + saying.cue[0][0]
        because = reading.because
        if bound.bond is Bond.REPORTED:
            because += ("that is when it was reported",)
        origin = "a sentence that tells when they spoke"
        yield Evidence(at, frozenset(who), reading.dating, reading.basis, because, place, origin)


def captions(manuscript: Manuscript) -> Iterator[Evidence]:
    """Days that stand under pictures."""
    for at, words in _captions(manuscript):
        who = frozenset(_words(words))
        for reading in _readings(words, manuscript):
            said, because = reading.dating, reading.because
            if said and said.day:
                yield Evidence(at, who, said, reading.basis, because, Scene(), "a caption", is_caption=True)


def _captions(manuscript: Manuscript) -> Iterator[tuple[int, str]]:
    for one in manuscript.furniture:
        begin, end = one.span
        if one.why is Why.CAPTION and end - begin <= _MAX_CAPTION:
            yield begin, manuscript.text[begin:end]


def _readings(text: str, manuscript: Manuscript) -> Iterator[Reading]:
    return (times.resolve(time, manuscript.published) for time in times.find(text))


def recent_day(masked: Mapping[int, str], manuscript: Manuscript) -> str:
    """A recent day that the article names outside what was said, or a caption does; empty where none does."""
    for text in (*masked.values(), *(words for _, words in _captions(manuscript))):
        for time in times.find(text):
            if is_recent(time, manuscript):
                return time.words
    return ""


def is_recent(time: Expression, manuscript: Manuscript) -> bool:
    """Whether words mean a day, or a few, not long before the article appeared."""
    reading, published = times.resolve(time, manuscript.published), manuscript.published
    if reading.dating is None or reading.future or reading.dating.days > _WEEK:
        return False
    return published is None or (published.latest - reading.dating.latest).days <= _RECENT


def day_before(parsed: Parsed, paragraph: Paragraph, at: int, manuscript: Manuscript) -> Dating | None:
    """The day that the article names last before a place: of it, “the same day” speaks.

    Args:
        parsed: the article.
        paragraph: the one with that place.
        at: the place, counted from where the paragraph begins.
        manuscript: tells when the article appeared.
    """
    for one in reversed(parsed.paragraphs):
        if one.begin <= paragraph.begin:
            text = one.doc.text[:at] if one is paragraph else one.doc.text
            days = [reading.dating for reading in _readings(text, manuscript) if reading.dating and reading.dating.day]
            if days:
                return days[-1]
    return None
