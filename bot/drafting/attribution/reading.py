"""One paragraph is read: its quotations and sentences are laid out, and every cue becomes a frame."""

from bot.drafting.attribution import cued, cues, uncued
from bot.drafting.attribution.frames import Frame, Reading, Rule
from bot.drafting.attribution.sheet import OUTSIDE, Range, lay
from bot.drafting.attribution.units import units
from bot.drafting.parsing import Paragraph


def read(paragraph: Paragraph) -> Reading:
    """Everything that a paragraph tells that somebody said, in the order of the cues."""
    sheet = lay(paragraph)
    reading = Reading(sheet, units(sheet))
    whole = uncued.transcript(sheet) or uncued.undersigned(sheet)
    if whole:
        reading.take(whole)
        return reading
    for unit in reading.units:
        _read_unit(reading, unit)
    reading.frames.sort(key=lambda frame: frame.verb.i)
    for frame in reading.frames:
        frame.nested = any(_tells(outer, frame) and not _tells(frame, outer) for outer in reading.frames)
    return reading


def _read_unit(reading: Reading, unit: Range) -> None:
    """Note what one sentence tells: by its cues first, and then each quotation that none of them has taken."""
    sheet, (start, end) = reading.sheet, unit
    own = [one for one in sheet.doc[start:end] if sheet.quoted[one.i] == OUTSIDE and not (one.is_punct or one.is_space)]
    quotes = sheet.quotes_in(start, end)
    if quotes and not own:
        uncued.go_on(reading, quotes, unit)
        return
    # Verbs of saying first: “She thinks “it is over,” she said” is told as what she said, not as what she thinks.
    for token in sorted(own, key=lambda one: one.lemma_.lower() in cues.HELD):
        frame = cued.frame_at(reading, token, unit)
        if frame and frame.content and not (frame.rule is Rule.HELD and reading.has_told(frame)):
            reading.take(frame)
    uncued.go_on_in_words(reading, unit)
    for quote in quotes:
        if quote not in reading.owned:
            frame = uncued.uncued(reading, quote, unit)
            if frame:
                reading.take(frame)


def _tells(outer: Frame, inner: Frame) -> bool:
    """Whether one cue stands inside of what another brings: “TASS reports that Lavrov said …”."""
    return bool(inner.cue) and any(begin <= inner.cue[0][0] < end for begin, end in outer.content)
