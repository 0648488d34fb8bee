"""Papers as BibTeX, RIS or CSL-JSON, for reference managers: one module a format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kg.exports.bibliography import bibtex, csl_json, ris
from kg.exports.bibliography.works import Work, works
from kg.records import Document

MEDIA_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bibtex": "application/x-bibtex",
        "ris": "application/x-research-info-systems",
        "csl-json": "application/vnd.citationstyles.csl+json",
    }
)
SUFFIXES: Final[Mapping[str, str]] = MappingProxyType({"bibtex": "bib", "ris": "ris", "csl-json": "json"})
_WRITERS: Final[Mapping[str, Callable[[Sequence[Work]], str]]] = MappingProxyType(
    {"bibtex": bibtex.written, "ris": ris.written, "csl-json": csl_json.written}
)


def written(documents: Iterable[Document], form: str) -> str:
    """Documents in a format (key of MEDIA_TYPES), each once, sorted by citation key."""
    return _WRITERS[form](works(documents))


def form_of(path: Path | None) -> str:
    """The format that a file's ending names; BibTeX where it names none."""
    ending = path.suffix.casefold().removeprefix(".") if path is not None else ""
    return next((form for form, suffix in SUFFIXES.items() if suffix == ending), "bibtex")
