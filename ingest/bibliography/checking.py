"""Values from a file beside a paper become facts where they can be, and notes that say what is wrong where not."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from ingest.bibliography.written import Written
from kg.records import Fact

DOI: Final = re.compile(r"\b10\.\d{4,9}/[^\s\"<>\]},;]+", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_URL: Final = re.compile(r"https?://[^\s<>\"]+")
_LONGEST: Final = 1_000
_MOST_AUTHORS: Final = 200


def facts(
    written: Sequence[Written], names: Mapping[str, Sequence[str]], file: str, notes: list[str], strict: bool
) -> Iterator[Fact]:
    """What can be taken from the values of one file; what cannot be becomes a note that names its line.

    ``names`` are the file's own names by fact. ``strict``: the format is ours, so that another name is a mistake.
    """
    field_of = {name.casefold(): field for field, own in names.items() for name in own}
    taken: set[str] = set()
    for value in written:
        field = field_of.get(value.name.casefold())
        place = f"{file}, line {value.line}" if value.line else file
        if field is None:
            if strict:
                notes.append(f"{place}: unknown field '{value.name}' is passed over. {_meant(value.name, field_of)}")
            continue
        checked, wrong = _CHECKS.get(field, _text)(value.values)
        if wrong:
            notes.append(f"{place}: {field} '{'; '.join(value.values):.80}' is passed over: {wrong}")
        elif field not in taken and checked:
            taken.add(field)
            yield Fact(field, checked, place)


def plain_doi(text: str) -> str | None:
    """The DOI in a text, without the address that it may be part of.

    >>> plain_doi("https://doi.org/10.5555/AB.c12).")
    '10.5555/AB.c12'
    """
    found = DOI.search(text)
    if not found:
        return None
    doi = found.group().rstrip(".'")
    return doi if doi.count(")") <= doi.count("(") else doi.rstrip(").'")


def _meant(name: str, known: Mapping[str, str]) -> str:
    close = difflib.get_close_matches(name.casefold(), list(known), 1)
    return f"Did you mean '{close[0]}'?" if close else f"Known are {', '.join(dict.fromkeys(known.values()))}"


def _text(values: Sequence[str]) -> tuple[str, str]:
    text = " ".join(" ".join(values).split())
    return (text, "") if len(text) <= _LONGEST else ("", f"it is longer than {_LONGEST} characters")


def _authors(values: Sequence[str]) -> tuple[str, str]:
    """Names separated by semicolons; a lone text may hold several."""
    parts = re.split(r" ?(?:;|\band\b|&) ?", values[0]) if len(values) == 1 else values
    names = [" ".join(part.replace(";", ",").split()) for part in parts]
    if len(names) > _MOST_AUTHORS or any(len(name) > _LONGEST for name in names):
        return "", f"more than {_MOST_AUTHORS} authors or {_LONGEST} characters a name cannot be"
    return "; ".join(name for name in names if name), ""


def _year(values: Sequence[str]) -> tuple[str, str]:
    found = _YEAR.search(values[0])
    return (found.group(), "") if found else ("", "give a year of four digits")


def _doi(values: Sequence[str]) -> tuple[str, str]:
    doi = plain_doi(values[0])
    return (doi, "") if doi else ("", "a DOI begins with 10. and has a slash, such as 10.1000/182")


def _language(values: Sequence[str]) -> tuple[str, str]:
    code = values[0].strip()
    return (code.lower(), "") if _LANGUAGE.fullmatch(code) else ("", "give a code such as en, zh or pt-br")


def _url(values: Sequence[str]) -> tuple[str, str]:
    found = _URL.search(values[0])
    return (found.group(), "") if found else ("", "give an address that begins with http:// or https://")


_CHECKS: Final[Mapping[str, Callable[[Sequence[str]], tuple[str, str]]]] = MappingProxyType(
    {"authors": _authors, "year": _year, "doi": _doi, "language": _language, "url": _url}
)
