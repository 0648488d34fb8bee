"""What subcommands share: settings from the environment and ``--data``, and how JSON is printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from kg.errors import MisuseError

if TYPE_CHECKING:
    import typer

    from kg.settings import Settings


def settings_of(context: typer.Context) -> Settings:
    """Settings for this call; raises MisuseError for a wrong environment variable."""
    from kg.settings import Settings

    given = {"data": context.obj} if context.obj is not None else {}
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = "POLICYWEAVE_" + "_".join(str(part) for part in first["loc"]).upper()
        raise MisuseError(f"{name}: {first['msg']}; correct it or unset it") from error


def print_json(value: Mapping[str, Any] | list[Any]) -> None:
    """Write one JSON document to stdout."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def one_of(value: str, choices: Sequence[str], name: str) -> Any:
    """The value if it is one of the choices, else MisuseError that lists them."""
    if value not in choices:
        raise MisuseError(f"unknown {name} '{value}': use one of {', '.join(choices)}")
    return value


def values_of(pairs: Sequence[str]) -> dict[str, list[str]]:
    """Values by name from ``name=value`` texts; a name may come again, with ``-`` for ``_``. Raises MisuseError.

    >>> values_of(["region=Zhejiang", "region=Anhui"])
    {'region': ['Zhejiang', 'Anhui']}
    """
    given: dict[str, list[str]] = {}
    for pair in pairs:
        name, separator, value = pair.partition("=")
        if not separator or not name.strip() or not value.strip():
            raise MisuseError(f"'{pair}' is not name=value, e.g. region=Zhejiang")
        given.setdefault(name.strip().replace("-", "_"), []).append(value.strip())
    return given
