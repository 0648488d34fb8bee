"""What stands above an answer for people: how many of what was found, or why nothing was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from search_api.schemas import Answer, Item

NAMES: Final = {
    "measure": ("measure", "measures"),
    "challenge": ("challenge", "challenges"),
    "region": ("region", "regions"),
    "industry": ("industry", "industries"),
    "statistic": ("figure", "figures"),
}


def headline(answer: Answer) -> list[str]:
    """One or two lines: the reason if there is one, then what follows."""
    if answer.status == "no_answer":
        return [f"No answer. {answer.reason or ''}".strip(), "The nearest passages, which do not answer it:"]
    follows = f"{counted(answer.items)}." if answer.items else "The passages that say most about it:"
    return [answer.reason, follows] if answer.reason else [follows]


def counted(items: Sequence[Item]) -> str:
    """Numbers of items by type, and of measures by status: ``3 measures (2 implemented, 1 proposed)``."""
    kinds = Counter(item.type for item in items)
    states = Counter(item.status for item in items if item.status)
    named = ", ".join(f"{number} {NAMES[kind][number > 1]}" for kind, number in kinds.items())
    return f"{named} ({', '.join(f'{number} {state}' for state, number in states.items())})" if states else named
