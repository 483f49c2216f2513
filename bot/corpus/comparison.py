"""Compares two generations, in SQL between their corpus files.

A million statements take seconds, and memory only for what is listed.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Final

from bot.corpus.build import SCHEMA_VERSION
from bot.corpus.changes import WHY, ArticleChanges, Beside, Change, Changes, Entry, Listed, Uncorrected
from bot.corpus.store import Corpus
from bot.errors import MAX_PROBLEMS, GenerationError
from bot.record import MAX_WORDING, Correction, Statement, Withdrawal, full_date

MAX_LISTED: Final = 200
MAX_ARTICLES: Final = 100
"""How many are named; the others are counted."""


def compare(old: Path, new: Path, today: date) -> Changes:
    """What the corpus file ``new`` changes of what ``old`` shows.

    Args:
        old: the file that is, or was, asked.
        new: the file that would be asked in its place.
        today: the day that what is missing is dated.

    Raises:
        GenerationError: where either cannot be read, or was built by another version.
    """
    try:
        with (
            closing(_attached(old, new)) as db,
            closing(Corpus.open(old)) as before,
            closing(Corpus.open(new)) as after,
        ):
            for step in (_SPEAKERS, _KEPT, _KEPT_BY_NUMBER, _TOUCHED, _DIFFERING, _GONE, _FRESH):
                db.execute(step)
            return Changes(
                added=_listed(db, _ADDED, MAX_LISTED, _change),
                changed=_listed(db, _CHANGED, MAX_LISTED, lambda row: _changed(row, before, after)),
                removed=_listed(db, _REMOVED, MAX_LISTED, _change),
                articles=_listed(db, _ARTICLES, MAX_ARTICLES, lambda row: ArticleChanges(*row[1:])),
                beside=tuple(_beside(db)),
                uncorrected=_uncorrected(db, before, today),
            )
    except sqlite3.Error as error:
        raise GenerationError(f"What changes cannot be told: a generation cannot be read ({error}).") from error


_SPEAKERS: Final = """
create temp table same_speaker as
select o.id as before, n.id as after from old.speakers o join new.speakers n on n.id = o.id
where n.name = o.name or exists (select 1 from new.aliases where speaker = n.id and alias = o.name)
union
select o.id, n.id from old.speakers o join new.speakers n on n.name = o.name
where o.id not in (select id from new.speakers) and n.id not in (select id from old.speakers)
"""
"""Who is the same: under another name where the earlier one is still an alias, or under another id."""

_KEPT: Final = """
create temp table kept as
select o.number as before, n.number as after from old.statements o join new.statements n using (id) order by before
"""

_KEPT_BY_NUMBER: Final = "create unique index temp.kept_by_number on kept (before)"

_TOUCHED: Final = """
create temp table touched as
select before from kept join old.statements o on o.number = before join new.statements n on n.number = after
where (o.kind, o.text, o.said, o.reported, o.corrected_on, o.corrected_was, o.corrected_why)
    is not (n.kind, n.text, n.said, n.reported, n.corrected_on, n.corrected_was, n.corrected_why)
or (o.speaker, n.speaker) not in (select before, after from same_speaker)
union
select before from kept
join old.citations o on o.statement = before
left join new.citations n on n.statement = after and n.position = o.position
where (o.article, o.kind, o.pieces, o.said, o.basis, o.occasion, o.via, o.described_as)
    is not (n.article, n.kind, n.pieces, n.said, n.basis, n.occasion, n.via, n.described_as)
union
select before from new.citations n join kept on after = n.statement
left join old.citations o on o.statement = before and o.position = n.position
where n.position > 0 and o.statement is null
union
select before from kept
join old.statement_topics o on o.statement = before
left join new.statement_topics n on n.statement = after and n.position = o.position
where o.topic is not n.topic
union
select before from kept
where (select count(*) from old.statement_topics where statement = before)
    <> (select count(*) from new.statement_topics where statement = after)
"""
"""Row against row in the order of the files, which reads each only once."""

_DIFFERING: Final = """
create temp table differing as
select before, after,
       (o.kind, o.text) is not (n.kind, n.text) as wording,
       (o.speaker, n.speaker) not in (select before, after from same_speaker) as speaker,
       coalesce(o.said, 'reported ' || o.reported) <> coalesce(n.said, 'reported ' || n.reported) as date,
       (o.corrected_on, o.corrected_was, o.corrected_why)
           is not (n.corrected_on, n.corrected_was, n.corrected_why) as correction
