"""Articles in bulk at first sight: those that are surely fine, said in microseconds each.

What is fine here is just what the model in ``schema.py`` takes. What is not may still be: the model tells.
"""

import re
from typing import Final

from pydantic_core import from_json

from bot.corpus.fields import MAX_URL, dating
from bot.corpus.plain import is_plain, is_plain_id
from bot.record import Article, Wording

_TEXTS: Final = {"outlet": 60, "title": 200, "byline": 100, "published_basis": 200, "wording_note": 200}
"""Texts of an article, and how long each may be."""
_NEEDED: Final = frozenset({"outlet", "title"})
_SUM: Final = re.compile(r"[0-9a-f]{64}")
_URL: Final = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?:[/?#][\w!$%&'()*+,./:;=?@~#-]*)?", re.ASCII)


def article(content: bytes) -> Article | None:
    """The article on a line; None where a close look is needed."""
    try:
        entry = from_json(content, cache_strings="keys")
        # Each key and each text stands in quotation marks, and a key that stands there twice has too many of them.
        if without_escapes(content).count(b'"') != 4 * len(entry) or b"\x7f" in content:
            return None
        id_, url, published = entry.pop("id"), entry.pop("url"), dating(entry.pop("published"))
        wording, sum_ = Wording(entry.pop("wording", Wording.ORIGINAL)), entry.pop("text_sha256", None)
        escaped = b"\\" in content
        if (
            _NEEDED <= entry.keys() <= _TEXTS.keys()
            and all(is_plain(text, _TEXTS[name], escaped=escaped) for name, text in entry.items())
            and is_plain_id(id_)
            and len(url) <= MAX_URL
            and _URL.fullmatch(url)
            and (sum_ is None or _SUM.fullmatch(sum_))
        ):
            return Article(id=id_, published=published, url=url, wording=wording, text_sha256=sum_ or "", **entry)
    except (ValueError, TypeError, LookupError, AttributeError):  # whatever it is, it is not plain
        pass
    return None


def without_escapes(content: bytes) -> bytes:
    """JSON in which every quotation mark is one that opens or closes a text."""
    return content.replace(b"\\\\", b"").replace(b'\\"', b"") if b"\\" in content else content
