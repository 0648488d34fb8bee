"""The measures that the retrieval benchmark prints, on rankings that can be checked by hand."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path
from types import ModuleType

import pytest

PLACE = Path(__file__).resolve().parents[2] / "benchmarks" / "measures.py"


@pytest.fixture(scope="module")
def measures() -> ModuleType:
    spec = importlib.util.spec_from_file_location("measures", PLACE)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize(
    ("ranked", "grades", "expected"),
    [
        (["a", "b"], {"a": 1}, 1.0),
        (["b", "a"], {"a": 1}, 1 / math.log2(3)),
        (["b", "c"], {"a": 1}, 0.0),
        (["a", "b"], {"a": 1, "b": 2}, (1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3))),
        (["x", "y", "a"], {"a": 1}, 0.0),
        ([], {"a": 1}, 0.0),
    ],
)
def test_ndcg(measures: ModuleType, ranked: list[str], grades: dict[str, int], expected: float) -> None:
    assert measures.ndcg(ranked, grades, 2) == pytest.approx(expected)


def test_recall(measures: ModuleType) -> None:
    assert measures.recall(["a", "x", "b"], {"a": 1, "b": 1}, 2) == 0.5
    assert measures.recall(["a", "x", "b"], {"a": 1, "b": 1}, 3) == 1.0


def test_an_interval_holds_the_mean_narrows_with_more_and_repeats(measures: ModuleType) -> None:
    few, many = [0.0, 1.0] * 10, [0.0, 1.0] * 200
    low, high = measures.interval(few)
    assert low < 0.5 < high
    assert measures.interval(few) == (low, high)
    closer = measures.interval(many)
    assert low < closer[0] < 0.5 < closer[1] < high
    assert measures.interval([0.3] * 5) == pytest.approx((0.3, 0.3))
