"""Write ``docs/how-extraction-works.md`` and its picture from what the program does, or check that they are up to date.

    python -m benchmarks.walkthrough DATA [--check]

DATA is a folder with an index of the built-in corpus. ``--check`` writes nothing and ends with 1 where a file differs.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from pathlib import Path

from benchmarks.walkthrough.page import page
from benchmarks.walkthrough.picture import picture
from benchmarks.walkthrough.trace import trace
from kg.settings import Settings

DOCS = Path(__file__).resolve().parents[2] / "docs"


def main() -> int:
    """Write or compare both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    followed = trace(Settings(data=arguments.data))
    made = {"how-extraction-works.md": page(followed), "how-extraction-works.svg": picture(followed)}
    if not arguments.check:
        for name, text in made.items():
            (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
        return 0
    changes = [line for name, text in made.items() for line in _changes(name, text)]
    sys.stdout.writelines(changes)
    return 1 if changes else 0


def _changes(name: str, text: str) -> list[str]:
    path = DOCS / name
    held = path.read_text(encoding="utf-8") if path.exists() else ""
    return list(
        difflib.unified_diff(held.splitlines(True), text.splitlines(True), f"docs/{name}", "what the program does")
    )


if __name__ == "__main__":
    sys.exit(main())
