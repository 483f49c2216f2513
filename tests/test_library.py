"""A generation is there whole or not at all, however its build ends."""

import json
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot import library
from bot.corpus import build, seeds
from bot.errors import GenerationError, SeedProblems
from bot.library import CORPUS, SUMS, Generation, Library
from tests.seedfiles import HERALD, alter

PUBLISH = """
import os, signal, sys
from pathlib import Path
from bot import library
from bot.corpus import build, seeds
from bot.errors import GenerationError

found = seeds.load(Path(sys.argv[1]))
{meanwhile}
try:
    print(library.publish(found, Path(sys.argv[2])))
except GenerationError as error:
    sys.exit(str(error))
"""

DIES = """
def dying(where, name, moment, call=1):
    real, calls = getattr(where, name), []
    def step(*given, **named):
        calls.append(1)
        if len(calls) == call and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*given, **named)
        if len(calls) == call and moment == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    setattr(where, name, step)
"""

POINTS = {
    "before the build": "dying(build, 'build', 'before')",
    "in the middle of the tables": "dying(build, '_citations', 'before')",
    "before the indexes": "dying(build, '_fill', 'after')",
    "after the build": "dying(build, 'build', 'after')",
    "before it is flushed": "dying(library, '_flush', 'before')",
    "before it is in place": "dying(Path, 'rename', 'before')",
    "when it is in place": "dying(Path, 'rename', 'after')",
    "before it is named": "dying(library, '_write_current', 'before')",
    "while it is being named": "dying(Path, 'replace', 'before')",
    "when it is named": "dying(Path, 'replace', 'after')",
}

UNMEASURED = {name: value for name, value in os.environ.items() if not name.startswith("COV")} | {
    "PYTHONDONTWRITEBYTECODE": "1"
}
"""The environment of a process that may write nothing, not even what it covered."""


def published(folder: Path, into: Path, meanwhile: str = "", **options) -> subprocess.CompletedProcess[str]:
    """Publish in a process of its own."""
    script = PUBLISH.format(meanwhile=meanwhile)
    command = [sys.executable, "-c", script, str(folder), str(into)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)


def statements(generation: Generation) -> int:
    with closing(generation.corpus):
        return generation.corpus.totals().statements


def names_in(into: Path) -> set[str]:
    return {path.name for path in into.iterdir()}


@pytest.fixture
def into(tmp_path):
    """Where generations are published."""
    return tmp_path / "generations"


@pytest.fixture
def first(small_seeds, into) -> Path:
    """A generation of the small collection, which is then altered."""
    folder = library.publish(seeds.load(small_seeds), into)
    alter(small_seeds, HERALD, "Port Agency", "Quay Agency")
    return folder


# In the usual run of things


def test_a_generation_is_published_named_and_opened(small_seeds, into):
    folder = library.publish(seeds.load(small_seeds), into)
    assert folder == into / library.name_of(seeds.load(small_seeds).fingerprint)
    assert names_in(folder) == {CORPUS, SUMS}
    assert library.current(into) == folder.name
    opened = library.open_published(into)
    assert opened.name == folder.name
    assert folder.name.startswith(opened.short)
    assert statements(opened) == 4


def test_the_folder_itself_may_be_opened_too(first):
    assert statements(library.open_published(first)) == 4


def test_the_same_seeds_reuse_what_is_there(small_seeds, into, monkeypatch):
    found = seeds.load(small_seeds)
    folder = library.publish(found, into)
    before = (folder / CORPUS).stat().st_mtime_ns
    monkeypatch.setattr(build, "build", lambda *_: pytest.fail("built again"))
    assert library.publish(found, into) == folder
    assert statements(library.open_for(small_seeds, into)) == 4
    assert (folder / CORPUS).stat().st_mtime_ns == before


def test_other_seeds_are_another_generation_and_the_old_one_stays(small_seeds, into, first):
    second = library.publish(seeds.load(small_seeds), into)
    assert second != first
    assert library.current(into) == second.name
    assert statements(Generation.open(first)) == 4


