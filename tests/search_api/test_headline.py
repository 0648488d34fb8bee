"""What people see above and around an answer, at a terminal and as text."""

from __future__ import annotations

import pytest

from search_api.answer_text import tidy
from search_api.headline import counted, headline
from search_api.service import Service
from search_api.terminal import WIDTH, print_answer


def test_counts_and_states(service: Service) -> None:
    answer = service.ask("How can skilled fishermen be kept in the villages of Peru?")
    lines = headline(answer)
    assert lines == [f"{counted(answer.items)}."]
    assert lines[0].startswith(f"{len(answer.items)} measure")


def test_no_answer_says_so_first(service: Service) -> None:
    first, follows = headline(service.ask("How can fishermen be kept in Iceland?"))
    assert first == "No answer. The documents never mention Iceland."
    assert "nearest" in follows


def test_passages_without_items(service: Service) -> None:
    assert headline(service.ask("What is meant by a pilot?")) == ["The passages that say most about it:"]


def test_terminal_numbers_lead_to_quotes(service: Service, capsys: pytest.CaptureFixture[str]) -> None:
    answer = service.ask("How can skilled fishermen be kept in the villages of Peru?")
    print_answer(answer)
    shown = capsys.readouterr().out
    assert "• The ministry should found a school" in shown
    assert "[1] “" in shown
    assert "fishing.txt [" in shown
    assert all(len(line) <= WIDTH for line in shown.splitlines() if not line.startswith("    "))


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Open “night schools", "Open night schools"),
        ("Open “night schools”.", "Open “night schools”"),
        ('Publish the "Plan', "Publish the Plan"),
        ("Lend\nkilns;", "Lend kilns"),
    ],
)
def test_tidy(label: str, shown: str) -> None:
    assert tidy(label) == shown