from touched join kept using (before)
join old.statements o on o.number = before join new.statements n on n.number = after
"""

_GONE: Final = """
create temp table gone as
select number from old.statements o where not exists (select 1 from new.statements where id = o.id)
"""

_FRESH: Final = """
create temp table fresh as
select number from new.statements n where not exists (select 1 from old.statements where id = n.id)
"""

_ADDED: Final = """
select count(*) over () as total, s.id, p.name, c.article, '' as what
from fresh join new.statements s using (number) join new.speakers p on p.id = s.speaker
join new.citations c on c.statement = s.number and c.position = 0
order by s.number limit :limit
"""

_REMOVED: Final = """
select count(*) over () as total, s.id, p.name, c.article, iif(w.statement is null, '', 'withdrawn') as what
from gone join old.statements s using (number) join old.speakers p on p.id = s.speaker
join old.citations c on c.statement = s.number and c.position = 0
left join new.withdrawals w on w.statement = s.id
order by s.number limit :limit
"""

_CHANGED: Final = "select count(*) over () as total, * from differing order by after limit :limit"

_ARTICLES: Final = """
select count(*) over () as total, article, coalesce(n.outlet, o.outlet), coalesce(n.title, o.title),
       sum(added), sum(changed), sum(removed)
from (
    select c.article, 1 as added, 0 as changed, 0 as removed
    from fresh f join new.citations c on c.statement = f.number and c.position = 0
    union all
    select c.article, 0, 1, 0 from differing d join new.citations c on c.statement = d.after and c.position = 0
    union all
    select c.article, 0, 0, 1 from gone g join old.citations c on c.statement = g.number and c.position = 0
)
left join new.articles n on n.id = article left join old.articles o on o.id = article
group by article order by count(*) desc, article limit :limit
"""

_BESIDE: Final = {
    "speakers": """
        select id, json_array(name, is_organisation, (
            select json_group_array(alias) from (select alias from {side}.aliases where speaker = s.id order by alias)
        ), (
            select json_group_array(json_array(title, organisation, since, until, source_title, source_url))
            from (
                select * from {side}.terms_of_office t join {side}.offices o on o.id = t.office
                where t.speaker = s.id order by t.position
            )
        )) as content from {side}.speakers s
    """,
    "offices": """
        select json_array(title, organisation) as id, (
            select json_group_array(alias)
            from (select alias from {side}.office_aliases where office = o.id order by alias)
        ) as content from {side}.offices o
    """,
    "topics": """
        select id, json_array(label, (
            select json_group_array(synonym)
            from (select synonym from {side}.synonyms where topic = t.id order by synonym)
        )) as content from {side}.topics t
    """,
    "articles": """
        select id, json_array(
            outlet, title, byline, published, published_basis, url, wording, wording_note, text_sha256
        ) as content from {side}.articles
    """,
    "events": """
        select id, json_array(date, status, description, source_title, source_url) as content from {side}.events
    """,
    "withdrawals": """select statement as id, json_array("on", why) as content from {side}.withdrawals""",
    "collection": """
        select '' as id, json_array(title, digest_title, description, language, corrections_url) as content
        from {side}.collection
    """,
}
"""What identifies each thing that stands beside the statements, and all that is known of it."""

_COUNTED: Final = """
with o as materialized ({old}), n as materialized ({new})
select (select count(*) from n where id not in (select id from o)),
       (select count(*) from o join n using (id) where o.content <> n.content),
       (select count(*) from o where id not in (select id from n))
"""

_UNCORRECTED: Final = """
select count(*) over () as total, d.*, c.article,
       (o.corrected_on is not null and n.corrected_on is null) as uncorrected,
       n.corrected_on is not null as instead