def test_a_newer_schema_has_another_name(small_seeds, into, first, monkeypatch):
    fingerprint = seeds.load(small_seeds).fingerprint
    name = library.name_of(fingerprint)
    monkeypatch.setattr(build, "SCHEMA_VERSION", build.SCHEMA_VERSION + 1)
    assert library.name_of(fingerprint) != name


def test_what_is_missing_is_built_when_it_is_asked_for(small_seeds, into):
    assert statements(library.open_for(small_seeds, into)) == 4
    assert library.current(into) is not None


def test_seeds_with_problems_are_not_built(small_seeds, into, first):
    alter(small_seeds, HERALD, "speaker: ole-dahl", "speaker: nobody")
    with pytest.raises(SeedProblems) as refused:
        library.open_for(small_seeds, into)
    assert library.current(into) == first.name
    assert statements(library.open_last_good(into, refused.value)) == 4


def test_without_a_good_generation_the_problems_are_what_is_told(small_seeds, into):
    alter(small_seeds, HERALD, "speaker: ole-dahl", "speaker: nobody")
    with pytest.raises(SeedProblems) as refused:
        library.open_for(small_seeds, into)
    with pytest.raises(SeedProblems) as again:
        library.open_last_good(into, refused.value)
    assert again.value is refused.value


def test_a_folder_without_a_generation_says_how_to_make_one(tmp_path):
    with pytest.raises(GenerationError, match="holds no generation; `onrecord build` makes one"):
        library.open_published(tmp_path)


@pytest.mark.parametrize("content", ["", "nonsense", "[]", "{}", '{"active": 7}', '{"active": null}', "\0", "\udcff"])
def test_a_current_file_that_names_nothing_is_as_good_as_none(small_seeds, into, first, content):
    (into / "current").write_bytes(content.encode("utf-8", "surrogateescape"))
    assert library.current(into) is None
    library.publish(seeds.load(small_seeds), into)
    assert library.current(into) is not None


def test_the_library_lends_the_generation_it_was_given(generation):
    assert Library(generation).generation is generation


def test_anybody_may_read_what_is_published(first, into):
    mask = os.umask(0)
    os.umask(mask)
    for path in (into / "current", first / CORPUS, first / SUMS):
        assert path.stat().st_mode & 0o777 == 0o666 & ~mask


# Damage


def flip(path: Path) -> None:
    """Change one letter of a quotation, which no check of SQLite's would notice."""
    content = path.read_bytes()
    assert b"taller cranes" in content
    path.write_bytes(content.replace(b"taller cranes", b"tallen cranes"))


def cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


DAMAGE = {
    "one letter": lambda folder: flip(folder / CORPUS),
    "cut in half": lambda folder: cut(folder / CORPUS),
    "zeros in the middle": lambda folder: zero(folder / CORPUS),
    "garbage": lambda folder: (folder / CORPUS).write_bytes(b"garbage" * 1000),
    "empty": lambda folder: (folder / CORPUS).write_bytes(b""),
    "no file": lambda folder: (folder / CORPUS).unlink(),
    "no sum": lambda folder: (folder / SUMS).unlink(),
    "another sum": lambda folder: (folder / SUMS).write_bytes(b"\xff"),
}


