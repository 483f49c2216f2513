"""Which language a text is in, by py3langid."""

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

_ENOUGH: Final = 80
"""Characters from which a paragraph alone is judged; the library is right about nearly all of that length."""
_GLANCE: Final = 160
"""Characters of a paragraph that are looked at."""
_LONGEST_WORD: Final = 40
"""Letters of a word on average, from which on it is none, in a script that parts words by spaces."""
_SAMPLE: Final = 40_000
"""Characters that are looked at: the rest of a very long text is in the same language."""
_SURE: Final = 0.99
"""Probability from which a text that has no paragraph long enough is believed not to be English."""


def languages(paragraphs: Iterable[str]) -> dict[str, float]:
    """The share of each language in the prose, largest first, by ISO code; empty where there is too little to tell."""
    weights: Counter[str] = Counter()
    seen, short = 0, []
    for paragraph in paragraphs:
        words = " ".join(paragraph.split())
        if len(words) < _ENOUGH or (words.isascii() and words.count(" ") * _LONGEST_WORD < len(words)):
            short.append(words)
            continue
        weights[_identifier().classify(words[:_GLANCE])[0]] += len(words)
        seen += len(words)
        if seen > _SAMPLE:
            break
    if not weights:
        together = " ".join(short)[:_SAMPLE]
        code, probability = _identifier().classify(together) if together else ("en", 0.0)
        return {code: 1.0} if probability >= _SURE and len(together) >= _ENOUGH / 2 else {}
    return {code: weight / weights.total() for code, weight in weights.most_common()}


@cache
def _identifier() -> LanguageIdentifier:
    """The library's model (loaded once a process, in less than a second)."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(NAMES))
    return identifier
