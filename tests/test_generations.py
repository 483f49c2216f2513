"""A generation is there whole or not at all, however its build ends; and the folder knows which one is served."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from bot import generations, library
from bot.corpus import build, seeds
from bot.errors import GenerationError, SeedProblems
from bot.generations import CORPUS, INDEX, SUMS, Current
from bot.library import Generation, Library
from tests.seedfiles import HERALD, alter

FILES = {".lock", ".current.lock", "current"}
"""What stands beside the generations."""

PUBLISH = """
import os, signal, sys
from pathlib import Path
from bot import generations
from bot.corpus import build, seeds
from bot.errors import GenerationError

found = seeds.load(Path(sys.argv[1]))
{meanwhile}
try:
    folder = generations.publish(found, Path(sys.argv[2]))
    generations.activate(folder.parent, folder.name, keep=3)
    print(folder)
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
    "in the middle of the tables": "dying(build, '_fill_ties', 'before')",
    "before the indexes": "dying(build, '_fill', 'after')",
    "after the build": "dying(build, 'build', 'after')",
    "before it is flushed": "dying(generations, '_flush', 'before')",
    "before it is in place": "dying(Path, 'rename', 'before')",
    "when it is in place": "dying(Path, 'rename', 'after')",
    "before it is named": "dying(generations, '_change', 'before')",
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


def publish(folder: Path, into: Path) -> Path:
    """Publish the seeds of a folder, and serve them."""
    published = generations.publish(seeds.load(folder), into)
    generations.activate(into, published.name, keep=3)
    return published


def active(into: Path) -> str | None:
    named = generations.current(into)
    return named.active if named else None


def names_in(into: Path) -> set[str]:
    return {path.name for path in into.iterdir()}


@pytest.fixture
def into(tmp_path):
    """Where generations are published."""
    return tmp_path / "generations"


@pytest.fixture
def first(small_seeds, into) -> Path:
    """A generation of the small collection, which is then altered."""
    folder = publish(small_seeds, into)
    alter(small_seeds, HERALD, "Port Agency", "Quay Agency")
    return folder


# In the usual run of things


def test_a_generation_is_published_named_and_opened(small_seeds, into):
    folder = publish(small_seeds, into)
    assert folder == into / generations.name_of(seeds.load(small_seeds).fingerprint)
    assert names_in(folder) == {CORPUS, INDEX, SUMS}
    assert active(into) == folder.name
    opened = library.open_published(into)
    assert opened.name == folder.name
    assert folder.name.startswith(opened.short)
    assert statements(opened) == 4


def test_the_folder_itself_may_be_opened_too(first):
    assert statements(library.open_published(first)) == 4


def test_the_same_seeds_reuse_what_is_there(small_seeds, into, monkeypatch):
    found = seeds.load(small_seeds)
    folder = generations.publish(found, into)
    before = (folder / CORPUS).stat().st_mtime_ns
    monkeypatch.setattr(build, "build", lambda *_: pytest.fail("built again"))
    assert generations.publish(found, into) == folder
    assert statements(library.open_for(small_seeds, into)) == 4
    assert (folder / CORPUS).stat().st_mtime_ns == before


def test_other_seeds_are_another_generation_and_the_old_one_stays(small_seeds, into, first):
    second = publish(small_seeds, into)
    assert second != first
    assert active(into) == second.name
    assert statements(Generation.open(first)) == 4


def test_a_newer_schema_has_another_name(small_seeds, into, first, monkeypatch):
    fingerprint = seeds.load(small_seeds).fingerprint
    name = generations.name_of(fingerprint)
    monkeypatch.setattr(build, "SCHEMA_VERSION", build.SCHEMA_VERSION + 1)
    assert generations.name_of(fingerprint) != name


def test_what_is_missing_is_built_when_it_is_asked_for(small_seeds, into):
    assert statements(library.open_for(small_seeds, into)) == 4
    assert active(into) is None, "what is served is not for whoever asks a question at a shell to say"


def test_seeds_with_problems_are_not_built(small_seeds, into, first):
    alter(small_seeds, HERALD, "speaker: ole-dahl", "speaker: nobody")
    with pytest.raises(SeedProblems):
        library.open_for(small_seeds, into)
    assert active(into) == first.name
    assert statements(library.open_published(into)) == 4


