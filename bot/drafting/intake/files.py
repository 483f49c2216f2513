"""What a file is, told by what it holds and not by its name: plain text, a web page, a page that a browser saved."""

import codecs
import plistlib
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import compat32
from enum import Enum, auto
from pathlib import Path
from typing import Final

from bot.errors import DraftError

MAX_FILE: Final = 60_000_000
"""Bytes of a file: a page may be saved with all its pictures in it."""
MAX_MARKUP: Final = 10_000_000
"""Characters of a page without its pictures."""

_MAGIC: Final = (
    (b"%PDF", "a PDF document: copy its text into a .txt file in UTF-8"),
    (b"{\\rtf", "an RTF document: save it as plain text in UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an Office document: save it as plain text in UTF-8"),
    (b"\x89PNG", "an image: the text in it has to be typed or recognised first"),
    (b"\xff\xd8\xff", "an image: the text in it has to be typed or recognised first"),
    (b"GIF8", "an image: the text in it has to be typed or recognised first"),
    (b"RIFF", "an image or a recording: its words have to be written down first"),
    (b"ID3", "a recording: its words have to be written down first"),
    (b"OggS", "a recording: its words have to be written down first"),
    (b"\x1f\x8b", "a compressed file: unpack it first"),
    (b"7z\xbc\xaf", "a compressed file: unpack it first"),
    (b"Rar!", "a compressed file: unpack it first"),
    (b"BZh", "a compressed file: unpack it first"),
    (b"\xfd7zXZ", "a compressed file: unpack it first"),
    (b"SQLite format 3", "a database, and no article"),
    (b"\x7fELF", "a program, and no article"),
    (b"MZ\x90", "a program, and no article"),
)
"""How files begin that hold no text, and what to do about them."""
_PACKED: Final = (
    (b"word/", "a Word document: save it as plain text in UTF-8"),
    (b"opendocument", "an OpenDocument file: save it as plain text in UTF-8"),
    (b"epub", "an e-book: give each article a file of its own"),
)
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_ENCODING_OF_PAGES: Final = frozenset(
    {"utf-7", "punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined"}
)
"""Encodings of Python that no browser has (https://encoding.spec.whatwg.org): slow, or they make half characters."""
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_REPLACED: Final = "\ufffd"
_CHARSET: Final = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*(?P<name>[A-Za-z0-9_:-]{2,30})", re.IGNORECASE)
_ROOT: Final = re.compile(r"(?>\s|<\?xml[^>]*>|<!--.*?-->)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_TAG: Final = re.compile(
    r"</?(?:p|div|span|h[1-6]|li|ul|article|section|body|head|title|meta|br|a)\b[^<>]*>", re.IGNORECASE
)
_OTHER_XML: Final = re.compile(r"\s*<(?:\?xml|rss|feed|nitf|newsml)\b", re.IGNORECASE)
_EMBEDDED: Final = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]{200,}")
_SAVED_FROM: Final = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(?P<url>\S+)")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_FEW_TAGS: Final = 5
_LOOKED_AT: Final = 20_000


class Kind(Enum):
    """What a file holds."""

    TEXT = auto()
    PAGE = auto()


@dataclass(frozen=True, slots=True)
class File:
    """A file that may hold an article."""

    kind: Kind
    text: str
    """Decoded: plain text, or the markup of a page."""
    content: bytes
    """What was read."""
    utf8: bool
    """Whether that is the text in UTF-8, with or without a byte order mark."""
    saved_from: str = ""
    """The address a browser noted when it saved the page."""
    notes: tuple[str, ...] = ()


def content_of(file: File) -> bytes:
    """The bytes that stand for a plain text: its own wherever they are UTF-8."""
    return file.content if file.utf8 else file.text.encode()


