"""Structured logs on stdout: events with values, one a line. What a member types is never logged, nor the token."""

import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, Final

import structlog
from structlog.typing import Processor

from bot.settings import Log

_HIDDEN: Final = "[token]"


def configure(settings: Log, *, secret: str = "") -> None:
    """Send our logs and every library's to stdout. ``secret`` is blotted out wherever it should appear."""
    console = settings.format == "console" or (settings.format == "auto" and sys.stdout.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _without(secret),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if console
        else structlog.processors.JSONRenderer()
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.level.upper())
    # The scheduler tells of every tick, and that a tick was left out because the one before it is still at work.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    # discord.py logs each interaction's and message's payload at debug level, which is what members type.
    logging.getLogger("discord").setLevel(max(logging.INFO, root.level))


def _without(secret: str) -> Processor:
    def blot(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace(secret, _HIDDEN)
        if isinstance(value, Mapping):
            return {blot(key) if isinstance(key, str) else key: blot(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [blot(inner) for inner in value]
        return value if isinstance(value, int | float | bool | None) else blot(str(value))

    def process(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        kept = {key: value for key, value in event.items() if key.startswith("_")}
        return kept | {key: blot(value) for key, value in event.items() if not key.startswith("_")} if secret else event

    return process
