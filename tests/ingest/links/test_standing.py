"""Where sentences stand: order, section, purpose and numbered point."""

from __future__ import annotations

from collections.abc import Callable

from ingest.links.standing import Standing, standings
from ingest.text.layout import Layout

SOURCE = """# Ferries

## 1 Problems

First, engines are old. They often fail. Second, captains are rare.

## 2 Recommendations

The port should buy engines. It should train captains.
"""


def standing(laid: Callable[[str], Layout]) -> dict[str, Standing]:
    layout = laid(SOURCE)
    found = standings(layout)
    return {s.text: found[s.id] for s in layout.sentences}


def test_order_counts_headings_and_prose(laid: Callable[[str], Layout]) -> None:
    found = standing(laid)
    assert [place.order for place in found.values()] == list(range(len(found)))
    assert [text for text, place in found.items() if place.heading] == ["Ferries", "Problems", "Recommendations"]


def test_a_point_runs_to_the_next_ordinal(laid: Callable[[str], Layout]) -> None:
    found = standing(laid)
    first, failing, second = (
        found[t] for t in ("First, engines are old.", "They often fail.", "Second, captains are rare.")
    )
    assert first.part == failing.part != second.part
    assert failing.lead.text == "First, engines are old."
    assert (failing.point, second.point) == (True, True)


def test_a_section_without_points_is_one_part_beside_its_heading(laid: Callable[[str], Layout]) -> None:
    found = standing(laid)
    buy, train, heading = (
        found[t] for t in ("The port should buy engines.", "It should train captains.", "Recommendations")
    )
    assert buy.part == train.part != heading.part
    assert not buy.point
    assert (buy.setting, found["They often fail."].setting) == ("solution", "problem")
