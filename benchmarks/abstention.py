"""How well answers tell the answerable from the unanswerable, on questions of our own, around the cut that is in use.

    python benchmarks/abstention.py DATA

DATA is a folder with an index of the five digests (or papers). The questions lie beside this file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.settings import Settings
from search_api.abstention import NEAR_ENOUGH, judge, nearness
from search_api.service import NO_FILTERS, Service

QUESTIONS = Path(__file__).with_name("abstention.jsonl")
STEPS = (-0.08, -0.04, 0.0, 0.04, 0.08)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question: whether it can be answered, how near the documents come, whether it was refused."""

    answerable: bool
    near: float
    refused: bool


def main() -> None:
    """Print the shares of answerable questions kept and unanswerable ones refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    outcomes = _outcomes(Service(Settings(data=parser.parse_args().data)))
    print(f"{'cut':>6} {'kept':>6} {'refused':>8}")
    for step in STEPS:
        kept, refused = _shares(outcomes, step)
        print(f"{NEAR_ENOUGH + step:6.2f} {kept:6.3f} {refused:8.3f}{'  in use' if step == 0 else ''}")


def _outcomes(service: Service) -> list[Outcome]:
    world = service.world()
    made = []
    for line in QUESTIONS.read_text("utf-8").splitlines():
        entry = json.loads(line)
        found = service.findings(world, entry["question"], NO_FILTERS)
        refused = judge(world.catalog, found.question, found.fit, found.signals).status == "no_answer"
        made.append(Outcome(bool(entry["answerable"]), nearness(found.signals), refused))
    return made


def _shares(outcomes: Sequence[Outcome], step: float) -> tuple[float, float]:
    """Answerable ones kept and unanswerable ones refused if the cut lay ``step`` higher; refusals for another reason
    than nearness stay.
    """

    def refused(outcome: Outcome) -> bool:
        other = outcome.refused and outcome.near >= NEAR_ENOUGH
        return other or outcome.near < NEAR_ENOUGH + step

    yes = [not refused(o) for o in outcomes if o.answerable]
    no = [refused(o) for o in outcomes if not o.answerable]
    return sum(yes) / len(yes), sum(no) / len(no)


if __name__ == "__main__":
    main()
