"""Many short documents that nobody wrote: sentences of the built-in digests in an order that a seed decides.

The same count, length and seed give the same bytes. Each has a title of its own and two sections, so that titles,
headings, statements and figures are found in it, and most of its statements stand in other documents too.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

from kg.resources import corpus_folder

_HEADINGS = ("1 The situation", "2 What is proposed")
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")


def write_documents(folder: Path, count: int, sentences: int = 12, seed: int = 0) -> list[Path]:
    """Write ``count`` Markdown files of so many ``sentences`` (14 words on average) into ``folder``; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    pool = _pool()
    paths = [folder / f"note-{number:04}.md" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(_document(number, random.Random(f"{seed}/{number}").sample(pool, sentences)), "utf-8")
    return paths


def _document(number: int, sentences: list[str]) -> str:
    half = len(sentences) // 2
    parts = zip(_HEADINGS, (sentences[:half], sentences[half:]), strict=True)
    body = "\n\n".join(f"## {heading}\n\n{' '.join(part)}" for heading, part in parts)
    return f"# Regional note {number}\n\n{body}\n"


def _pool() -> list[str]:
    """Sentences of the digests' paragraphs, front matter, headings and lists left out."""
    found: dict[str, None] = {}
    for path in sorted(corpus_folder().glob("0*.md")):
        body = path.read_text("utf-8").split("\n---\n", 1)[1]
        for paragraph in body.split("\n\n"):
            if paragraph[:1].isalpha():
                found.update(dict.fromkeys(_SENTENCE.split(" ".join(paragraph.split()))))
    return list(found)
