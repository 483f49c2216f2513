"""Who is said to have said what: source, cue and content spans."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc, Token

from bot.drafting import cues
from bot.drafting.marks import Quoted, quotations
from bot.drafting.parsing import Paragraph, Parsed
from bot.drafting.values import Attribution, Span, Tie
from bot.record import Kind

Range = tuple[int, int]
"""Tokens of a paragraph, end exclusive."""

_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj"})
_CLAUSES: Final = frozenset({"ccomp", "xcomp"})
_INVERTED: Final = frozenset({"dobj", "attr", "oprd", "npadvmod", "appos", "nsubj"})
_NOMINAL: Final = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART", "ADP"})
_SMALL: Final = frozenset("a an and as at but by for from in into is not of off on or over the to up via vs with".split())
"""Words that stand small in titles: The Chicago Manual of Style, 8.159."""
_DAYS: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
_NOBODY: Final = frozenset("correction update updated breaking latest revealed poll photo photos image images video watch listen read note "
"related source sources editor editors contact exclusive transcript analysis opinion fact live".split())
"""What stands before a colon in a paper and is nobody's name."""
_NAMES: Final = frozenset({"Will", "May"})
"""Names that the parser takes for verbs."""
_DASHES: Final = frozenset("-–—―")
_QUESTIONS: Final = frozenset("if whether what why how who which when where".split())
_ENDS: Final = frozenset(".?!…")


@dataclass
class _Frame:
    """A cue with its source and what it takes."""

    verb: Token
    cue: list[Range]
    source: list[Range]
    content: list[Range]
    tie: Tie = Tie.CUE
    nested: bool = False


def attributions(parsed: Parsed) -> list[Attribution]:
    """Everything the text says that somebody said, in the order of the text."""
    found: list[Attribution] = []
    before: _Sheet | None = None
    for paragraph in parsed.paragraphs:
        sheet = _Sheet(paragraph)
        if before and sheet.signature and found and _unsigned(found[-1], before):
            found[-1] = replace(
                found[-1], source=sheet.spans([sheet.signature[1]]), cue=sheet.spans([sheet.signature[0]]), tie=Tie.SIGNATURE
            )
            before = sheet
            continue
        for made in sheet.read():
            found.append(_carried(made, found, before) if made.tie is Tie.CONTINUATION else made)
        before = sheet
    return found


def _unsigned(last: Attribution, sheet: "_Sheet") -> bool:
    """Whether a paragraph is a quotation and nothing else, of which it does not say whose it is."""
    begin, end = sheet.paragraph.begin, sheet.paragraph.end
    whole = begin <= last.begin and last.end <= end and len(sheet.text[last.end - begin :].strip()) < 2
    return whole and last.tie is not Tie.CUE and last.kind is Kind.DIRECT


def _carried(uncued: Attribution, found: list[Attribution], before: "_Sheet | None") -> Attribution:
    """A quotation that begins a paragraph without a cue: by whoever was quoted, or spoken of, in the one before."""
    if before is None:
        return replace(uncued, tie=Tie.NONE)
    last = next((a for a in reversed(found) if not a.nested), None)
    if last and last.source and before.paragraph.begin <= last.begin < before.paragraph.end:
        if last.kind is not Kind.INDIRECT or before.text.rstrip().endswith(":"):
            return replace(uncued, source=last.source)
    verb, source = before._actor(before.units[-1])
    if source and verb is not None:
        cue = (before.paragraph.begin + verb.idx, before.paragraph.begin + verb.idx + len(verb))
        return replace(uncued, source=before.spans([source]), cue=(cue,), tie=Tie.NONE)
    if last and last.source:
        return replace(uncued, source=last.source)
    return replace(uncued, tie=Tie.NONE)


