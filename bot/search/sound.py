"""How words sound: one key for the spellings that different languages give the same name.

“Lavrov”, “Lawrow” and “Lavroff” share a key, as do “Yeltsin”, “Jelzin” and “Eltsine”. A key is a skeleton: consonants
in classes, every run of vowels as one. Letters are read as in English, in German (the transcription of the Duden: w for
v, sch and tsch, j for y, z for ts) and in French (ou, ch, tch, dj, a final -ine), since nobody says which it was.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_VOWEL: Final = "a"
_HISS: Final = "S"

_EVERYWHERE: Final = {
    **dict.fromkeys("shch schtsch chtch tsch dsch tch sch sh zh cz sz dzh dj".split(), _HISS),
    **{"ph": "f", "th": "t", "dt": "t", "ck": "k", "kh": "h", "gh": "h", "g": "h", "qu": "k", "q": "k", "x": "ks"},
    **{"wh": "v", "w": "v", "ff": "v", "ts": "s", "tz": "s", "z": "s", "ce": "sa", "ci": "sa", "cy": "sa", "c": "k"},
    **{
        "ph": "f",
        "th": "t",
        "dt": "t",
        "ck": "k",
        "kh": "h",
        "gh": "h",
        "g": "h",
        "qu": "k",
        "q": "k",
        "x": "ks",
        "wh": "v",
    },
    **{"w": "v", "ts": "s", "tz": "s", "z": "s", "ce": "sa", "ci": "sa", "cy": "sa", "c": "k", "ff": "v"},
    **dict.fromkeys(("tion", "sion", "cion"), _HISS + _VOWEL + "n"),
    **dict.fromkeys(("y", "i", "e", "o", "u", "a", "j"), _VOWEL),
}
_READINGS: Final = (
    {**_EVERYWHERE, "ch": _HISS},
    {**_EVERYWHERE, "ch": "h"},
    {**_EVERYWHERE, "ch": _HISS, "j": _HISS, "gu": "h"},
)
"""English, German, French."""

_LETTERS: Final = tuple(re.compile("|".join(sorted(reading, key=len, reverse=True))) for reading in _READINGS)
_SILENT: Final = re.compile(r"(?<=[aeiouy])h(?![aeiouy])")
_REPEATED: Final = re.compile(r"(.)\1+")
_SHORTEST: Final = 4
"""Letters of a word from which on its sound is looked at: shorter ones sound like too many."""


_SHORTEST_KEY: Final = 3


@lru_cache(maxsize=1024)
def sounds(word: str) -> tuple[str, ...]:
    """The different keys of a folded word, the English one first; none for a short word or a number."""
    if len(word) < _SHORTEST or not word.isalpha():
        return ()
    return tuple(dict.fromkeys(key for key in _keys(word) if len(key) >= _SHORTEST_KEY))


def sound_alike(one: str, other: str) -> bool:
    """Whether two folded words may be spellings of one, however short; any hiss is as good as another."""
    return not {key.lower() for key in _keys(one)}.isdisjoint(key.lower() for key in _keys(other))


def _keys(word: str) -> Iterator[str]:
    word = _SILENT.sub("", word)
    for reading, letters in zip(_READINGS, _LETTERS, strict=True):
        key = letters.sub(lambda found, reading=reading: reading[found[0]], word)  # type: ignore[misc]
        key = _REPEATED.sub(r"\1", key)
        if key[-1] == _VOWEL and len(key) > 3:
            key = key[:-1]
        if key[-1] == "f":
            key = key[:-1] + "v"
        yield key