def opened(path: Path) -> File:
    """Read a file and tell what it is.

    Raises:
        DraftError: it cannot be read, or holds neither text nor a page.
    """
    content = _read(path)
    if not content.strip():
        raise DraftError(f"{path.name}: is empty: there is nothing to draft from.")
    if content.startswith(b"bplist00") or (b"WebMainResource" in content[:_LOOKED_AT] and b"<plist" in content[:1000]):
        return _archive(path.name, content)
    _refuse_binary(path.name, content)
    if re.search(rb"^content-type:\s*multipart/related", content[:_LOOKED_AT], re.IGNORECASE | re.MULTILINE):
        return _bundle(path.name, content)
    return _text_or_page(path.name, content)


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise DraftError(f"{path}: is a folder. Name the files in it.")
        if not path.exists():
            raise DraftError(f"{path}: there is no such file.")
        if not path.is_file():
            raise DraftError(f"{path}: is no ordinary file. Save the article as one.")
        if (size := path.stat().st_size) > MAX_FILE:
            raise DraftError(
                f"{path.name}: has {size / 1e6:.0f} MB; a file with an article has at most {MAX_FILE / 1e6:.0f} MB."
            )
        return path.read_bytes()
    except PermissionError:
        raise DraftError(f"{path}: may not be read: give yourself the right to.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise DraftError(f"{path}: cannot be read: {reason}.") from None


def _refuse_binary(name: str, content: bytes) -> None:
    for magic, what in _MAGIC:
        if content.startswith(magic):
            raise DraftError(f"{name}: is {what}.")
    if content.startswith(b"PK\x03\x04"):
        what = next(
            (what for sign, what in _PACKED if sign in content[:_LOOKED_AT]), "a compressed file: unpack it first"
        )
        raise DraftError(f"{name}: is {what}.")


def _text_or_page(name: str, content: bytes) -> File:
    text, utf8, notes = _decoded(name, content)
    if _is_page(text):
        return _page(name, text, content, notes=notes)
    if _OTHER_XML.match(text):
        raise DraftError(f"{name}: is XML, and neither a web page nor plain text. Save the article as one of them.")
    return File(Kind.TEXT, text, content, utf8, notes=notes)


def _page(name: str, markup: str, content: bytes, saved_from: str = "", notes: tuple[str, ...] = ()) -> File:
    noted = _SAVED_FROM.search(markup, 0, _LOOKED_AT)
    markup = _EMBEDDED.sub("", markup)
    if len(markup) > MAX_MARKUP:
        raise DraftError(
            f"{name}: the page has {len(markup):,} characters without its pictures; at most {MAX_MARKUP:,} are read. "
            "Save its text as a .txt file in UTF-8 and draft from that."
        )
    return File(Kind.PAGE, markup, content, False, saved_from or (noted["url"] if noted else ""), notes)


def _is_page(text: str) -> bool:
    start = text[:_LOOKED_AT]
    return bool(_ROOT.match(start)) or len(_TAG.findall(start)) >= _FEW_TAGS


def _decoded(name: str, content: bytes) -> tuple[str, bool, tuple[str, ...]]:
    """The text, whether its bytes are UTF-8, and what the curator should know about the encoding."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding == "utf-8-sig", ()
            except UnicodeDecodeError:
                raise DraftError(
                    f"{name}: is damaged: it begins as {encoding} and goes on as something else."
                ) from None
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = ""
    if text and not _is_binary(text):
        return text, True, ()
    for encoding in ("utf-16-le", "utf-16-be"):
        half = content[0 if encoding.endswith("be") else 1 :: 2][:_LOOKED_AT]
        if len(content) % 2 == 0 and half.count(0) * 2 > len(half):
            return content.decode(encoding, "replace"), False, ("the text is read as UTF-16, which it does not say",)
    found = _CHARSET.search(content[:4096])
    declared = found["name"].decode().lower() if found else ""
    if declared.replace("-", "") == "utf8" and not _is_binary(text := content.decode(errors="replace")):
        return (
            text,
            False,
            (f"the file is damaged UTF-8: {text.count(_REPLACED):,} characters are replaced by {_REPLACED}",),
        )
    told: tuple[str, ...] = ()
    as_declared = _as_declared(content, declared) if declared else None
    if as_declared is None:
        try:
            as_declared, read_as = content.decode("cp1252"), "Windows-1252"
        except UnicodeDecodeError:
            as_declared, read_as = content.decode("latin-1"), "Latin-1"
        told = (f"the file is not UTF-8 and was read as {read_as}: look at quotation marks and accents",)
    if _is_binary(as_declared):
        raise DraftError(f"{name}: holds no text. Save the article as plain text in UTF-8, or as a web page.")
    return as_declared, False, told


def _is_binary(text: str) -> bool:
    """Whether more than one character in a hundred is a control character, as no text has."""
    start = text[:_LOOKED_AT]
    return len(_CONTROL.findall(start)) * 100 > len(start)


def _bundle(name: str, content: bytes) -> File:
    """A page with all that belongs to it, as Chromium, Edge and older browsers save it (MHTML, RFC 2557)."""
    try:
        found = _first_page(content)
    except Exception as error:  # the email package stumbles over what is nested too deep, and over much else
        raise DraftError(
            f"{name}: the saved page cannot be read ({type(error).__name__}). Save it again, as a single file."
        ) from error
    if found is None:
        raise DraftError(f"{name}: is a saved page without its text. Save it again, as a single file.")
    return _saved_page(name, content, *found)


def _first_page(content: bytes) -> tuple[bytes, str, str] | None:
    """Of the first page in a bundle its bytes, their encoding and its address; None where there is no page."""
    # The older policy leaves headers as they stand: the newer one takes minutes to parse what somebody has made long.
    message = message_from_bytes(content, policy=compat32)
    for part in message.walk():
        raw = part.get_payload(decode=True) if part.get_content_type() in _PAGES else None
        if isinstance(raw, bytes):
            address = message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""
            return raw, part.get_content_charset() or "utf-8", "".join(str(address).split())
    return None


def _archive(name: str, content: bytes) -> File:
    """A page as Safari saves it."""
    try:
        main = plistlib.loads(content)["WebMainResource"]
        raw, saved_from = bytes(main["WebResourceData"]), str(main.get("WebResourceURL", ""))
        charset = str(main.get("WebResourceTextEncodingName") or "utf-8")
    except Exception:  # plistlib raises whatever a damaged file makes it stumble over
        raise DraftError(f"{name}: is a property list without a page in it. Save the article as a web page.") from None
    return _saved_page(name, content, raw, charset, saved_from)


def _saved_page(name: str, content: bytes, raw: bytes, charset: str, saved_from: str) -> File:
    """The page within a file, in the encoding that the file gives it, or else in its own."""
    text = _as_declared(raw, charset)
    if text is not None:
        return _page(name, text, content, saved_from)
    text, _, notes = _decoded(name, raw)
    return _page(name, text, content, saved_from, notes)


def _as_declared(raw: bytes, encoding: str) -> str | None:
    """Bytes as text in the encoding that somebody names; None where that is none of a page, or they are not in it."""
    try:
        return None if codecs.lookup(encoding).name in _NO_ENCODING_OF_PAGES else raw.decode(encoding)
    except (LookupError, ValueError):  # ValueError: a null character in its name, and all that is wrong with the bytes
        return None
