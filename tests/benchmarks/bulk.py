"""What a million statements in JSON Lines cost to check and to build, beside SQLite alone.

    python -m tests.benchmarks.bulk [STATEMENTS]

The peer is the ``sqlite3`` shell, or where there is none, the module: it reads the rows that we wrote, as CSV, into
tables of the same shape, and builds the same indexes. Each is a process of its own; ratios in one run are what counts.
"""

import csv
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot import settings
from tests.benchmarks import collections

STATEMENTS: Final = 1_000_000
_PRAGMAS: Final = "pragma journal_mode = off; pragma synchronous = off;\n"


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took."""

    seconds: float
    cpu_seconds: float
    megabytes: float
    """Its largest resident set."""

    def __str__(self) -> str:
        return f"{self.seconds:8.2f} s {self.cpu_seconds:8.2f} s of CPU {self.megabytes:8.0f} MB"


def main(count: int) -> None:
    """Measure, and print a table."""
    with tempfile.TemporaryDirectory() as scratch:
        seeds = collections.write(Path(scratch, "seeds"), count)
        print(f"{count:,} statements in {_megabytes(seeds / 'statements.jsonl'):,.0f} MB of JSON Lines")
        checked = run([sys.executable, "-m", "bot", "check", "--seeds", str(seeds)])
        built = run([sys.executable, "-m", "bot", "build", "--seeds", str(seeds), "--into", f"{scratch}/generations"])
        (corpus,) = Path(scratch, "generations").glob("*/corpus.db")
        file = Path(scratch, "peer.db")
        what, peers = peer(corpus, Path(scratch), file)
        print(f"  check        {checked}")
        print(f"  build        {built} {_megabytes(corpus):8,.0f} MB on disk")
        print(f"  {what:12} {peers} {_megabytes(file):8,.0f} MB on disk")
        print(f"  ratio        {(checked.seconds + built.seconds) / peers.seconds:8.2f} x")


def run(command: list[str], *, script: str = "") -> Run:
    """Run a process from the checkout, and measure it whole."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=settings.HOME, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert process.stdin
    process.stdin.write(script.encode())
    process.stdin.close()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def peer(corpus: Path, scratch: Path, file: Path) -> tuple[str, Run]:
    """Let SQLite read the rows of a corpus file from CSV and build its indexes; what did it, and what that took."""
    tables, indexes = dump(corpus, scratch)
    script = _PRAGMAS + "".join(f"{sql};\n" for sql in tables.values())
    if shutil.which("sqlite3"):
        imports = "".join(f".import --csv {scratch}/{name}.csv {name}\n" for name in tables)
        return "sqlite3", run(["sqlite3", str(file)], script=f"{script}{imports}{indexes}")
    return "the module", run([sys.executable, "-c", _BY_MODULE, str(file), str(scratch)], script=f"{script}\0{indexes}")


_BY_MODULE: Final = """
import csv, pathlib, sqlite3, sys
tables, indexes = sys.stdin.read().split(chr(0))
connection = sqlite3.connect(sys.argv[1])
connection.executescript(tables)
for file in pathlib.Path(sys.argv[2]).glob("*.csv"):
    with file.open(newline="") as opened:
        rows = csv.reader(opened)
        first = next(rows, None)
        if first:
            insert = f"insert into {file.stem} values ({', '.join('?' * len(first))})"
            connection.execute(insert, first)
            connection.executemany(insert, rows)
connection.commit()
connection.executescript(indexes)
"""


def dump(corpus: Path, into: Path) -> tuple[dict[str, str], str]:
    """Write each table as CSV; the SQL that makes each table, and the SQL that makes the indexes."""
    with closing(sqlite3.connect(corpus)) as connection:
        found = dict(
            connection.execute(
                "select name, sql from sqlite_master where type = 'table' and name not like 'sqlite_%' "
                "and name not like '%\\_fts%' escape '\\'"
            )
        )
        indexes = [
            sql for (sql,) in connection.execute("select sql from sqlite_master where type = 'index' and sql > ''")
        ]
        indexes += [sql for (sql,) in connection.execute("select sql from sqlite_master where name = 'statements_fts'")]
        indexes.append("insert into statements_fts (statements_fts) values ('rebuild')")
        for name in found:
            with Path(into, f"{name}.csv").open("w", newline="") as file:
                csv.writer(file).writerows(connection.execute(f"select * from {name} order by rowid"))
    return found, "".join(f"{sql};\n" for sql in indexes)


def _megabytes(file: Path) -> float:
    return file.stat().st_size / 1e6


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else STATEMENTS)
