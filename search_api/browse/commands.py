"""Subcommands of browsing: one a kind of thing, ``matrix`` and ``compare``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.command_line import print_json, settings_of, values_of
from kg.errors import MisuseError
from search_api.browse.ids import PLURALS, By, Kind

if TYPE_CHECKING:
    from kg.exports.tables import Row

Where = Annotated[
    list[str] | None,
    typer.Option("--filter", "-f", help="name=value, e.g. region=Zhejiang; may be repeated. See docs/browse.md."),
]
Size = Annotated[int, typer.Option("-k", min=1, max=1000, help="How many rows at most.")]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Comma-separated values.")]
_COMPARED: Final[Mapping[str, By]] = {"region": "region", "industry": "industry", "paper": "document"}


def register(app: typer.Typer) -> None:
    """Add the subcommands of browsing."""
    for kind in PLURALS:
        _add(app, kind)
    app.command()(matrix)
    app.command()(compare)


def _add(app: typer.Typer, kind: Kind) -> None:
    plural = PLURALS[kind]

    def command(
        context: typer.Context,
        identifier: Annotated[
            str | None, typer.Argument(metavar="[ID]", help="Id or IRI of one, to see it whole.", show_default=False)
        ] = None,
        where: Where = None,
        words: Annotated[str | None, typer.Option("-q", help="Words that begin words of a name.")] = None,
        sort: Annotated[str | None, typer.Option(help="Names to sort by, e.g. -papers,label.")] = None,
        k: Size = 20,
        cursor: Annotated[str | None, typer.Option(help="Where to go on, as the page before said.")] = None,
        as_json: AsJson = False,
        as_csv: AsCsv = False,
    ) -> None:
        given = _pairs(where or [])
        given += [(name, value) for name, value in (("q", words), ("sort", sort)) if value is not None]
        if identifier is None:
            _print_list(context, kind, given, k, cursor, as_json, as_csv)
        elif given or as_csv:
            raise MisuseError("one thing is shown whole: leave out filters, sorting and --csv, or leave out the id")
        else:
            _print_thing(context, kind, identifier, k, cursor, as_json)

    app.command(plural, help=f"List {plural} with what proves each, or show one of them whole.")(command)


def _print_list(
    context: typer.Context,
    kind: Kind,
    given: Sequence[tuple[str, str]],
    k: int,
    cursor: str | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    from search_api.browse import table_rows, terminal
    from search_api.browse.browser import Browser
    from search_api.service import Service

    listing = Browser(Service(settings_of(context))).listing(kind, given, k, cursor)
    if as_json:
        print_json(listing.model_dump(mode="json"))
    elif as_csv:
        _print_csv(table_rows.listed(listing))
    else:
        terminal.print_list(listing, PLURALS[kind])


def _print_thing(
    context: typer.Context, kind: Kind, identifier: str, k: int, cursor: str | None, as_json: bool
) -> None:
    from search_api.browse.browser import Browser
    from search_api.browse.things import print_thing
    from search_api.service import Service

    view = Browser(Service(settings_of(context))).view(kind, identifier, k, cursor)
    if as_json:
        print_json(view.model_dump(mode="json"))
    else:
        print_thing(view)


def matrix(
    context: typer.Context,
    rows: Annotated[str, typer.Option(help="challenge-theme, challenge, region, region-type, industry or actor.")] = (
        "challenge-theme"
    ),
    columns: Annotated[
        str, typer.Option(help="measure-theme, measure, instrument, region, region-type, industry, actor or status.")
    ] = "measure-theme",
    basis: Annotated[
        list[str] | None, typer.Option(help="Only links that are stated, section, paper or inferred; may be repeated.")
    ] = None,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="Only links at least this sure.")] = 0.0,
    where: Where = None,
    k: Size = 20,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show how many measures answer which challenges, and which challenges none answers."""
    from search_api.browse import table_rows, terminal_tables
    from search_api.browse.browser import Browser
    from search_api.browse.matrix import wish
    from search_api.service import Service

    wanted = wish(rows, columns, basis or (), min_confidence, _pairs(where or []))
    found = Browser(Service(settings_of(context))).matrix(wanted, k, evidence=as_json)
    if as_json:
        print_json(found.model_dump(mode="json"))
    elif as_csv:
        _print_csv(table_rows.matrix(found))
    else:
        terminal_tables.print_matrix(found)


def compare(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="Two to five names, ids or IRIs.")],
    by: Annotated[str, typer.Option(help="What the names are of: region, industry or paper.")] = "region",
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many rows of each table at most.")] = 10,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Put regions, industries or papers side by side: challenges, measures, figures, what is shared and what is not."""
    from search_api.browse import table_rows, terminal_tables
    from search_api.browse.browser import Browser
    from search_api.service import Service

    if by not in _COMPARED:
        raise MisuseError(f"cannot compare by '{by}': use one of {', '.join(_COMPARED)}")
    found = Browser(Service(settings_of(context))).compare(_COMPARED[by], names, k)
    if as_json:
        print_json(found.model_dump(mode="json"))
    elif as_csv:
        _print_csv(table_rows.compared(found))
    else:
        terminal_tables.print_comparison(found)


def _pairs(where: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, value) for name, values in values_of(where).items() for value in values]


def _print_csv(rows: list[Row]) -> None:
    from kg.exports.files import text_output
    from kg.exports.tables import write_csv
    from search_api.browse import table_rows

    with text_output(None) as stream:
        write_csv(stream, table_rows.columns(rows), rows)
