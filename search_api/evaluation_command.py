"""Subcommand ``eval``: how good the live knowledge base is against gold annotations and questions."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.command_line import print_json, settings_of
from kg.errors import MisuseError

if TYPE_CHECKING:
    from kg.evaluation.jsonl import Row
    from kg.settings import Settings


def evaluate(
    context: typer.Context,
    gold: Annotated[
        list[Path] | None, typer.Argument(help="Gold files, named like the documents they annotate.")
    ] = None,
    records: Annotated[
        Path | None,
        typer.Option("--records", help="Score this export of records instead.", show_default="the live snapshot"),
    ] = None,
    questions: Annotated[
        Path | None, typer.Option("--questions", help="Questions with the places that answer them.")
    ] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="Items and passages asked for.")] = 10,
    errors: Annotated[int, typer.Option("--errors", min=0, help="List this many errors of each measure.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Machine-readable output.")] = False,
) -> None:
    """Score extraction against gold annotations, and answers against questions whose answers are known."""
    if not gold and questions is None:
        raise MisuseError("nothing to score against: name gold files, or questions with --questions")
    settings = settings_of(context)
    made: dict[str, Any] = {}
    if gold:
        made["extraction"] = _extraction(settings, gold, records, errors, as_json)
    if questions is not None:
        made["answers"] = _answers(settings, questions, k, errors, as_json)
    if as_json:
        print_json(made)


def _extraction(
    settings: Settings, gold: Sequence[Path], records: Path | None, most: int, quiet: bool
) -> list[dict[str, Any]]:
    from kg.evaluation import report
    from kg.evaluation.gold import read_gold
    from kg.evaluation.predictions import by_source
    from kg.evaluation.scoring import score

    tally = score(by_source(_records(settings, records)), [read_gold(path) for path in gold])
    table = report.report(tally)
    if not quiet:
        _print([report.HEADER, *map(str, table)], report.errors(tally, most))
    return report.as_json(table)


def _records(settings: Settings, path: Path | None) -> Iterator[Row]:
    """Rows of an export, or of the live snapshot as it would be exported."""
    from kg.evaluation.jsonl import rows
    from kg.exports.records import export_records
    from kg.snapshot import open_snapshot

    if path is not None:
        return (row for _, row in rows(path))
    snapshot = open_snapshot(settings.data)
    return export_records(list(snapshot.documents.values()), snapshot.concepts)


def _answers(settings: Settings, questions: Path, k: int, most: int, quiet: bool) -> Mapping[str, dict[str, float]]:
    from search_api.evaluation import by_name, read_questions, score_answers
    from search_api.service import Service

    asked = read_questions(questions)
    means, missed = score_answers(asked, Service(settings).ask, k)
    if not quiet:
        _print(map(str, means), missed[:most])
    return by_name(means)


def _print(table: Iterator[str] | Sequence[str], notes: Iterator[str] | Sequence[str]) -> None:
    for line in table:
        typer.echo(line)
    for note in notes:
        sys.stderr.write(note + "\n")
