"""``onrecord try`` and ``onrecord run``: the bot, simulated or on Discord."""

import signal

import click

from bot import settings


@click.command("try")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Serve on this port; 0 takes a free one.")
@click.option("--no-browser", is_flag=True, help="Print the address and do not open it.")
def try_(port: int, no_browser: bool) -> None:
    """Run the real bot in a simulated Discord, in your browser. Needs no token."""
    from bot import trial

    trial.run(settings.load(), port=port, browser=not no_browser)


@click.command()
def run() -> None:
    """Run the bot on Discord. The token comes from DISCORD_TOKEN, or from the file DISCORD_TOKEN_FILE names."""
    if hasattr(signal, "SIGHUP"):
        # A reload that is asked for while it starts is part of the start; unheeded, the signal would end us.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    from bot import app

    app.run(settings.load(), settings.token())