from differing d join old.statements o on o.number = d.before join new.statements n on n.number = d.after
join new.citations c on c.statement = d.after and c.position = 0
where uncorrected or (d.wording or d.speaker or d.date) and (n.corrected_on is null or not d.correction)
order by d.after limit :limit
"""

_VANISHED: Final = """
select count(*) over () as total, s.id, c.article
from gone join old.statements s using (number) join old.citations c on c.statement = s.number and c.position = 0
where not exists (select 1 from new.withdrawals where statement = s.id)
order by s.number limit :limit
"""

_FORGOTTEN: Final = """
select count(*) over () as total, w.statement, w."on", w.why
from old.withdrawals w
where not exists (select 1 from new.withdrawals where statement = w.statement)
and not exists (select 1 from new.statements where id = w.statement)
order by w.statement limit :limit
"""

_RETURNED: Final = """
select count(*) over () as total, w.statement, w."on", w.why, c.article
from old.withdrawals w join new.statements s on s.id = w.statement
join new.citations c on c.statement = s.number and c.position = 0
where s.corrected_on is null
order by s.number limit :limit
"""


def _attached(old: Path, new: Path) -> sqlite3.Connection:
    """A connection that sees both files, and writes to neither."""
    db = sqlite3.connect(":memory:", uri=True)
    try:
        db.row_factory = sqlite3.Row
        for side, file in (("old", old), ("new", new)):
            db.execute(f"attach :file as {side}", {"file": f"{file.resolve().as_uri()}?mode=ro&immutable=1"})
        db.execute("pragma mmap_size = 268435456")
        [before] = db.execute("select schema_version from old.generation").fetchone()
        [after] = db.execute("select schema_version from new.generation").fetchone()
        if not before == after == SCHEMA_VERSION:
            raise GenerationError(
                f"What changes cannot be told: the generation before has schema {before}, the new one {after}, "
                f"and this version of the bot reads {SCHEMA_VERSION}."
            )
    except (sqlite3.Error, GenerationError):
        db.close()
        raise
    return db


def _listed(db: sqlite3.Connection, sql: str, limit: int, entry: Callable[[sqlite3.Row], Entry]) -> Listed[Entry]:
    rows = db.execute(sql, {"limit": limit}).fetchall()
    return Listed(rows[0]["total"] if rows else 0, tuple(map(entry, rows)))


def _change(row: sqlite3.Row) -> Change:
    return Change(row["id"], row["name"], row["article"], (row["what"],) if row["what"] else ())


_FACTS: Final[dict[str, Callable[[Statement], object]]] = {
    "topics": lambda statement: [topic.id for topic in statement.topics],
    "occasion": lambda statement: statement.citation.occasion,
    "via": lambda statement: statement.citation.via,
    "description": lambda statement: statement.citation.described_as,
    "basis": lambda statement: statement.basis,
}
"""What else a card says. Whatever is not among it has to do with the sources."""


def _changed(row: sqlite3.Row, before: Corpus, after: Corpus) -> Change:
    was, is_now = before.statement(row["before"]), after.statement(row["after"])
    what = [name for name in ("wording", "speaker", "date", "correction") if row[name]]
    what += [name for name, fact in _FACTS.items() if fact(was) != fact(is_now)]
    if not what or [cited.article.id for cited in was.citations] != [cited.article.id for cited in is_now.citations]:
        what.append("sources")
    return Change(is_now.id, is_now.speaker.name, is_now.citation.article.id, tuple(what))


def _beside(db: sqlite3.Connection) -> Iterator[Beside]:
    for what, sql in _BESIDE.items():
        counts = db.execute(_COUNTED.format(old=sql.format(side="old"), new=sql.format(side="new"))).fetchone()
        if any(counts):
            yield Beside(what, *counts)


# What nobody has accounted for


def _uncorrected(db: sqlite3.Connection, before: Corpus, today: date) -> Listed[Uncorrected]:
    def changed(row: sqlite3.Row) -> Uncorrected:
        was = before.statement(row["before"])
        what = tuple(name for name in ("wording", "speaker", "date") if row[name])
        if not what and was.corrected:
            return Uncorrected(was.id, row["article"], ("correction",), was.corrected)
        return Uncorrected(was.id, row["article"], what, Correction(today, _was(was, what), WHY), bool(row["instead"]))

    def vanished(row: sqlite3.Row) -> Uncorrected:
        return Uncorrected(row["id"], row["article"], ("statement",), Withdrawal(row["id"], today, WHY))

    def forgotten(row: sqlite3.Row) -> Uncorrected:
        return Uncorrected(row["statement"], "", ("withdrawal",), _withdrawal(row))

    def returned(row: sqlite3.Row) -> Uncorrected:
        gone = _withdrawal(row)
        missing = Correction(today, f"withdrawn on {full_date(gone.on)}: {gone.why}", WHY)
        return Uncorrected(gone.statement, row["article"], ("withdrawal",), missing)

    found = [
        _listed(db, sql, MAX_PROBLEMS, entry)
        for sql, entry in (
            (_UNCORRECTED, changed),
            (_VANISHED, vanished),
            (_FORGOTTEN, forgotten),
            (_RETURNED, returned),
        )
    ]
    first = chain.from_iterable(part.first for part in found)
    return Listed(sum(part.total for part in found), tuple(islice(first, MAX_PROBLEMS)))


def _withdrawal(row: sqlite3.Row) -> Withdrawal:
    return Withdrawal(row["statement"], date.fromisoformat(row["on"]), row["why"])


def _was(statement: Statement, what: tuple[str, ...]) -> str:
    """What was shown before, of what is another now. The words always, and whole; the rest where it fits."""
    shown = {
        "wording": statement.citation.shown,
        "speaker": f"attributed to {statement.speaker.name}",
        "date": statement.dated,
    }
    parts = [shown[name] for name in what]
    longest_first = (" · ".join(parts), parts[0], statement.citation.text)
    return next(was for was in longest_first if len(was) <= MAX_WORDING)
