"""The ``onrecord`` command. Every verb asks the modules below and prints what they say.

``answers`` asks a generation, ``collection`` checks, builds and reloads the seeds, ``drafting`` reads articles,
``running`` starts the bot. Each is imported when one of its verbs is called, so that none waits for what it needs not.

Exit codes: 0 fine (an honest “nothing found” is fine), 1 the user's input is at fault, 2 wrong usage, 70 a bug of ours.
"""

import io
import sys
import traceback
from importlib import import_module
from typing import Any, Final

import click

import bot
from bot.errors import UserFacingError

INPUT_AT_FAULT: Final = 1
OUR_BUG: Final = 70

VERBS: Final = {
    "try": "running.try_",
    "run": "running.run",
    "check": "collection.check",
    "build": "collection.build",
    "find": "answers.find",
    "digest": "answers.digest_",
    "draft": "drafting.draft_",
    "review": "drafting.review_",
    "export": "answers.export_",
    "reload": "collection.reload_",
    "log": "collection.log_",
}
"""Where each verb is, in the order a newcomer meets them."""


class _Verbs(click.Group):
    """The verbs, imported when they are called, and one way for an error to end.

    https://click.palletsprojects.com/en/stable/complex/#lazily-loading-subcommands
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module, _, name = VERBS[cmd_name].partition(".")
        command: click.Command = getattr(import_module(f"bot.cli.{module}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UserFacingError as error:
            click.echo(str(error), err=True)
            ctx.exit(INPUT_AT_FAULT)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception:
            click.echo(traceback.format_exc(), err=True)
            click.echo(
                f"This is a fault in On Record {bot.__version__}, not in what you did. Please report it.",
                err=True,
            )
            ctx.exit(OUR_BUG)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(bot.__version__, prog_name="onrecord")
def main() -> None:
    """On Record: who said what, when, and where is that written?"""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")  # a letter that the terminal cannot show is no fault
