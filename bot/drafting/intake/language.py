"""Which language a text is in: plain English by its small words, anything else by py3langid."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]  # ships none

NAMES: Final = {
    "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "it": "Italian",
    "ja": "Japanese", "ka": "Georgian", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovene", "sr": "Serbian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip
"""Languages that are told apart, by ISO 639-1 code: the press of Europe and of those it writes about. Fewer than the
library knows, since every further one is another that a short English text may be mistaken for."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_ENOUGH: Final = 80
"""Characters from which a paragraph alone is judged; the library is right about nearly all of that length."""
_GLANCE: Final = 160
"""Characters of a paragraph that are looked at."""
_LONGEST_WORD: Final = 40
"""Letters of a word on average, from which on it is none, in a script that parts words by spaces."""
_SAMPLE: Final = 40_000
"""Characters that are looked at: the rest of a very long text is in the same language."""
_ENGLISH: Final = frozenset(
    "the and that which with from been they their would this these those were who his her what about there when could "
    "said its it of to for on at by as is not have has had but be are after than".split()
)
"""Small words that English prose is full of: one in three. Some are words elsewhere, but not so many together."""
_PLAIN: Final = 0.15
"""The share of them in a paragraph from which on it is plainly English, three of them at least different ones: as many
as 104 of the 108 longer paragraphs of our own gold articles have. The others only cost the library's look."""
NOTED: Final = 0.2
"""The share of other languages from which on it matters what they are."""
_SURE: Final = 0.99
"""Probability from which a text that has no paragraph long enough is believed not to be English."""


def languages(paragraphs: Iterable[str]) -> dict[str, float]:
    """The share of each language in the prose, largest first, by ISO code; empty where there is too little to tell.

    What is not plainly English is not looked at where it is less than would matter.
    """
    weights: Counter[str] = Counter()
    short: list[str] = []
    doubtful: list[str] = []
    for paragraph in paragraphs:
        words = " ".join(paragraph.split())
        if len(words) < _ENOUGH or (words.isascii() and words.count(" ") * _LONGEST_WORD < len(words)):
            short.append(words)
        elif _is_plainly_english(words):
            weights["en"] += len(words)
        else:
            doubtful.append(words)
        if weights.total() + sum(map(len, doubtful)) > _SAMPLE:
            break
    if sum(map(len, doubtful)) >= NOTED * weights.total():
        for words in doubtful:
            weights[_identifier().classify(words[:_GLANCE])[0]] += len(words)
    if not weights:
        together = " ".join(short)[:_SAMPLE]
        code, probability = _identifier().classify(together) if together else ("en", 0.0)
        return {code: 1.0} if probability >= _SURE and len(together) >= _ENOUGH / 2 else {}
    return {code: weight / weights.total() for code, weight in weights.most_common()}


def _is_plainly_english(text: str) -> bool:
    words = _WORD.findall(text.lower())
    small = [word for word in words if word in _ENGLISH]
    return len(small) >= _PLAIN * len(words) and len(set(small)) > 2


@cache
def _identifier() -> LanguageIdentifier:
    """The library's model (loaded once a process, in less than a second)."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(NAMES))
    return identifier
