"""The SQL for a selection of statements: by speaker, topics, office and the words in their text."""

import re
from typing import Any, Final

from bot.corpus.build import office_key
from bot.record import Selection

COUNTED: Final = {
    (True, 0): "select statements from speakers where id = :speaker",
    (False, 1): "select statements from topics where id = :topic0",
    (True, 1): "select statements from pairs where speaker = :speaker and topic = :topic0",
}
"""The selections that were counted when the file was built, by whether they name a speaker and how many topics."""

_INFLECTED: Final = 5
"""Letters of a word from which on it may be the beginning of one in a text: “missile” is in “missiles”."""

_WITH_WORDS: Final = """(
    select f.rowid as statement, s.speaker from statements_fts f cross join statements s on s.number = f.rowid
    where f.statements_fts match :words
) d"""


def match(words: str) -> str:
    """Words as FTS5 looks for them: all must be there, the longer ones at least as the beginning of a word.

    https://sqlite.org/fts5.html#full_text_query_syntax
    """
    return " ".join(f'"{word}"*' if len(word) >= _INFLECTED else f'"{word}"' for word in re.findall(r"\w+", words))


def selected(what: str, selection: Selection, condition: str = "1", tail: str = "") -> tuple[str, dict[str, Any]]:
    """The SQL for a selection: a table whose index gives its numbers in order, a look-up for each condition more."""
    parameters: dict[str, Any] = {"speaker": selection.speaker}
    parameters |= {f"topic{number}": topic for number, topic in enumerate(selection.topics)}
    topics = [f"topic = :topic{number}" for number in range(len(selection.topics))]
    if selection.words:
        parameters["words"] = match(selection.words)
        source, conditions = (
            _WITH_WORDS,
            [f"exists (select 1 from statement_topics where {topic} and statement = d.statement)" for topic in topics],
        )
        topics = []
        if selection.office:
            parameters["office"] = office_key(*selection.office)
            conditions.append(
                "exists (select 1 from statement_offices where statement = d.statement "
                "and office = (select id from offices where key = :office))"
            )
    elif selection.office:
        parameters["office"] = office_key(*selection.office)
        source, conditions = "statement_offices d", ["office = (select id from offices where key = :office)"]
    elif topics:
        source, conditions = "statement_topics d", [topics.pop(0)]
    else:
        source, conditions = "(select number as statement, speaker from statements) d", []
    conditions += [
        f"exists (select 1 from statement_topics where {topic} and statement = d.statement)" for topic in topics
    ]
    if selection.speaker and selection.office and not selection.words:
        conditions.append("(select speaker from statements where number = d.statement) = :speaker")
    elif selection.speaker:
        conditions.append("d.speaker = :speaker")
    where = " and ".join([*conditions, condition])
    return f"select {what} from {source} where {where} {tail}", parameters