def test_a_folder_without_a_generation_says_how_to_make_one(tmp_path):
    with pytest.raises(GenerationError, match="holds no generation; `onrecord build` makes one"):
        library.open_published(tmp_path)


@pytest.mark.parametrize("content", ["", "nonsense", "[]", "{}", '{"active": 7}', '{"active": null}', "\0", "\udcff"])
def test_a_current_file_that_names_nothing_is_as_good_as_none(small_seeds, into, first, content):
    (into / "current").write_bytes(content.encode("utf-8", "surrogateescape"))
    assert active(into) is None
    publish(small_seeds, into)
    assert active(into) is not None


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


def flip_index(path: Path) -> None:
    """Change one letter of a word in the index."""
    content = path.read_bytes()
    assert b"dredging" in content
    path.write_bytes(content.replace(b"dredging", b"drudging"))


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
    "one letter of the index": lambda folder: flip_index(folder / INDEX),
    "the index cut in half": lambda folder: cut(folder / INDEX),
    "the index garbage": lambda folder: (folder / INDEX).write_bytes(b"garbage" * 1000),
    "the index empty": lambda folder: (folder / INDEX).write_bytes(b""),
    "no index": lambda folder: (folder / INDEX).unlink(),
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
    folder = generations.publish(found, into)
    damage(folder)
    with pytest.raises(GenerationError, match="build it anew"):
        Generation.open(folder)
    assert statements(library.open_for(small_seeds, into)) == 4
    assert generations.publish(found, into) == folder
    assert statements(Generation.open(folder)) == 4


def test_the_sum_is_one_that_sha256sum_reads(first):
    lines = (first / SUMS).read_text().splitlines()
    assert [line.split("  ")[1] for line in lines] == [CORPUS, INDEX]
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((first / name).read_bytes()).hexdigest() == digest


def test_a_very_large_file_is_trusted(first, monkeypatch):
    monkeypatch.setattr(generations, "MAX_SUMMED", 1000)
    (first / SUMS).unlink()
    assert statements(Generation.open(first)) == 4


# Builds that come to nothing


@pytest.mark.parametrize("point", POINTS.values(), ids=POINTS.keys())
def test_a_build_that_is_killed_leaves_the_old_generation_and_nothing_in_the_way(small_seeds, into, first, point):
    killed = published(small_seeds, into, DIES + point)
    assert killed.returncode == -9, killed.stderr
    assert active(into) in {first.name, generations.name_of(seeds.load(small_seeds).fingerprint)}
    assert statements(library.open_published(into)) == 4
    assert statements(Generation.open(first)) == 4
    second = publish(small_seeds, into)
    assert active(into) == second.name
    assert statements(library.open_published(into)) == 4
    assert names_in(into) - {".current.new"} == {*FILES, first.name, second.name}


@pytest.mark.parametrize("size", [0, 4096, 50_000])
def test_a_full_disk_is_a_sentence_and_leaves_the_old_generation(small_seeds, into, first, size):
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"
    refused = published(small_seeds, into, limit, env=UNMEASURED)
    assert refused.returncode == 1
    assert refused.stderr.startswith("a generation cannot be written ("), refused.stderr
    assert refused.stderr.count("\n") == 1
    assert names_in(into) == {*FILES, first.name}
    assert statements(library.open_published(into)) == 4


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_that_may_not_be_written_is_a_sentence(small_seeds, into, first, tmp_path):
    for path in (tmp_path, *tmp_path.parents[:2]):  # pytest keeps its folders for the owner
        path.chmod(path.stat().st_mode | 0o055)
    imported = "generations.publish(found, Path(sys.argv[2]) / 'elsewhere')\nos.setuid(65534)"
    refused = published(small_seeds, into, imported, env=UNMEASURED)
    assert refused.returncode == 1
    assert refused.stderr == ("a generation cannot be written (Permission denied); what was there is untouched\n")
    assert statements(library.open_published(into)) == 4


def test_a_file_in_the_place_of_the_folder_is_a_sentence(small_seeds, into):
    into.write_text("in the way")
    with pytest.raises(GenerationError, match=r"cannot be written \(File exists\)"):
        generations.publish(seeds.load(small_seeds), into)


