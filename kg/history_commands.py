"""Subcommands over the snapshots that are kept: ``snapshots`` and ``rollback``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.command_line import print_json, settings_of

if TYPE_CHECKING:
    from kg.history import Listed

AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]


def register(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command()(snapshots)
    app.command()(rollback)


def snapshots(context: typer.Context, as_json: AsJson = False) -> None:
    """List the snapshots that are kept, the live one first, then those that rollbacks lead to, one after another."""
    from kg.history import listed

    found = listed(settings_of(context).data)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        typer.echo(f"{one.id}  {_place(one.back):12}  {_what(one)}")


def rollback(
    context: typer.Context,
    snapshot: Annotated[
        str | None, typer.Argument(help="Its id or the beginning of it.", show_default="the one before the live one")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make an earlier snapshot live again, after verifying it; nothing is removed.

    The next ingest starts from it. Files that were ingested after it was published are read again when they are named,
    and a watched or synchronised folder brings its present state back.
    """
    from kg.rollback import rollback as go_back

    moved = go_back(settings_of(context), snapshot)
    if as_json:
        print_json(asdict(moved))
    else:
        typer.echo(f"snapshot {moved.after} is live; {moved.before} is kept: 'policyweave rollback {moved.before}'")


def _place(back: int | None) -> str:
    if back is None:
        return "rolled back"
    return "live" if back == 0 else f"{back} back"


def _what(one: Listed) -> str:
    if one.problem is not None:
        return one.problem
    return f"{one.created}  {one.counts['documents']} documents, {one.counts['statements']} statements"
