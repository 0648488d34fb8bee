"""Which year a figure of a sentence belongs to, from the words around it."""

from __future__ import annotations

import re

_Y = r"(?:1[89]|20|21)\d\d"
_BASE = re.compile(
    rf"\b(?:from|since|than|compared (?:with|to)|relative to|versus|against|below|above|over|on)\s"
    rf"(?:that (?:in|of)\s|in\s|the (?:end|beginning|start|level|levels) of\s|its\s|levels? (?:in"
    rf"|of)\s|early\s|late\s)*(?P<base>{_Y})"
    rf"(?!\s?(?:to|until|through|[-–])\s?(?:the end of\s)?{_Y})"
    rf"|(?P<level>{_Y})(?:['’]s)?\s(?:levels?|baseline|base year|prices)"
)
_QUOTED = re.compile(r"[\"“«][^\"”»]{0,200}[\"”»]|(?<=[A-Za-z.”])\s?\((?:[^()]*\s)?\d{4}[a-z]?\)")
_RANGE = re.compile(
    rf"{_Y}\s?(?:[-–]|to|until|through|and)\s?(?:the end of\s)?(?P<last>{_Y})|(?P<first>{_Y})/\d\d(?!\d)"
)
_NAMED = re.compile(
    rf"(?!(?:In|By|Since|During|For|Of|From|Until|Till|And|To|At|On|The|Year|FY|End|Mid|Early"
    rf"|Late|Between|As|Around|January|February|March|April|May|"
    rf"June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct"
    rf"|Nov|Dec)\b)\b[A-Z]\w+\s(?P<name>{_Y})\b"
)
_YEAR = re.compile(rf"(?<![\d.,$€£¥₹/-])(?P<year>{_Y})(?![\d%]|[.,]\d|\s?%|(?:-|–)\d)")
_AFTER = re.compile(
    r"(?:\s?[\w'’%-]+){0,4}?\s?\(?(?:in|by|for|during|at|as of|until)\s(?:the\s)?(?:(?:end|close"
    r"|start|year|middle)\s(?:of\s)?)*(?:FY\s?)?$"
)


def year_of(text: str, start: int, end: int) -> int | None:
    """Year of the figure at ``text[start:end]``: named right behind it, else the nearest before, else the nearest
    after it.

    Years that are only compared with ("from 2015 levels"), named in titles ("Vision 2030") or in quotation marks do
    not count.

    >>> year_of("Output rose from 5 Mt in 2010 to 8 Mt in 2020", 17, 21)
    2010
    """
    years = [(at, year) for at, year in _years(text) if not start <= at < end]
    behind = [(at, year) for at, year in years if at >= end]
    if behind and _AFTER.fullmatch(text[end : behind[0][0]]):
        return behind[0][1]
    before = [year for at, year in years if at < start]
    if before:
        return before[-1]
    return behind[0][1] if behind else None


def _years(text: str) -> list[tuple[int, int]]:
    ignored = [match.span() for match in _QUOTED.finditer(text)]
    ignored += [match.span(group) for match in _BASE.finditer(text) for group in ("base", "level") if match[group]]
    ignored += [match.span("name") for match in _NAMED.finditer(text)]
    found: list[tuple[int, int]] = []
    for match in _RANGE.finditer(text):
        if not _inside(match.start(), ignored):
            found.append((match.start(), int(match["last"] or match["first"])))
        ignored.append(match.span())
    found += [(m.start(), int(m["year"])) for m in _YEAR.finditer(text) if not _inside(m.start(), ignored)]
    return sorted(found)


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)