def zero(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(bytes(4096))


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_generation_is_never_opened_and_is_built_anew(small_seeds, into, damage):
    found = seeds.load(small_seeds)
    folder = library.publish(found, into)
    damage(folder)
    with pytest.raises(GenerationError, match="build it anew"):
        Generation.open(folder)
    assert statements(library.open_for(small_seeds, into)) == 4
    assert library.publish(found, into) == folder
    assert statements(Generation.open(folder)) == 4


def test_the_sum_is_one_that_sha256sum_reads(first):
    digest, name = (first / SUMS).read_text().split("  ")
    assert len(digest) == 64
    assert name == f"{CORPUS}\n"


def test_a_very_large_file_is_trusted(first, monkeypatch):
    monkeypatch.setattr(library, "MAX_SUMMED", 1000)
    (first / SUMS).unlink()
    assert statements(Generation.open(first)) == 4


# Builds that come to nothing


@pytest.mark.parametrize("point", POINTS.values(), ids=POINTS.keys())
def test_a_build_that_is_killed_leaves_the_old_generation_and_nothing_in_the_way(small_seeds, into, first, point):
    killed = published(small_seeds, into, DIES + point)
    assert killed.returncode == -9, killed.stderr
    assert library.current(into) in {first.name, library.name_of(seeds.load(small_seeds).fingerprint)}
    assert statements(library.open_published(into)) == 4
    assert statements(Generation.open(first)) == 4
    second = library.publish(seeds.load(small_seeds), into)
    assert library.current(into) == second.name
    assert statements(library.open_published(into)) == 4
    assert names_in(into) == {".lock", "current", first.name, second.name}


@pytest.mark.parametrize("size", [0, 4096, 50_000])
def test_a_full_disk_is_a_sentence_and_leaves_the_old_generation(small_seeds, into, first, size):
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"
    refused = published(small_seeds, into, limit, env=UNMEASURED)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"cannot write a generation to {into}: "), refused.stderr
    assert refused.stderr.count("\n") == 1
    assert names_in(into) == {".lock", "current", first.name}
    assert statements(library.open_published(into)) == 4


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_that_may_not_be_written_is_a_sentence(small_seeds, into, first, tmp_path):
    for path in (tmp_path, *tmp_path.parents[:2]):  # pytest keeps its folders for the owner
        path.chmod(path.stat().st_mode | 0o055)
    imported = "library.publish(found, Path(sys.argv[2]) / 'elsewhere')\nos.setuid(65534)"
    refused = published(small_seeds, into, imported, env=UNMEASURED)
    assert refused.returncode == 1
    assert refused.stderr == f"cannot write a generation to {into}: Permission denied\n"
    assert statements(library.open_published(into)) == 4


def test_a_file_in_the_place_of_the_folder_is_a_sentence(small_seeds, into):
    into.write_text("in the way")
    with pytest.raises(GenerationError, match=r"cannot write a generation to .*: File exists"):
        library.publish(seeds.load(small_seeds), into)


def test_an_error_of_the_database_is_a_sentence(small_seeds, into, first, monkeypatch):
    def failing(*_):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(build, "build", failing)
    with pytest.raises(GenerationError, match=r"cannot write a generation to .*: disk I/O error"):
        library.publish(seeds.load(small_seeds), into)
    assert library.current(into) == first.name


# Builds at the same time


def test_several_processes_may_publish_the_same_seeds_at_once(small_seeds, into):
    done: list[subprocess.CompletedProcess[str]] = []
    threads = [
        threading.Thread(target=lambda: done.append(published(small_seeds, into)), name=f"publisher {number}")
        for number in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [process.stderr for process in done] == [""] * 3
    (folder,) = {process.stdout.strip() for process in done}
    assert names_in(into) == {".lock", "current", Path(folder).name}
    assert statements(library.open_published(into)) == 4


def test_a_build_under_way_elsewhere_is_waited_for_and_not_cleared_away(small_seeds, into, tmp_path):
    slow = """
real = build.build
def slow(*given):
    real(*given)
    print("built", flush=True)
    sys.stdin.readline()
build.build = slow
"""
    command = [sys.executable, "-c", PUBLISH.format(meanwhile=slow), str(small_seeds), str(into)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == "built\n"
        alter(small_seeds, HERALD, "Port Agency", "Quay Agency")
        second: list[Path] = []
        thread = threading.Thread(target=lambda: second.append(library.publish(seeds.load(small_seeds), into)))
        thread.start()
        thread.join(0.3)
        assert not second
        other.stdin.write("\n")
        other.stdin.close()
        first = Path(other.stdout.readline().strip())
        thread.join(30)
    assert statements(Generation.open(first)) == 4
    assert library.current(into) == second[0].name
    assert names_in(into) == {".lock", "current", first.name, second[0].name}


def test_reading_needs_no_right_to_write(first, into):
    assert json.loads((into / "current").read_text()) == {"active": first.name}
    before = names_in(into), names_in(first)
    assert statements(library.open_published(into)) == 4
    assert (names_in(into), names_in(first)) == before
