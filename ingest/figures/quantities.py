"""Numbers with their units in a sentence, without what only looks like a figure: dates, labels, references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.figures.numerals import Numeral, find_numerals
from ingest.figures.units import CURRENCY_BEFORE, OF_CARBON, PER, SCALE, SHORT_SCALE, UNIT, UnitKind

_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_LABELS = (
    "Tables?|Figures?|Figs?|Charts?|Graphs?|Maps?|Box(?:es)?|Sections?|Sec|Chapters?|Ch|Parts?"
    "|Annex(?:es)?|Appendi(?:x|ces)|"
    "Articles?|Arts?|Clauses?|Paragraphs?|Paras?|Pages?|pp?|No|Nos|Nr|Number|Vol|Volume|Issue"
    "|Goals?|SDGs?|Targets?|Indicators?|Pillars?|"
    "Phases?|Stages?|Steps?|Tiers?|Levels?|Grades?|Class(?:es)?|Types?|Scopes?|Categor(?:y|ies)"
    "|Versions?|Ver|Regulations?|Directives?|Acts?|Laws?|Decrees?|"
    "Orders?|Resolutions?|Bills?|Decisions?|Circulars?|Routes?|Highways?|Highway|Roads?|Lines?"
    "|Corridors?|Rounds?|Projects?|Programs?|Programmes?|"
    "Schedules?|Notes?|Footnotes?|Equations?|Eqs?|Formula|Models?|Hypothes[ie]s|Items?"
    "|Quarters?|Weeks?|Days?|Zones?|Groups?|Units?|Wards?|Blocks?|"
    "Lots?|Priority|Priorities|Objectives?|Measures?|Actions?|Recommendations?|Questions?"
    "|Columns?|Rows?|Panels?|Agenda|Horizon|Vision|Industry|Web|"
    "Industrie|Society|Europe|Fortune|Covid|Mission|Missions?|Term|Session|Year|Grant|Award|Code"
)
_NOT_FIGURES = re.compile(
    rf"\^?\[[\d\s,;–-]+\]"  # references
    r"|https?://\S+|www\.\S+|\S+@\S+|\bdoi:\s?\S+|\b10\.\d{4,}/\S+"
    rf"|\b(?:{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?(?:,?\s+\d{{4}})?(?![\d.,%]\d|\s?%)"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?\s+(?:of\s+)?(?:{_MONTH})\b(?:,?\s+\d{{4}})?"
    r"|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{1,2}:\d{2}\s?(?:am|pm|hours|hrs)\b"
    r"|\b\d+(?:st|nd|rd|th)(?:\s(?:out\s)?of\s(?:the\s)?\d+)?\b|\b24/7\b|\bG-?(?:7|8|20|77)\b"
    rf"|\b(?:{_LABELS})\.?[\s\u00a0-]?(?:\(\w+\)\s?)?\d+(?:[./-]\d+)*(?:\([a-z0-9]+\))*"
    r"(?:(?:\s?[-–,]\s?|,?\s(?:and|to|or|of)\s)\d+(?:[./]\d+)*)*(?![\d.,]*\d)(?!\s?%"
    r"|\s(?:per\s?cent|million|billion|trillion|thousand))"
    rf"|(?<!\w)\(\d{{1,3}}\)|(?<!\w)\([ivx]+\)|^\s*\d+(?:\.\d+)*[.)、]\s|[①-⑳]"
    r"|\b[pnrtFzNR][²2]?\s?[<>=≤≥]\s?[-−]?\.?\d[\d.,]*|(?:α|β|alpha|beta)\s?=\s?[\d.]+"
    r"|\b\d+(?:\.\d+)?\s?%(?:\s(?:or|and)\s\d+\s?%)?\s(?:significance|confidence|level)"
    r"|(?:significan\w+|confidence)\s(?:at|level)\D{0,14}\d+(?:\.\d+)?\s?%"
    r"|\b(?:aged?|ages|between the ages of)\s(?:between\s|of\s|over\s|under\s|above\s"
    r"|below\s)?\d+(?:\s?(?:[-–]|to|and)\s?\d+)?(?:\s(?:years?|months?))?(?:\s(?:old|and (?:over"
    r"|above|older)))?"
    r"|\b(?:\d+(?:\s?[-–]\s?\d+)?|[a-z]+)[\s-](?:years?|months?)[\s-](?:old|of age)s?\b|\b(?:under|over)-\d+s\b"
    r"|\b(?:versions?|sections?|tables?|figures?|chapters?|articles?|phases?|tiers?|grades?"
    r"|number|numbered|nos?\.|pages?|pp?\.)\s\d+(?:\.\d+)*(?!\d|[.,]\d|\s?%)"
    r"|\b(?:children|infants|people|persons|those|adults|women|men)\s(?:under|over|above|below"
    r"|aged)\s(?:five|\d+)(?:\s?(?:[-–]|to|and)\s?\d+)?(?:\syears)?\b"
    r"|\b(?:top|first|last|leading|largest|biggest|best)\s(?:\d+|two|three|four|five|six|seven"
    r"|eight|nine|ten|twenty|fifty|hundred)\b"
    r"|\b(?:\w+[-\s])?\d?(?:[Ff]ive|[Tt]en|[Tt]hree|[Ss]even|[Tt]wo|\d+)-[Yy]ear\s(?:[Pp]lans?"
    r"|[Pp]rogram\w*|[Ss]trateg\w+|[Aa]ction|[Dd]evelopment|[Pp]eriods?|[Rr]oadmap)"
    r"|\b(?:mid-|early |late )?(?:the )?(?:18|19|20)\d0s\b|\b(?:the|half|either|other) half\b"
    r"|\b(?:first|second|latter|other) half\b|\bhalf[- ](?:year\w*|way|time|hearted)"
    r"|\b[Oo]ne,? (?=[A-Z])|\bone[- ](?:stop|size|off|party|sided|way|child|to[- ]one)\w*"
)
_YEAR = re.compile(
    r"(?<![\d.,$€£¥₹-])(?:1[89]|20|21)\d\d(?:\s?[-–/]\s?(?:(?:1[89]|20|21)\d\d|\d\d))?(?![\d%]|[.,:]\d|\s?%|-\d)"
    r"(?!\s(?:people|persons|jobs|households|workers|students|families|villages|compan"
    r"|enterprises|firms|farmers|homes|schools|"
    r"hospitals|residents|inhabitants|teachers|doctors|units|hectares|km|MW|yuan|dollars|euros|million|billion|tonn))"
)
_AMOUNT_BEFORE = re.compile(
    r"\b(?:over|more than|nearly|almost|about|around|approximately|some|at least|up to|less than"
    r"|fewer than|roughly|exceed(?:s|ed|ing)?|"
    r"total of)\s$",
    re.IGNORECASE,
)
_QUALIFIER = re.compile(
    r"(?:\b(?:over|more than|nearly|almost|about|around|approximately|some|only|just|at least"
    r"|up to|less than|fewer than|under|"
    r"roughly|close to|exceeding|an estimated|as many as|as much as|a total of|no less than|not less than)\s)+$",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\s?(?:[-–—~]|to|or)\s?")
_BETWEEN = re.compile(r"\bbetween\s$", re.IGNORECASE)
_RATIO = re.compile(r"\bratio\b[^.;\d]{0,60}$", re.IGNORECASE)
_TEMPORAL = re.compile(
    r"(?:\b(?:in|over|for|within|after|during|since|throughout|every|next|past|last|coming"
    r"|recent|following|previous|previously|"
    r"first|preceding|these|those|subsequent|remaining|several|at|by|of|than|ago)\s(?:the\s"
    r"|a\s)?(?:(?:next|past|last|coming|recent|"
    r"following|previous|first|preceding|period of|span of|about|around|nearly|almost|more than"
    r"|over|only|just|least|less than)\s)*)$",
    re.IGNORECASE,
)
_DURATION_WORDS = re.compile(
    r"expectancy|schooling|education|average|median|mean\b|lag|behind|payback|lifespan|lifetime|takes?\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in characters ``start:end`` of a text; ``unit`` is "" where only a noun can say what is counted."""

    start: int
    end: int
    value: float
    value_text: str
    unit: str
    kind: UnitKind
    words: bool
    integral: bool


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The figures of a sentence, left to right: no dates, years, ordinals, labels, references or lapses of time.

    >>> [(q.value, q.unit) for q in find_quantities("In 2023 exports grew 6.5% to USD 1.2 billion [3].")]
    [(6.5, '%'), (1.2, 'billion USD')]
    """
    masked = [match.span() for match in _NOT_FIGURES.finditer(text)] + list(_years(text))
    numerals = [n for n in find_numerals(text) if not any(start < n.end and n.start < end for start, end in masked)]
    quantities = [_measured(text, numeral) for numeral in numerals]
    kept = _said_ratios(text, _without_denominators(quantities))
    return tuple(q for q in _shared_units(text, kept) if _is_figure(text, q))


def qualified_start(text: str, start: int) -> int:
    """Where the qualifier in front of a figure begins ("over", "more than"), or ``start`` itself."""
    match = _QUALIFIER.search(text, 0, start)
    return match.start() if match else start


def _years(text: str) -> Iterator[tuple[int, int]]:
    for match in _YEAR.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        unit = UNIT.match(after)
        counted = SCALE.match(after) or (unit and unit.lastgroup != "times" and after[:1] != "-")
        if not (counted or _AMOUNT_BEFORE.search(before) or CURRENCY_BEFORE.search(before)):
            yield match.span()


def _measured(text: str, numeral: Numeral) -> Quantity:
    start, end = numeral.start, numeral.end
    kind: UnitKind = "count"
    parts: list[str] = []
    currency = CURRENCY_BEFORE.search(text, max(0, start - 8), start)
    scale = SCALE.match(text, end) or (SHORT_SCALE.match(text, end) if currency else None)
    if numeral.form in {"digits", "words"} and scale:
        parts.append(scale["scale"].lower() if len(scale["scale"]) > 1 else scale["scale"])
        end = scale.end()
    if currency:
        kind, start = "money", currency.start()
        parts.append(currency.group().strip())
    elif numeral.form in {"digits", "words"} and (unit := UNIT.match(text, end)):
        kind, end = _kind(unit), unit.end()
        parts.append(unit.group().strip(" -\u00a0"))
    elif numeral.form not in {"digits", "words"}:
        kind = "percent" if numeral.form == "share" else "times"
        parts.append({"share": "%", "ratio": "ratio"}.get(numeral.form, "ratio"))
    if kind in {"money", "measure", "count"} and parts and (carbon := OF_CARBON.match(text, end)):
        parts, end = [*parts[:-1], parts[-1] + carbon.group()], carbon.end()
    if (
        (per := PER.match(text, end))
        and per.end() > end
        and (kind != "count" or per.group().strip().startswith(("per ", "out of")))
    ):
        parts, end = [" ".join(parts) + per.group()], per.end()
    integral = numeral.value == int(numeral.value)
    return Quantity(
        start, end, numeral.value, numeral.text, " ".join(parts).strip(), kind, numeral.form == "words", integral
    )


def _kind(unit: re.Match[str]) -> UnitKind:
    kinds: tuple[UnitKind, ...] = ("percent", "money", "times", "time", "measure")
    return next(kind for kind in kinds if unit[kind])


def _without_denominators(quantities: Sequence[Quantity]) -> list[Quantity]:
    kept: list[Quantity] = []
    for quantity in quantities:
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
    return kept


def _shared_units(text: str, quantities: list[Quantity]) -> Iterator[Quantity]:
    """In "10–20%" and "between 5 and 8 million tonnes" the unit is written once and belongs to both ends."""
    for index, quantity in enumerate(quantities):
        after = quantities[index + 1] if index + 1 < len(quantities) else None
        bare = after is not None and after.kind == "count" and after.unit.startswith(("per ", "out of"))
        if after and after.unit and not bare and _joined(text, quantity, after):
            yield replace(quantity, unit=after.unit, kind=after.kind)
        else:
            yield quantity


def _said_ratios(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """ "A ratio of 1 to 45": two numbers that make one figure."""
    made: list[Quantity] = []
    for quantity in quantities:
        left = made[-1] if made else None
        if left is not None and _is_ratio(text, left, quantity):
            whole = text[left.start : quantity.end]
            value = round(left.value / quantity.value, 3)
            made[-1] = Quantity(left.start, quantity.end, value, whole, "ratio", "times", False, False)
        else:
            made.append(quantity)
    return made


def _is_ratio(text: str, left: Quantity, right: Quantity) -> bool:
    plain = not left.unit and not right.unit and right.value > 0
    return plain and text[left.end : right.start] == " to " and _RATIO.search(text, 0, left.start) is not None


def joins(text: str, left: Quantity, right: Quantity) -> bool:
    """Whether the two are the ends of a range or part and whole, so that the noun behind them belongs to both."""
    between = text[left.end : right.start]
    part = between in {" of ", " of the ", " out of "}
    return part or _JOIN.fullmatch(between) is not None or _spans(text, left, right)


def _spans(text: str, left: Quantity, right: Quantity) -> bool:
    return text[left.end : right.start] == " and " and _BETWEEN.search(text, 0, left.start) is not None


def _joined(text: str, left: Quantity, right: Quantity) -> bool:
    between = text[left.end : right.start]
    if between in {" and ", ", "} and left.unit and left.kind == "count" and right.unit.startswith(f"{left.unit} "):
        return True
    if left.unit:
        return False
    return _spans(text, left, right) or _JOIN.fullmatch(between) is not None


def _is_figure(text: str, quantity: Quantity) -> bool:
    before, after = text[: quantity.start], text[quantity.end :]
    one_of_a_kind = quantity.words and quantity.value == 1 and quantity.kind in {"time", "measure", "times"}
    if one_of_a_kind or re.search(r"\bper (?:every )?$|\b(?:for|out of) every $", before):
        return False
    if quantity.kind == "time":
        spelled = _DURATION_WORDS.search(text) and not re.search(r"\b(?:past|last|next|recent|coming|ago)\s$", before)
        return (
            "-" not in text[quantity.start : quantity.end]
            and (after[:1] != "-" or after[1:2].isdigit())
            and not after.startswith(" ago")
            and (not _TEMPORAL.search(before) or bool(spelled))
        )
    if quantity.kind == "times" and quantity.unit.strip(" -") == "times":
        grown = re.search(r"(?:by|to|over|than|nearly|almost|about|around|up|were|was|is|are|some|only)\s$", before)
        return bool(
            grown
            or re.match(r"\s(?:more|higher|lower|larger|greater|faster|less|the|that|as|bigger|smaller|of)\b", after)
        )
    if quantity.kind == "count" and not quantity.unit:
        return not re.match(r"[A-Za-z0-9°/]|[-–][A-Za-z]|\.\d", after) and not re.search(r"[A-Za-z][-–/]$|/$", before)
    return quantity.kind == "money" or not re.search(r"[A-Za-z]-$", before)