class _Sheet:
    """One paragraph under reading."""

    def __init__(self, paragraph: Paragraph) -> None:
        self.paragraph = paragraph
        self.doc: Doc = paragraph.doc
        self.text = self.doc.text
        self.quotes = quotations(self.text)
        self.quoted = [-1] * len(self.doc)
        self.ranges: list[Range] = []
        self._place_quotes()
        self.units = self._units()
        self.signature = self._signature(0)

    def _place_quotes(self) -> None:
        at = 0
        for index, quote in enumerate(self.quotes):
            while at < len(self.doc) and self.doc[at].idx + len(self.doc[at]) <= quote.begin:
                at += 1
            start = at
            while at < len(self.doc) and self.doc[at].idx < quote.end:
                self.quoted[at] = index
                at += 1
            self.ranges.append((start, at))

    def _units(self) -> list[Range]:
        cuts = [0]
        for token in self.doc:
            if token.i and self._cuts(token):
                cuts.append(token.i)
        return list(zip(cuts, [*cuts[1:], len(self.doc)], strict=True))

    def _cuts(self, token: Token) -> bool:
        quote = self.quoted[token.i]
        if quote >= 0 and quote == self.quoted[token.i - 1]:
            return False
        previous = self.doc[token.i - 1]
        while previous.is_space and previous.i:
            previous = self.doc[previous.i - 1]
        before = self.quoted[previous.i]
        if before >= 0:  # right behind a quotation
            inner = self.text[slice(*self.quotes[before].inner)].rstrip()
            if not inner or inner[-1] not in _ENDS:
                return token.is_sent_start and self.quoted[token.i] < 0 and token.text[0].isupper() and inner[-1:] not in ",;—-" and not self._bare(token.i)
            if quote >= 0:
                return True
            return token.text[0].isupper() and not self._bare(token.i)
        ended = previous.text[-1] in ".?!…" or (previous.text in ")]’'" and previous.i and self.doc[previous.i - 1].text in ".?!")
        if quote >= 0:
            return ended
        return bool(token.is_sent_start) and (ended or previous.is_space)

    def _bare(self, start: int) -> bool:
        """Whether what begins here only says who spoke: “Trump said.”"""
        words = 0
        for token in self.doc[start : start + 16]:
            if self.quoted[token.i] >= 0:
                return False
            if token.text in ".?!:;":
                return False
            words += 1
            if self._says(token):
                rest = self.doc[token.i + 1 : token.i + 45]
                for after in rest:
                    if after.text in {"that", ":", ","} or self.quoted[after.i] >= 0:
                        return after.text == ","
                    if after.text == ".":
                        return not any(child.dep_ in _CLAUSES and child.i > token.i for child in token.children)
                return False
        return False

    def _says(self, token: Token) -> bool:
        return token.lemma_.lower() in cues.SAY and token.tag_[:2] == "VB"

    # ------------------------------------------------------------------ reading

    def read(self) -> Iterator[Attribution]:
        self.frames: list[_Frame] = []
        self.owned: set[int] = set()
        self.inherits: dict[int, Range | None] = {}
        if not self._transcript() and not self._undersigned():
            for unit in self.units:
                self._read_unit(unit)
        self._nest()
        for frame in self.frames:
            made = self._made(frame)
            if made:
                yield made

    def _transcript(self) -> bool:
        """“LAVROV: …”: a whole paragraph after a name, without quotation marks, as interviews are printed."""
        colon = next((t.i for t in self.doc[:8] if t.text == ":" or t.text.endswith(":")), None)
        if not colon or colon + 2 >= len(self.doc) or (self.quotes and self.ranges[0][0] <= colon + 1):
            return False
        name = [t for t in self.doc[:colon] if not t.is_punct and not t.is_space]
        if any(t.lower_ in _NOBODY for t in name):
            return False
        if not name or not all(t.text[0].isupper() or t.lower_ in {"of", "the", "de", "von", "van"} for t in name):
            return False
        if any(t.tag_ in {"VBZ", "VBD", "VBP", "MD"} for t in name) or not self.doc[colon + 1].text[0].isupper():
            return False
        content = self._trim((colon + 1, len(self.doc)))
        source = self._trim((0, colon))
        if not content or not source or not self._clause(content):
            return False
        self.frames.append(_Frame(self.doc[colon], [(colon, colon + 1)], [source], [content], Tie.TRANSCRIPT))
        return True

    def _signature(self, start: int) -> tuple[Range, Range] | None:
        """A dash and a name to the paragraph's end: “— Jane Roe, a spokeswoman”. The tokens of both."""
        while start < len(self.doc) and self.doc[start].is_space:
            start += 1
        at = start
        while at < len(self.doc) and self.doc[at].text and set(self.doc[at].text) <= _DASHES:
            at += 1
        name = self._trim((at, len(self.doc)))
        if at == start or not name or name[1] - name[0] > 20 or not self.doc[name[0]].text[0].isupper():
            return None
        if self._clause(name) or any(quoted >= 0 for quoted in self.quoted[name[0] : name[1]]):
            return None
        return (start, at), name

    def _undersigned(self) -> bool:
        """A whole paragraph of one quotation with a name below a dash behind it."""
        if len(self.quotes) != 1 or self.text[: self.quotes[0].begin].strip():
            return False
        signed = self._signature(self.ranges[0][1])
        if not signed:
            return False
        self.owned.add(0)
        self.frames.append(_Frame(self.doc[signed[0][0]], [signed[0]], [signed[1]], [self.ranges[0]], Tie.SIGNATURE))
        return True

    def _nest(self) -> None:
        """Mark what is told inside of what somebody else is told to have said."""
        for inner in self.frames:
            for outer in self.frames:
                if outer is inner or not inner.cue:
                    continue
                if any(a <= inner.cue[0][0] < b for a, b in outer.content) and not any(
                    a <= outer.cue[0][0] < b for a, b in inner.content if outer.cue
                ):
                    inner.nested = True
                    break

    def _read_unit(self, unit: Range) -> None:
        start, end = unit
        inside = [i for i in range(start, end) if self.quoted[i] < 0 and not self.doc[i].is_punct and not self.doc[i].is_space]
        quotes = sorted({self.quoted[i] for i in range(start, end) if self.quoted[i] >= 0})
        if quotes and not inside:
            self._continue(quotes, unit)
            return
        for i in inside:
            frame = self._frame(self.doc[i], unit)
            if frame and frame.content:
                self._take(frame)
        first = self.quoted[start]
        if first >= 0 and first not in self.owned and not any(start <= f.verb.i < end for f in self.frames):
            # A quotation that goes on in the journalist's words: “… raising incomes” and other matters.
            last = self._goes_on(unit)
            if last and self._quotes(last):
                whole = self._trim(unit)
                if whole:
                    last.content.append(whole)
                    self.owned.update(quotes)
        for quote in quotes:
            if quote not in self.owned:
                frame = self._by_colon(quote, unit) or self._beside(quote, unit) or self._embedded(quote, unit)
                if frame:
                    self._take(frame)

    def _take(self, frame: _Frame) -> None:
        self.frames.append(frame)
        for a, b in frame.content:
            self.owned.update(q for q in self.quoted[a:b] if q >= 0)

    def _continue(self, quotes: list[int], unit: Range) -> None:
        """Quotations that stand alone go on with the sentence before them, or with the paragraph before."""
        last = self._goes_on(unit)
        for quote in quotes:
            self.owned.add(quote)
            if self._titled(quote):
                continue
            if last:
                last.content.append(self.ranges[quote])
            else:
                last = self._uncued(quote, unit)
                self.frames.append(last)

    def _goes_on(self, unit: Range) -> _Frame | None:
        """The frame with whose words a quotation goes on that begins a unit of this paragraph."""
        index = self.units.index(unit)
        if not index:
            return None
        before = self.units[index - 1]
        told = [f for f in self.frames if not f.nested and any(before[0] <= a < before[1] for a, _ in f.content)]
        return next((f for f in told if self._quotes(f)), told[-1] if told else None)

    def _uncued(self, quote: int, unit: Range) -> _Frame:
        """A quotation without a cue, the first in its paragraph: by whoever the sentence before it is about."""
        a, b = self.ranges[quote]
        here = self._trim((0, unit[0]))
        if here:
            verb, source = self._actor(self.units[self.units.index(unit) - 1])
            if source and verb is not None:
                return _Frame(verb, [self._cue(verb)], [source], [(a, b)])
        return _Frame(self.doc[a], [], [], [(a, b)], Tie.CONTINUATION)

    def _actor(self, unit: Range) -> tuple[Token | None, Range | None]:
        """The main verb of a sentence, and who does it."""
        root = next((t for t in self.doc[unit[0] : unit[1]] if t.head.i == t.i and self.quoted[t.i] < 0), None)
        subject = next((c for c in root.children if c.dep_ in _SUBJECTS), None) if root is not None else None
        return root, self._span(subject) if subject is not None else None

    def _quotes(self, frame: _Frame) -> bool:
        """Whether a quotation begins or ends what a frame takes."""
        return any(self.quoted[a] >= 0 or self.quoted[b - 1] >= 0 for a, b in frame.content)

    # ------------------------------------------------------------------ a cue

    def _frame(self, token: Token, unit: Range) -> _Frame | None:
        lemma = token.lemma_.lower()
        if token.text.lower() == "according":
            return self._according(token, unit)
        if lemma in cues.NOUNS and token.tag_ in {"NN", "NNS"}:
            return self._noun(token, unit)
        if token.tag_[:2] != "VB":
            return None
        if lemma in cues.SAY or lemma in cues.REQUEST or lemma in cues.JUDGE or lemma in cues.HOLD:
            return self._saying(token, unit)
        if lemma == "put" and any(c.lower_ == "it" for c in token.rights):
            return self._saying(token, unit)
        return None

    def _noun(self, noun: Token, unit: Range) -> _Frame | None:
        """“His claim that …”."""
        clause = next((c for c in noun.rights if c.dep_ in {"acl", "ccomp"} and any(k.lower_ == "that" and k.dep_ == "mark" for k in c.children)), None)
        if clause is None:
            return None
        owner = next((c for c in noun.children if c.dep_ == "poss"), None)
        source = self._span(owner) if owner is not None else None
        if source is None:
            by = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in {"by", "from", "of"} and c.i < clause.i), None)
            named = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
            if named is not None:
                source = self._span(named)
            elif noun.dep_ in {"dobj", "pobj"} :
                up = noun.head
                while up.pos_ == "ADP" and up.head.i != up.i:
                    up = up.head
                source = self._source(up, unit) if up.pos_ == "VERB" else None
        content = self._whole((max(noun.i + 1, clause.left_edge.i), min(clause.right_edge.i + 1, unit[1])), unit[1])
        return _Frame(noun, [(noun.i, noun.i + 1)], [source] if source else [], [content])

    def _titled(self, quote: int) -> bool:
        """Whether a quotation is the name of a book, a show or the like: “The Apprentice”, or a heading."""
        a, b = self.ranges[quote]
        words = [t for t in self.doc[a:b] if t.text[0].isalnum()]
        if not words or len(words) > 12:
            return False
        inner = self.text[slice(*self.quotes[quote].inner)].strip()
        if inner[-1:] in "?!" and len(words) > 4:
            return False
        large = [t for t in words if t.text[0].isupper() or t.text[0].isdigit()]
        small = [t for t in words if t.text[0].islower()]
        if any(t.lower_ not in _SMALL for t in small) or not large[:1] or words[0] not in large:
            return False
        if a == 0 or (a == 1 and not self.doc[0].text[0].isalnum()):
            return inner.isupper() and len(words) > 1 and b == len(self.doc)
        before = self.doc[a - 1]
        if before.text in {",", ":"} and a > 1:
            before = self.doc[a - 2]
        if before.lemma_ in cues.SPOKEN and before.pos_ == "VERB" and before.lemma_ not in {"call", "see", "read"}:
            return False
        return len(words) > 1 or before.text in {"’s", "'s", "on", "in"} or before.pos_ == "NOUN"

    def _according(self, token: Token, unit: Range) -> _Frame | None:
        to = next((c for c in token.children if c.text == "to"), None)
        if to is None and token.i + 1 < len(self.doc) and self.doc[token.i + 1].text == "to":
            to = self.doc[token.i + 1]
        name = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
        if to is None or name is None:
            return None
        source = self._span(name)
        start, end = unit
        for i in range(source[0], source[1]):
            if self.doc[i].text in {",", ";"} and i + 1 < source[1] and self.doc[i + 1].tag_ in {"CC", "DT", "PRP", "NNP"} and i > name.i:
                source = (source[0], i)
                break
        before = self._trim((start, token.i))
        after = self._trim((source[1], end))
        leads = token.i == start or self.doc[token.i - 1].text in {":", ";"} or (before is not None and self._mere_adjunct(before))
        content: list[Range] = []
        if leads and after:
            content = [before, after] if before and token.i != start and self.doc[token.i - 1].text == "," else [after]
        elif before:
            content = [before]
            if after and self.doc[after[0]].tag_ in {"VBZ", "VBD", "VBP", "MD"}:
                content.append(after)
            cut = next((i for i in range(before[1] - 1, before[0], -1) if self.doc[i].text == ";" and self.quoted[i] < 0), None)
            if cut is not None:
                content[0] = (cut + 1, before[1])
        return _Frame(token, [(token.i, to.i + 1)], [source], content)

    def _saying(self, verb: Token, unit: Range) -> _Frame | None:
        if verb.lower_ == "asked" and verb.tag_ == "VBN":
            asked = self._asked(verb, unit)
            if asked:
                return asked
        if not self._asserted(verb):
            return None
        source = self._source(verb, unit)
        self.sourced = source
        content = self._content(verb, source, unit)
        if not content:
            return None
        if source is None and (verb.tag_ == "VBN" and not any(c.lemma_ == "have" for c in verb.children)):
            return None
        bare = source is None or verb.lemma_ not in cues.SAY
        if bare and not any(self.quoted[i] >= 0 for a, b in content for i in range(a, b)):
            if source is None or verb.lemma_ not in cues.REQUEST:
                return None
        return _Frame(verb, [self._cue(verb)], [source] if source else [], content)

    def _asked(self, verb: Token, unit: Range) -> _Frame | None:
        """“Asked about the exercise, …”: a question of which nobody says who asked it."""
        if any(c.dep_ == "agent" for c in verb.children) or any(c.lemma_ == "have" for c in verb.children):
            return None
        clause = next((c for c in verb.rights if c.dep_ in {"ccomp", "advcl"} and any(k.lower_ in {"if", "whether", "what", "why", "how", "who"} for k in c.subtree)), None)
        about = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "about"), None)
        start = about.i + 1 if about is not None else clause.left_edge.i if clause is not None else None
        part = about if about is not None else clause
        if start is None or part is None or start <= verb.i or self.quoted[start] >= 0:
            return None
        content = self._trim((start, min(part.right_edge.i + 1, unit[1])))
        return _Frame(verb, [(verb.i, verb.i + 1)], [], [content], Tie.NONE) if content else None

    def _asserted(self, verb: Token) -> bool:
        """Whether it is told that this was said: not denied, not only possible, no mere name for something."""
        helpers = [c for c in verb.children if c.dep_ in {"aux", "auxpass", "neg"}]
        if any(c.dep_ == "neg" or (c.tag_ == "MD" and c.text not in _NAMES) for c in helpers):
            return False
        if verb.tag_ == "VBN" and not helpers and verb.dep_ not in {"conj", "ROOT", "ccomp", "parataxis"}:
            lone = verb.dep_ == "acl" and verb.head.head.i == verb.head.i and verb.head.pos_ in {"NOUN", "PROPN"}
            return lone or any(c.dep_ in {"agent", "nsubj"} for c in verb.children)
        if verb.tag_ == "VB" and any(c.tag_ == "TO" for c in helpers):
            return verb.head.lemma_ in {"go", "continue", "begin", "proceed", "start"}
        return True

    def _cue(self, verb: Token) -> Range:
        start = verb.i
        while start > 0 and self.doc[start - 1].dep_ in {"aux", "auxpass", "advmod"} and self.doc[start - 1].head == verb:
            start -= 1
        return (start, verb.i + 1)

    def _source(self, verb: Token, unit: Range) -> Range | None:
        if verb.i in self.inherits:
            return self.inherits[verb.i]
        subjects = [c for c in verb.children if c.dep_ in _SUBJECTS and self.quoted[c.i] < 0]
        if verb.tag_ == "VBG":
            subjects = [c for c in subjects if c.i < verb.i]
        subject = min(subjects, key=lambda c: abs(c.i - verb.i), default=None)
        passive = any(c.dep_ == "auxpass" for c in verb.children) or subject is not None and subject.dep_ == "nsubjpass"
        if passive:
            by = next((c for c in verb.children if c.dep_ == "agent"), None)
            named = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
            return self._span(named) if named is not None else None
        if subject is not None:
            return self._span(subject)
        behind = verb.i > unit[0] and (self.quoted[verb.i - 1] >= 0 or self.doc[verb.i - 1].text in {",", "—", "–", "--"})
        if behind and self.quoted[verb.i - 1] >= 0 and verb.lemma_ in cues.SAY:
            named = self._named_after(verb.i + 1, unit[1])
            if named:
                return named
        if not behind and verb.lemma_ in cues.SAY and verb.dep_ not in {"conj", "xcomp", "pcomp"} and verb.tag_ != "VBG":
            named = self._named_before(verb.i, unit[0])
            if named:
                return named
        if behind and (verb.lemma_ in cues.SAY or self.quoted[verb.i - 1] >= 0) and verb.dep_ != "acl":
            after = next((c for c in verb.rights if c.dep_ in _INVERTED and self.quoted[c.i] < 0 and not self._a_time(c)), None)
            if after is not None and after.i - verb.i < 12 and verb.tag_ != "VBG":
                return self._span(after)
        if verb.lemma_ in cues.SAY and verb.tag_ in {"VBD", "VBZ", "VBP"} and self.doc[verb.i - 1].text == ")" and verb.i > unit[0]:
            named = self._named_left(verb.i, unit[0])
            if named:
                return named
        head = verb.head
        if verb.dep_ in {"conj", "advcl", "xcomp", "pcomp", "dep", "ccomp"} and head.i != verb.i:
            steps = 0
            while head.pos_ not in {"VERB", "AUX"} and head.head.i != head.i and steps < 4:
                head = head.head
                steps += 1
            if head.pos_ in {"VERB", "AUX"}:
                done_to = next((c for c in head.children if c.dep_ == "nsubjpass" and self.quoted[c.i] < 0), None)
                if verb.dep_ != "conj" and verb.tag_ == "VBG" and done_to is not None:
                    return self._span(done_to)
                return self._source(head, unit)
        if verb.lemma_ in cues.SAY and verb.tag_ in {"VBD", "VBZ", "VBP"} and self.doc[verb.i - 1].text == "," and verb.i > unit[0]:
            named = self._named_left(verb.i, unit[0])
            if named:
                return named
        if verb.dep_ == "acl":
            noun = verb.head
            up = noun.head
            if noun.dep_ in {"dobj", "pobj"} and up.pos_ in {"VERB", "ADP"}:
                while up.pos_ == "ADP" and up.head.i != up.i:
                    up = up.head
                if up.pos_ == "VERB":
                    return self._source(up, unit)
            return self._span(noun, before=verb.i)
        return None

    def _named_after(self, start: int, end: int) -> Range | None:
        """The noun phrase that begins here: “… ,” said the woman"""
        at = start
        while at < end and self.quoted[at] < 0 and self.doc[at].pos_ in _NOMINAL:
            at += 1
        heads = [t for t in self.doc[start:at] if t.pos_ in {"NOUN", "PROPN", "PRON"}]
        if not heads or self._a_time(heads[0]) or self.doc[start].pos_ == "ADP":
            return None
        return (start, heads[-1].i + 1)

    def _a_time(self, token: Token) -> bool:
        """Whether a noun says when, and not who."""
        return token.ent_type_ in {"DATE", "TIME"} or token.lower_ in _DAYS

    def _named_left(self, verb: int, start: int) -> Range | None:
        """The first noun phrase of the sentence, where the parser lost the subject over an aside or a bracket."""
        head = next(
            (
                t
                for t in self.doc[start:verb]
                if t.pos_ in {"NOUN", "PROPN", "PRON"} and t.dep_ in {"nsubj", "nsubjpass", "ROOT", "dep", "npadvmod", "appos", "nmod"}
                and self.quoted[t.i] < 0 and not self._a_time(t)
            ),
            None,
        )
        if head is None:
            return None
        at = head.i + 1
        while at < verb and self.doc[at].pos_ in _NOMINAL and self.doc[at].lower_ not in {"that", "who"}:
            at += 1
        return self._trim((max(start, head.left_edge.i), at))

    def _named_before(self, verb: int, start: int) -> Range | None:
        """What stands between a quotation and the verb behind it: “… ,” the 43-year-old asked"""
        at = verb
        while at > start and self.quoted[at - 1] < 0 and self.doc[at - 1].text not in {".", ";", ":"}:
            at -= 1
        if at == start or self.quoted[at - 1] < 0:
            return None
        span = self._trim((at, verb))
        if span is None or verb - at > 25:
            return None
        depth = 0
        for t in self.doc[span[0] : span[1]]:
            if t.text == ",":
                depth += 1
            if depth == 0 and t.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
                return None
        return span

    def _span(self, head: Token, before: int | None = None) -> Range:
        left, right = head.left_edge.i, head.right_edge.i + 1
        if before is not None:
            right = min(right, before)
        for i in range(head.i, right):
            if self.quoted[i] >= 0 and self.quoted[head.i] < 0:
                right = i
                break
        for i in range(head.i, left - 1, -1):
            if self.quoted[i] >= 0 and self.quoted[head.i] < 0:
                left = i + 1
                break
        for i in range(head.i, left, -1):
            if self.doc[i - 1].text in {"–", "—", "--", ":"}:
                left = i
                break
        return self._trim((left, right)) or (head.i, head.i + 1)

    def _trim(self, span: Range) -> Range | None:
        """Without punctuation at its ends, but with quotation marks."""
        start, end = span
        while start < end and self.quoted[start] < 0 and (self.doc[start].is_punct or self.doc[start].is_space):
            start += 1
        while end > start and self.quoted[end - 1] < 0 and (self.doc[end - 1].is_punct or self.doc[end - 1].is_space):
            end -= 1
        return (start, end) if start < end else None

    # ------------------------------------------------------------------ content

    def _content(self, verb: Token, source: Range | None, unit: Range) -> list[Range]:
        start, end = unit
        own = source if source and start <= source[0] < end else None
        left = min(self._cue(verb)[0], own[0] if own else verb.i)
        right = max(verb.i + 1, own[1] if own else 0)
        if own and any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.lefts):
            told = self._as_told(verb, own, right, unit)
            if told:
                return told
        if own and self._aside(verb, left, right, end):
            before = self._trim((start, left))
            goes_on = self.doc[right + 1].tag_ in {"VBZ", "VBD", "VBP", "MD"} or self.quoted[right + 1] >= 0
            if before and ((goes_on and before[1] - before[0] > 4) or not self._mere_adjunct(before)):
                taken = any(a < before[1] <= b for f in self.frames for a, b in f.content)
                after = self._trim((right, end))
                if not taken and after:
                    return [before, self._whole(after, end)]
            elif before:
                after = self._trim((right, end))
                return [self._whole(after, end)] if after else []
        after = self._after(verb, right, unit)
        before = self._before(verb, start, left, after) if own or after is None else None
        if before and after is None and self.quoted[before[1] - 1] >= 0:
            after = self._resumed(right, end)
        if before and after and self.quoted[before[1] - 1] >= 0 and self.quoted[after[0]] < 0:
            if self.doc[after[0]].lower_ != "that":
                after = None
        if before and after and self.quoted[before[1] - 1] >= 0 and self.quoted[after[0]] >= 0:
            if any(t.dep_ == "mark" or t.tag_ == "VBG" for t in self.doc[right : after[0]]):
                return [before]
            gap = self.doc[after[0] - 1]
            if after[0] > right and gap.text not in {",", ":", ";", "-", "--", "—", "–"} and gap.lower_ not in {"and", "but"}:
                after = None
        return [span for span in (before, after) if span]

    def _resumed(self, right: int, end: int) -> Range | None:
        """A quotation that goes on behind a long aside: “The risk,” said X, who heads Y, “is that …”"""
        at = next((i for i in range(right, end) if self.quoted[i] >= 0), None)
        if at is None or self.doc[at - 1].text != "," or self._cue_between(right, at):
            return None
        quote = self.quotes[self.quoted[at]]
        return self.ranges[self.quoted[at]] if self.text[quote.inner[0]].islower() else None

    def _as_told(self, verb: Token, source: Range, right: int, unit: Range) -> list[Range]:
        """“As Reuters reported, the talks failed”, “the talks failed, as Reuters reported”: all but that."""
        if any(c.dep_ in {"ccomp", "dobj"} and c.i > verb.i for c in verb.children):
            return []
        left = min(source[0], verb.left_edge.i)
        before, after = self._trim((unit[0], left)), self._trim((right, unit[1]))
        if after and self.doc[right].text == "," and self._clause(after):
            if before and not self._mere_adjunct(before) and self.doc[left - 1].text == ",":
                return [before, after]
            return [after]
        return [before] if before and self.doc[left - 1].text == "," and self._clause(before) else []

    def _aside(self, verb: Token, left: int, right: int, end: int) -> bool:
        """Whether the cue stands between commas inside of what was said: “The plan, he said, is dead”."""
        if left == 0 or right >= end or verb.lemma_ not in cues.SAY or verb.tag_ == "VBG":
            return False
        if self.quoted[left - 1] >= 0 or self.doc[left - 1].text not in {",", "—", "–", "--"}:
            return False
        if self.doc[right].text not in {",", "—", "–", "--"} or right + 1 >= end:
            return False
        if self.quoted[right + 1] >= 0:
            inner = self.quotes[self.quoted[right + 1]].inner[0]
            return self.quoted[right + 1] != self.quoted[left - 1] and self.text[inner].islower()
        following = self.doc[right + 1]
        if following.tag_ == "VBG" or following.lower_ in {"and", "but", "as", "while", "who", "which", "when", "according", "after", "before"}:
            return False
        return not any(c.dep_ in {"ccomp"} and c.i > verb.i and any(k.lower_ == "that" for k in c.children) for c in verb.children)

    def _inside(self, at: int) -> bool:
        """Whether a word belongs to the source that stands behind the verb."""
        return self.sourced is not None and self.sourced[0] <= at < self.sourced[1]

    def _mere_adjunct(self, span: Range) -> bool:
        """Whether it says when or where and nothing else: “In 2008, …”."""
        first = self.doc[span[0]]
        return first.pos_ in {"ADP", "ADV", "CCONJ", "SCONJ"} and not self._clause(span) and span[1] - span[0] < 10

    def _before(self, verb: Token, start: int, left: int, after: Range | None) -> Range | None:
        """What stands before the cue and its source, where that is what was said."""
        if verb.tag_ == "VBG" or verb.dep_ == "relcl" or (verb.lemma_ not in cues.SAY and verb.lemma_ != "put"):
            return None
        fronted = self._trim((start, left))
        if fronted is None:
            return None
        if self.quoted[fronted[1] - 1] >= 0 and not self._titled(self.quoted[fronted[1] - 1]):
            quote = self.ranges[self.quoted[fronted[1] - 1]]
            if left - fronted[1] > 2:
                return None
            words = self._trim((start, quote[0]))
            if words is None:
                return quote
            if self.doc[quote[0] - 1].text in {":", ";"} or self.quoted[words[1] - 1] >= 0:
                return quote
            if not self.text[self.quotes[self.quoted[quote[0]]].inner[0]].islower() and (
                any(a < words[1] <= b for f in self.frames for a, b in f.content)
                or any(words[0] <= f.verb.i < words[1] for f in self.frames)
            ):
                return quote if after is None else None
            if after is not None and not self._clause(fronted):
                return None
            return fronted
        stopped = any(self.doc[i].text in {",", "—", "–", "--", "-", "?", "!"} for i in range(fronted[1], left))
        if not stopped or after is not None:
            return None
        if verb.lemma_ not in cues.TO_SOMEBODY and any(c.dep_ in {"dobj", "xcomp"} and c.i > verb.i and not self._inside(c.i) for c in verb.rights):
            return None
        for frame in self.frames:
            if start <= frame.verb.i < fronted[1] and frame.verb.head == verb and frame.verb.dep_ == "advcl":
                return None
            if frame.verb.head.i == frame.verb.i and any(a < fronted[1] <= b and a != start for a, b in frame.content):
                return None
        return fronted if self._clause(fronted) else None

    def _clause(self, span: Range) -> bool:
        """Whether a finite verb stands in it."""
        return any(self.doc[i].tag_ in {"VBZ", "VBP", "VBD", "MD"} for i in range(*span))

    def _after(self, verb: Token, right: int, unit: Range) -> Range | None:
        """What stands behind the cue, where that is what was said."""
        start, end = unit
        lemma = verb.lemma_
        begin = None
        children = [c for c in verb.rights if c.i >= right and c.i < end]
        quote = next((i for i in range(right, end) if self.quoted[i] >= 0), None)
        if quote is not None and self._titled(self.quoted[quote]):
            quote = None
        clause = next((c for c in children if c.dep_ in _CLAUSES), None)
        thing = next((c for c in children if c.dep_ in {"dobj", "oprd", "attr", "nsubj"}), None)
        if lemma in cues.JUDGE and quote is not None and self._cue_between(right, quote):
            return None
        if lemma in cues.JUDGE and (quote is not None or lemma in cues.SAY):
            first = next((c for c in children if c.dep_ in {"dobj", "oprd", "ccomp", "xcomp", "attr", "prep", "nsubj"}), None)
            if first is not None:
                begin = first.left_edge.i
        elif clause is not None and not (clause.dep_ == "xcomp" and clause.tag_ != "VBG" and lemma in cues.NO_INFINITIVE):
            begin = clause.left_edge.i
            if lemma in cues.REQUEST and clause.dep_ == "xcomp" and thing is not None and thing.i < clause.i:
                begin = thing.left_edge.i
            if lemma in cues.REQUEST and clause.dep_ == "ccomp" and lemma in {"urge", "ask"}:
                begin = min(begin, right)
        elif lemma in cues.TAKES_THINGS and thing is not None and lemma not in cues.TO_SOMEBODY:
            begin = thing.left_edge.i
        else:
            prep = next((c for c in children if c.dep_ == "prep" and c.text in cues.ABOUT.get(lemma, ())), None)
            if prep is not None:
                begin = prep.i + 1
        if begin is None and lemma in {"ask", "wonder"}:
            begin = next((t.i for t in self.doc[right:end] if t.lower_ in _QUESTIONS and self.quoted[t.i] < 0), None)
        if begin is None and quote is not None and lemma in cues.SAY:
            begin = self._subject_before(right, quote)
        if begin is None and lemma in cues.SAY and all(quoted < 0 for quoted in self.quoted[start : verb.i]):
            begin = self._far_that(right, end if quote is None else quote)
        if begin is None and quote is None:
            begin = self._misread(verb, right, end)
            if begin is not None:
                return self._whole((begin, end), end)
        if begin is not None:
            begin = max(begin, right)
        if quote is not None and (begin is None or quote < begin) and self._near(right, quote):
            begin = quote
        if begin is None or begin >= end:
            return None
        return self._whole((begin, self._until(verb, begin, end)), end)

    def _subject_before(self, right: int, quote: int) -> int | None:
        """Where a clause without “that” begins before its quotation: “told the Post he was “not there yet””."""
        for token in self.doc[right:quote]:
            if token.text in {",", ";", ":"}:
                return None
            if token.tag_ in {"VBZ", "VBD", "VBP", "MD"}:
                heads = (token, token.head)
                subject = next((c for h in heads for c in h.children if c.dep_ in _SUBJECTS and right <= c.i < token.i), None)
                return subject.left_edge.i if subject is not None and subject.left_edge.i >= right else None
        return None

    def _far_that(self, right: int, end: int) -> int | None:
        """“told reporters on a visit to Kyiv on Friday that …”, where the parser hung the clause on the visit."""
        for token in self.doc[right:end]:
            if token.lower_ == "that" and (token.dep_ == "mark" or token.tag_ == "IN"):
                return token.i
            if token.tag_ in {"VBZ", "VBD", "VBP", "MD"} or token.text in {";", ":"}:
                return None
        return None

    def _misread(self, verb: Token, right: int, end: int) -> int | None:
        """Where a clause begins that the parser did not see as what was said: “warn it could harm …”."""
        if verb.lemma_ not in cues.CLAUSAL or right + 2 >= end:
            return None
        first = self.doc[right]
        if first.lower_ != "that" and first.pos_ not in {"DET", "PROPN", "NOUN", "PRON", "ADJ", "NUM"}:
            return None
        finite = next((t for t in self.doc[right + 1 : end] if t.tag_ in {"VBZ", "VBD", "VBP", "MD"}), None)
        return right if finite is not None and not any(t.text == "," for t in self.doc[right : finite.i]) else None

    def _until(self, verb: Token, begin: int, end: int) -> int:
        """Where what was said ends: with the clause, and not with what else the sentence tells."""
        last = begin + 1
        if self.quoted[begin] >= 0:
            last = self.ranges[self.quoted[begin]][1]
        for child in verb.rights:
            if child.right_edge.i < begin or child.dep_ == "punct":
                continue
            if child.i >= last and ((child.dep_ == "advcl" and child.tag_ == "VBG") or child.dep_ in {"conj", "cc"}):
                break
            last = max(last, child.right_edge.i + 1)
        if self.doc[begin].lower_ == "that" and self.doc[begin].dep_ == "mark":
            last = max(last, self.doc[begin].head.right_edge.i + 1)
        last = min(max(last, begin + 1), end)
        ended = next((q for q in reversed(range(len(self.ranges))) if begin < self.ranges[q][1] < last), None)
        if ended is not None:
            stop = self.ranges[ended][1]
            inner = self.text[slice(*self.quotes[ended].inner)].rstrip()
            if inner[-1:] in ",." and self.ranges[ended][0] >= begin and self.doc[stop].dep_ != "cc" and self.doc[stop].lower_ != "that":
                last = stop
        return self._own_words(verb, begin, last)

    def _own_words(self, verb: Token, begin: int, last: int) -> int:
        """Up to where a further cue of the same speaker goes on: “says that A, but conceded that B”."""
        for token in self.doc[begin + 1 : last]:
            if self.quoted[token.i] >= 0 or token.lemma_ not in cues.SAY:
                continue
            if token.tag_ == "VBG" and token.dep_ in {"advcl", "acl"} and self._stopped(token.i) and verb.tag_ != "VBG":
                if any(c.dep_ == "ccomp" for c in token.rights) or self.quoted[token.i + 1] >= 0:
                    self.inherits[token.i] = self.sourced
                    return token.i
            if token.dep_ != "conj":
                continue
            if any(c.dep_ in _SUBJECTS or c.tag_ in {"TO", "MD"} for c in token.children):
                continue
            if (token.tag_ == "VBG") != (verb.tag_ == "VBG") or token.tag_ in {"VB", "NN", "NNS"} or token.i - 1 <= begin:
                continue
            if token.tag_ == "VBN" and not any(c.dep_ == "aux" for c in token.children):
                continue
            if token.head.lemma_ in cues.SAY and token.head.i > begin and token.head.i != verb.i:
                continue
            if not any(c.dep_ in {"ccomp", "xcomp", "dobj", "prep"} for c in token.rights):
                continue
            at = token.i
            while at > begin and (self.doc[at - 1].dep_ in {"aux", "advmod", "cc", "neg"} or self.doc[at - 1].text == ","):
                at -= 1
            if at <= begin + 1 or self.quoted[at] >= 0:
                continue
            self.inherits[token.i] = self.sourced
            return at
        return last

    def _stopped(self, at: int) -> bool:
        """Whether a comma, or a quotation that ends, stands right before a word."""
        return self.doc[at - 1].text == "," or self.quoted[at - 1] >= 0

    def _near(self, right: int, at: int) -> bool:
        """Whether nothing but asides stand between a verb and a quotation."""
        return not any(
            t.tag_ in {"VBZ", "VBD", "VBP", "MD"} or (t.tag_ == "VBG" and t.lemma_ in cues.SPOKEN)
            for t in self.doc[right:at]
        )

    def _whole(self, span: Range, end: int) -> Range:
        """Without cutting a quotation in two."""
        a, b = span
        if self.quoted[a] >= 0:
            a = min(a, self.ranges[self.quoted[a]][0])
        for i in range(a, b):
            if self.quoted[i] >= 0:
                b = max(b, self.ranges[self.quoted[i]][1])
            elif i > a and self.doc[i].lower_ == "according" and (self.doc[i - 1].text in {",", "—", "–"} or self.quoted[i - 1] >= 0) and not (
                i + 2 < b and any(t.tag_ in {"VBZ", "VBD", "VBP", "MD"} and t.dep_ != "relcl" for t in self.doc[i + 2 : b])
            ):
                b = i
                break
        return self._trim((a, b)) or (a, b)

    def _cue_between(self, start: int, end: int) -> bool:
        return any(
            t.tag_[:2] == "VB" and t.lemma_ in cues.SPOKEN and t.tag_ != "VBG" for t in self.doc[start:end]
        )

    def _by_colon(self, quote: int, unit: Range) -> _Frame | None:
        """“Lavrov: …”, “Clinton apologised for it: …”."""
        at = self.ranges[quote][0]
        if at <= unit[0] or self.doc[at - 1].text not in {":", ","}:
            return None
        if self.doc[at - 1].text == ",":
            words = [t for t in self.doc[at : self.ranges[quote][1]] if t.text[0].isalnum()]
            if len(words) < 5 or not words[0].text[0].isupper() or self._titled(quote) or self.ranges[quote][1] < unit[1] - 1:
                return None
        words = self._trim((unit[0], at - 1))
        if words is None:
            return None
        named = self._signed(words)
        if named:
            return _Frame(self.doc[at - 1], [(at - 1, at)], [named], [self.ranges[quote]])
        verb = next((t for t in reversed(self.doc[words[0] : words[1]]) if t.tag_ in {"VBD", "VBZ", "VBP", "VBG", "VBN", "VB"} and t.dep_ in {"ROOT", "conj", "advcl", "xcomp", "parataxis"}), None)
        source: Range | None = None
        if verb is not None:
            self.sourced = None
            source = self._source(verb, unit)
            if source and verb.tag_ != "VB":
                return _Frame(verb, [self._cue(verb)], [source], [self.ranges[quote]])
        elif words[1] - words[0] < 12:
            source = words
        return _Frame(self.doc[at - 1], [(at - 1, at)], [source] if source else [], [self.ranges[quote]])

    def _signed(self, words: Range) -> Range | None:
        """A name right before the colon: “Added Stone: …”, “Poll – Jeffrey Jones: …”"""
        start = words[1]
        while start > words[0] and (self.doc[start - 1].pos_ == "PROPN" or self.doc[start - 1].text == "."):
            start -= 1
        if start == words[1]:
            return None
        if start == words[0] or self.doc[start - 1].text in {"-", "–", "—", "--"}:
            return self._trim((start, words[1]))
        if start - 1 == words[0] and self.doc[start - 1].tag_[:2] == "VB":
            return (start, words[1])
        return None

    def _beside(self, quote: int, unit: Range) -> _Frame | None:
        """A whole quotation with somebody doing something right behind it: “Stop it!” beamed the mayor."""
        a, b = self.ranges[quote]
        inner = self.text[slice(*self.quotes[quote].inner)].rstrip()
        if self._titled(quote):
            return None
        if b >= unit[1] or not inner or inner[-1] not in ",?!" or not inner[0].isupper():
            return None
        for token in self.doc[b : min(unit[1], b + 25)]:
            if self.quoted[token.i] >= 0:
                break
            if (token.tag_ in {"VBD", "VBZ", "VBP", "VBN"} or self._noun_for_verb(token)) and token.dep_ not in {"relcl", "aux", "auxpass"} and not self.doc[token.i - 1].text == "who":
                self.sourced = None
                source = self._named_before(token.i, unit[0]) or (self._named_after(token.i + 1, unit[1]) if token.i - b < 2 else None)
                return _Frame(token, [self._cue(token)], [source], [(a, b)]) if source else None
        return None

    def _noun_for_verb(self, token: Token) -> bool:
        """Whether a verb of saying was taken for a plural: “… ,” Bozell answers."""
        return token.tag_ in {"NNS", "NN", "NNP", "NNPS"} and token.i and self.doc[token.i - 1].pos_ in {"PROPN", "NOUN"} and token.lower_.removesuffix("s") in cues.SAY

    def _embedded(self, quote: int, unit: Range) -> _Frame | None:
        """Words in quotation marks inside of what somebody does: “He attacked the “fake” news”."""
        if self._titled(quote):
            return None
        a, b = self.ranges[quote]
        root = next((t for t in self.doc[a:b] if not a <= t.head.i < b and t.head.i != t.i and not t.is_punct), None)
        if root is None:
            return None
        below, up = root, root.head
        for _ in range(8):
            if up.pos_ in {"VERB"} and up.tag_ != "VB" and self.quoted[up.i] < 0:
                break
            if up.head.i == up.i:
                return None
            below, up = up, up.head
        if up.pos_ != "VERB" or not unit[0] <= up.i < unit[1] or below.i < up.i:
            return None
        if below.dep_ not in {"ccomp", "dobj", "oprd", "attr", "prep", "xcomp"} or not self._asserted(up):
            return None
        source = self._source(up, unit)
        if source is None or not self._somebody(source):
            return None
        begin = max(below.left_edge.i, up.i + 1)
        if below.dep_ == "prep":
            begin = below.i + 1
        if begin > a:
            begin = a
        end = self._whole((begin, min(below.right_edge.i + 1, unit[1])), unit[1])
        return _Frame(up, [self._cue(up)], [source], [end])

    def _somebody(self, span: Range) -> bool:
        """Whether a source is a person or an organisation, by its words."""
        return any(t.pos_ == "PROPN" or t.lower_ in {"he", "she", "they", "who", "i", "we"} for t in self.doc[span[0] : span[1]])

    # ------------------------------------------------------------------ making

    def _made(self, frame: _Frame) -> Attribution | None:
        content = self.spans(frame.content)
        if not content:
            return None
        kind = self._kind(frame.content)
        return Attribution(content, self.spans(frame.source), self.spans(frame.cue), kind, frame.tie, nested=frame.nested)

    def _kind(self, content: list[Range]) -> Kind:
        tokens = [i for a, b in content for i in range(a, b) if not self.doc[i].is_punct and not self.doc[i].is_space]
        inside = sum(self.quoted[i] >= 0 for i in tokens)
        if not inside:
            return Kind.INDIRECT
        return Kind.DIRECT if inside == len(tokens) else Kind.MIXED

    def spans(self, ranges: list[Range]) -> tuple[Span, ...]:
        base = self.paragraph.begin
        return tuple(sorted((base + self.doc[a].idx, base + self.doc[b - 1].idx + len(self.doc[b - 1])) for a, b in ranges if a < b))
