"""Figures of one sentence that cannot all be true: a ratio that its own numbers deny, a part larger than its whole."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Protocol

from kg.units import base_unit, magnitude

_SHARE_AFTER = re.compile(r"\s(?:of|share)\b")
_SHARE_BEFORE = re.compile(
    r"\b(?:account\w*|represent\w*|constitut\w*|mak(?:es?|ing) up|made up|equivalent|equals?"
    r"|share of)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
_RISE = re.compile(
    r"\b(?:grow\w*|grew|increas\w*|rise|rose|risen|rising|up|expand\w*|climb\w*|surg\w*|gain\w*)\b", re.IGNORECASE
)
_FALL = re.compile(
    r"\b(?:fall\w*|fell|decreas\w*|declin\w*|drop\w*|down|shr[aiu]nk\w*|reduc\w*|lower\w*)\b", re.IGNORECASE
)
_FROM_TO = re.compile(r"\bfrom\s[^,;]{0,12}$")
_TO = re.compile(r"\bto\s(?:\w+\s){0,2}$")
_INCLUDED = re.compile(r"\b(?:including|of which|of whom|among which|among them|among these)\b", re.IGNORECASE)
_SAME_BREATH = re.compile(r"[,(]?\s?(?:(?:or|up|down|that is|by|over|more|than|nearly|about|almost|from|only)\s)*")
_OF = re.compile(r"\s(?:out )?of (?:the |a total of )?")
_AGAIN = re.compile(
    r"(?:\s[\w-]+){0,4}\s?(?:,? or |,? i\.e\.,? |,? that is,? |,? accounting for |\()(?:about |nearly |only |some )?"
)
_TOLERANCE = 0.15
_MISPRINT = 10_000


class Amount(Protocol):
    """What is compared: a value with its unit and its place in the sentence, in characters."""

    @property
    def at(self) -> int:
        """First character of the number."""

    @property
    def till(self) -> int:
        """Character after the unit."""

    @property
    def value(self) -> float:
        """The number in ``unit``."""

    @property
    def value_text(self) -> str:
        """The number as written."""

    @property
    def unit(self) -> str:
        """The unit as written, scale words first."""

    @property
    def kind(self) -> str:
        """Kind of the unit."""


def find_conflicts(text: str, figures: Sequence[Amount]) -> tuple[str | None, ...]:
    """For each figure what contradicts it in the same sentence, or None. Rounding is forgiven up to 15 per cent."""
    checks = (_ratio_denied, _share_denied, _part_denied, _growth_denied, _part_exceeds_whole, _out_of_scale)
    return tuple(
        next((found for check in checks if (found := check(text, figure, figures))), None) for figure in figures
    )


def _size(figure: Amount) -> float:
    return figure.value * magnitude(figure.unit)


def _peers(figures: Sequence[Amount]) -> list[list[Amount]]:
    """Amounts that can be compared: two or more with the same unit of money or measure."""
    groups: dict[str, list[Amount]] = {}
    for figure in figures:
        if figure.kind in {"money", "measure"} and figure.value > 0:
            groups.setdefault(base_unit(figure.unit), []).append(figure)
    return [group for group in groups.values() if len(group) > 1]


def _ratio_denied(_text: str, figure: Amount, figures: Sequence[Amount]) -> str | None:
    if figure.unit != "ratio" or "/" not in figure.value_text:
        return None
    top, bottom = (float(side) for side in figure.value_text.split("/"))
    return _quotient_denied(figure, top / bottom, _peers(figures))


def _share_denied(text: str, figure: Amount, figures: Sequence[Amount]) -> str | None:
    claims_share = _SHARE_AFTER.match(text, figure.till) and _SHARE_BEFORE.search(text, 0, figure.at)
    if figure.kind != "percent" or "point" in figure.unit or not claims_share:
        return None
    groups = [group for group in _peers(figures) if len(group) == 2]
    return _quotient_denied(figure, figure.value / 100, groups)


def _part_denied(text: str, figure: Amount, figures: Sequence[Amount]) -> str | None:
    """ "30 of 150 seats, or 25 per cent"."""
    if figure.kind != "percent" or "point" in figure.unit:
        return None
    for part, whole in itertools.pairwise(sorted(figures, key=lambda one: one.at)):
        stated = _OF.fullmatch(text, part.till, whole.at) and part.kind == whole.kind == "count"
        if stated and whole.value > 0 and _AGAIN.fullmatch(text, whole.till, figure.at):
            return _quotient_denied(figure, figure.value / 100, [[part, whole]])
    return None


def _quotient_denied(figure: Amount, claimed: float, groups: Sequence[Sequence[Amount]]) -> str | None:
    quotients = [
        (_size(small) / _size(large), small, large)
        for group in groups
        for small in group
        for large in group
        if small is not large and _size(small) < _size(large)
    ]
    if not quotients or claimed <= 0:
        return None
    quotient, small, large = min(quotients, key=lambda item: abs(item[0] / claimed - 1))
    if abs(quotient / claimed - 1) <= _TOLERANCE:
        return None
    return (
        f"{small.value_text} of {large.value_text} {large.unit} is {quotient:.3g}"
        f", not {figure.value_text}{_sign(figure)}"
    )


def _sign(figure: Amount) -> str:
    return "" if figure.unit == "ratio" else f" {figure.unit} ({figure.value / 100:.3g})"


def _growth_denied(text: str, figure: Amount, figures: Sequence[Amount]) -> str | None:
    if figure.kind != "percent" or not re.search(r"\bby\s(?:\w+\s){0,2}$", text[: figure.at]):
        return None
    others = [f for f in figures if f is not figure and f.value > 0]
    pairs = [
        (a, b)
        for a, b in itertools.pairwise(others)
        if base_unit(a.unit) == base_unit(b.unit) and _FROM_TO.search(text, 0, a.at) and _TO.search(text, 0, b.at)
    ]
    verb = text[: figure.at]
    if len(pairs) != 1 or not (_RISE.search(verb) or _FALL.search(verb)):
        return None
    first, last = pairs[0]
    between = text[figure.till : first.at] if figure.till <= first.at else text[last.till : figure.at]
    if not _SAME_BREATH.fullmatch(between):
        return None
    change = 100 * abs(_size(last) / _size(first) - 1)
    in_points = (
        first.kind == "percent" and abs(abs(last.value - first.value) - figure.value) <= _TOLERANCE * figure.value
    )
    if in_points or abs(change - figure.value) <= _TOLERANCE * max(figure.value, 1):
        return None
    return (
        f"from {first.value_text} to {last.value_text} is a change of {change:.3g} %"
        f", not {figure.value_text} {figure.unit}"
    )


def _part_exceeds_whole(text: str, figure: Amount, figures: Sequence[Amount]) -> str | None:
    for whole in figures:
        if whole.till >= figure.at or whole.kind == "percent" or whole.kind != figure.kind:
            continue
        same = base_unit(whole.unit) == base_unit(figure.unit) and figure.kind != "count"
        if same and _INCLUDED.fullmatch(_near_words(text, whole.till, figure.at)) and _size(figure) > _size(whole):
            return (
                f"a part of {figure.value_text} {figure.unit} is larger than its whole, {whole.value_text} {whole.unit}"
            )
    return None


def _near_words(text: str, start: int, end: int) -> str:
    found = _INCLUDED.search(text, start, end)
    return found.group() if found and end - found.end() < 40 else ""


def _out_of_scale(_text: str, figure: Amount, figures: Sequence[Amount]) -> str | None:
    """A slip of the decimal point: written with a scale word, yet thousands of times its neighbours in the same
    unit.
    """
    others = [f for f in figures if f is not figure and f.unit == figure.unit and f.value > 0]
    if figure.kind != "money" or magnitude(figure.unit) < 1e6 or not others:
        return None
    largest = max(f.value for f in others)
    if figure.value < _MISPRINT * largest:
        return None
    return (
        f"{figure.value_text} {figure.unit} is {figure.value / largest:,.0f} times the next figure "
        f"in the same unit: misprint?"
    )