def test_an_error_of_the_database_is_a_sentence(small_seeds, into, first, monkeypatch):
    def failing(*_):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(build, "build", failing)
    with pytest.raises(GenerationError, match=r"cannot be written \(disk I/O error\)"):
        generations.publish(seeds.load(small_seeds), into)
    assert active(into) == first.name


# Which one is served

A, B, C, D, E, F = (letter * 16 for letter in "abcdef")


def generation(into: Path, name: str) -> str:
    """The folder of a generation, as far as clearing away is concerned."""
    (into / name).mkdir(parents=True, exist_ok=True)
    (into / name / CORPUS).write_text("")
    return name


def test_what_was_served_before_is_remembered_as_far_as_it_is_kept(into):
    for name in (A, B, C, D):
        generations.activate(into, generation(into, name), keep=3)
    assert generations.current(into) == Current(D, older=(C, B))
    generations.activate(into, B, keep=3)
    assert generations.current(into) == Current(B, older=(D, C))
    generations.activate(into, B, keep=3)
    assert generations.current(into) == Current(B, older=(D, C))
    generations.prune(into)
    assert names_in(into) - FILES == {B, C, D}


def test_a_rollback_is_held_and_leads_further_back_each_time(into):
    for name in (A, B, C):
        generations.activate(into, generation(into, name), keep=3)
    generations.pin(into, B)
    assert generations.current(into) == Current(B, pinned=True, older=(A,))
    generations.pin(into, A)
    assert generations.current(into) == Current(A, pinned=True)
    generations.activate(into, A, keep=3)
    assert generations.current(into) == Current(A), "a reload ends it, even of the same"


def test_a_damaged_one_is_forgotten(into):
    generations.forget(into, A)
    assert generations.current(into) is None
    for name in (A, B, C):
        generations.activate(into, name, keep=3)
    generations.forget(into, B)
    assert generations.current(into) == Current(C, older=(A,))


def test_clearing_away_leaves_what_is_served_what_can_be_gone_back_to_and_what_it_is_told(into):
    for name in (A, B, C, D, E, F):
        generation(into, name)
    (into / "notes").mkdir()
    (into / F / CORPUS).unlink()  # a process was killed while it cleared away
    generations.prune(into)
    assert names_in(into) == {A, B, C, D, E, F, "notes"}, "nothing is served, so nobody knows what may go"
    generations.activate(into, A, keep=2)
    generations.activate(into, B, keep=2)
    generations.prune(into, [C])
    assert names_in(into) - FILES == {A, B, C, "notes"}


def test_nothing_is_cleared_away_while_something_is_built(into):
    generations.activate(into, generation(into, A), keep=2)
    generation(into, B)
    with FileLock(into / ".lock"):
        generations.prune(into)
    assert names_in(into) - FILES == {A, B}


@pytest.mark.parametrize("step", ["before", "after"])
def test_naming_is_whole_or_not_at_all(into, step):
    generations.activate(into, "a", keep=3)
    script = (
        f"import os, signal, sys\nfrom pathlib import Path\nfrom bot import generations\n{DIES}\n"
        f"dying(Path, 'replace', '{step}')\ngenerations.pin(Path(sys.argv[1]), 'b')"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(into)], check=False, timeout=60)
    assert killed.returncode == -9
    assert active(into) == ("a" if step == "before" else "b")


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
    assert names_in(into) == {*FILES, Path(folder).name}
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
        thread = threading.Thread(target=lambda: second.append(publish(small_seeds, into)))
        thread.start()
        thread.join(0.3)
        assert not second
        other.stdin.write("\n")
        other.stdin.close()
        first = Path(other.stdout.readline().strip())
        thread.join(30)
    assert statements(Generation.open(first)) == 4
    assert active(into) == second[0].name
    assert names_in(into) == {*FILES, first.name, second[0].name}


def test_reading_needs_no_right_to_write(first, into):
    assert json.loads((into / "current").read_text()) == {"active": first.name, "pinned": False, "older": []}
    before = names_in(into), names_in(first)
    assert statements(library.open_published(into)) == 4
    assert (names_in(into), names_in(first)) == before
