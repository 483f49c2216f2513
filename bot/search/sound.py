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

_ENGLISH: Final = {
    **dict.fromkeys("shch schtsch chtch tsch dsch tch sch sh ch zh cz sz dzh dj".split(), _HISS),
    **{"ph": "f", "th": "t", "dt": "t", "ck": "k", "kh": "h", "gh": "h", "g": "h", "qu": "k", "q": "k", "x": "ks"},
    **{"wh": "v", "w": "v", "ff": "v", "ts": "s", "tz": "s", "z": "s", "ce": "sa", "ci": "sa", "cy": "sa", "c": "k"},
    **dict.fromkeys(("tion", "sion", "cion"), _HISS + _VOWEL + "n"),
    **dict.fromkeys(("y", "i", "e", "o", "u", "a", "j"), _VOWEL),
}
_GERMAN: Final = {**_ENGLISH, "ch": "h"}
_FRENCH: Final = {**_ENGLISH, "j": _HISS, "gu": "h"}

_LETTERS: Final = re.compile("|".join(sorted(_ENGLISH, key=len, reverse=True)) + "|.")
_FRENCH_LETTERS: Final = re.compile("|".join(sorted(_FRENCH, key=len, reverse=True)) + "|.")
_SILENT: Final = re.compile(r"(?<=[aeiouy])h(?![aeiouy])")
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
    word = _SILENT.sub("", word) if "h" in word else word
    letters = _LETTERS.findall(word)
    yield _key(letters, _ENGLISH)
    if "ch" in letters:
        yield _key(letters, _GERMAN)
    if "j" in word or "gu" in word:
        yield _key(_FRENCH_LETTERS.findall(word), _FRENCH)


def _key(letters: list[str], reading: dict[str, str]) -> str:
    """The key of a word by its letters, those together that are one sound."""
    sounds = "".join([reading.get(letter, letter) for letter in letters])
    key = "".join([sound for before, sound in zip(" " + sounds, sounds, strict=False) if sound != before])
    if key[-1] == _VOWEL and len(key) > 3:
        key = key[:-1]
    return key[:-1] + "v" if key[-1] == "f" else key
