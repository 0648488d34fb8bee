"""The command ``policyweave``. Its parts live in the three packages and register through entry points.

Exit status: 0 all went well, 1 something failed, 2 the command was misused. Data goes to stdout, all else to stderr.
"""

from __future__ import annotations

import io
import os
import sys
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Annotated

import typer

from kg.errors import MisuseError, PolicyweaveError, QueryError

ENTRY_POINTS = "policyweave.commands"


def build() -> typer.Typer:
    """The command with all subcommands that the installed packages offer."""
    app = typer.Typer(
        name="policyweave",
        help="Policy papers as a knowledge graph and a vector index: answers with the exact sentences that prove them.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )

    @app.callback()
    def common(
        context: typer.Context,
        data: Annotated[
            Path | None,
            typer.Option(help="Folder of the knowledge base.", show_default="$POLICYWEAVE_DATA or ./data"),
        ] = None,
        _show_version: Annotated[
            bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Show the version.")
        ] = False,
    ) -> None:
        context.obj = data

    for part in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        part.load()(app)
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"policyweave {version('policyweave')}")
        raise typer.Exit


def main() -> None:
    """Run the command; every expected failure becomes one line on stderr and an exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Quotes are in any script, whatever the terminal's locale.
        sys.stdout.reconfigure(encoding="utf-8")
    app = build()
    try:
        app()
    except MisuseError as error:
        _fail(str(error), 2)
    except QueryError as error:
        _fail(f"{error}. {error.hint}" if error.hint else str(error), 1)
    except PolicyweaveError as error:
        _fail(str(error), 1)
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; Python must not complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _fail(f"the output cannot be written: {error.strerror or error}", 1)


def _fail(message: str, status: int) -> None:
    typer.echo(f"policyweave: {message}", err=True)
    sys.exit(status)
