"""What is wrong with a seed file, and where: the sentence for everything that ``schema`` does not allow."""

from collections.abc import Iterator
from typing import Any, Final

from pydantic import ValidationError
from rapidfuzz import fuzz, process

from bot.corpus.schema import STANDING, UNREVIEWED, WITHDRAWN, Seed, SpeakerSeed, WithdrawnSeed
from bot.corpus.yamltree import Path, Tree, brief
from bot.errors import Problem

_TAGS: Final = frozenset({STANDING, WITHDRAWN, UNREVIEWED})
_OF_DRAFTS: Final = frozenset({"review", "passage", "same_as", "new_speakers"})
"""Keys that only a draft has."""

_IN_JSON: Final = {
    "must be text, on one line or folded": "must be text, in quotation marks",
    "must be a list: one “- …” a line": "must be a list, in [ and ]",
    "must be made of “key: value” lines": "must be an object, in { and }",
}


def check(model: type[Seed], tree: Tree, file: str, problems: list[Problem]) -> None:
    """Note everything in a file that its model does not allow."""
    try:
        model.model_validate(tree.root)
    except ValidationError as error:
        for path, sentence in sentences(error, model):
            problems.append(Problem(file, tree.line(path), f"{dotted(path)}: {sentence}".removeprefix(": ")))


def sentences(error: ValidationError, model: type[Seed], *, json: bool = False) -> Iterator[tuple[Path, str]]:
    """What is wrong, and where; in the words of JSON where that is what was read."""
    for detail in error.errors(include_url=False):
        path, sentence = _sentence(detail, model)
        yield path, _IN_JSON.get(sentence, sentence) if json else sentence


def office_faults(speaker: SpeakerSeed) -> Iterator[tuple[int, str]]:
    """The index of each office that ends before it begins, and the sentence."""
    for index, office in enumerate(speaker.offices):
        if office.until and (office.since.earliest or office.since.latest) > office.until.latest:
            yield index, f"“{office.until.edtf}” is before its “from”, {office.since.edtf}; correct one of them"


def dotted(path: Path) -> str:
    """``("statements", 3, "said")`` as ``statements[3].said``."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{brief(step)}" for step in path)
    return "".join(steps).removeprefix(".")


def _sentence(detail: Any, model: type[Seed]) -> tuple[Path, str]:
    path: Path = detail["loc"]
    tag = path[2] if len(path) > 2 else None
    if tag in _TAGS:
        path = (*path[:2], *path[3:])
    value, kind = detail["input"], detail["type"]
    context = detail.get("ctx", {})
    match kind:
        case "missing":
            return path, "is missing; add it"
        case "extra_forbidden" if tag == WITHDRAWN or issubclass(model, WithdrawnSeed):
            return path, "must go; of a withdrawn statement only its id and “withdrawn” are left"
        case "extra_forbidden":
            return path, _unknown_key(str(path[-1]), model, path)
        case "value_error":
            return path, str(context["error"])
        case "enum" | "literal_error":
            shown = f"“{brief(value)}” is not one of" if isinstance(value, str) else "must be one of"
            return path, f"{shown} {context['expected'].replace(chr(39), '')}"
        case "tuple_type":
            return path, "must be a list: one “- …” a line"
        case "model_type":
            return path, "must be made of “key: value” lines"
        case "string_pattern_mismatch" | "string_type":
            return path, "must be 64 hexadecimal digits in small letters, as sha256sum prints them"
        case "too_long":
            return path, f"has {context['actual_length']} entries; at most {context['max_length']} fit: leave some out"
    return path, detail["msg"]


def _unknown_key(key: str, model: type[Seed], path: Path) -> str:
    if key in _OF_DRAFTS:
        return "belongs to a draft; delete it here"
    known = sorted(_keys_at(model, path[:-1]))
    close = process.extractOne(brief(key), known, scorer=fuzz.ratio, score_cutoff=60)
    return f"unknown key; did you mean “{close[0]}”?" if close else f"unknown key; known here: {', '.join(known)}"


def _keys_at(model: type[Seed], path: Path) -> set[str]:
    """The keys that a mapping at this path may have."""
    models = [model]
    for step in path:
        if isinstance(step, str):
            models = [
                inner
                for outer in models
                for name, info in outer.model_fields.items()
                if (info.alias or name) == step
                for inner in _models_in(info.annotation)
            ]
    return {info.alias or name for found in models for name, info in found.model_fields.items()}


def _models_in(annotation: Any) -> list[type[Seed]]:
    if isinstance(annotation, type) and issubclass(annotation, Seed):
        return [annotation]
    return [model for argument in getattr(annotation, "__args__", ()) for model in _models_in(argument)]
