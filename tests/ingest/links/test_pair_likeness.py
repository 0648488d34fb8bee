"""Likeness of measures and challenges: meaning and shared words, in deviations from what is usual."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ingest.links.pair_likeness import likeness
from ingest.text.layout import Layout
from kg.identifiers import mint
from kg.index.embedder import Embedder
from kg.records import Statement, StatementType

SOURCE = """# Bridges

Bridges in the delta are rusting. Nurses leave the islands. The state should paint the bridges every year. The state \
should pay nurses on the islands more.
"""


def statement(layout: Layout, kind: StatementType, text: str) -> Statement:
    start = SOURCE.index(text)
    home = next(s for s in layout.sentences if s.start <= start < s.end)
    place = (layout.document.id, home.section, home.id, start, start + len(text))
    status = "proposed" if kind == "measure" else None
    identifier = mint("statement", kind, start)
    return Statement(identifier, kind, *place, text, text, "other", status, (), (), (), (), "sentence", 0.9, None)


def test_what_belongs_together_is_most_alike(laid: Callable[[str], Layout], embedder: Embedder) -> None:
    layout = laid(SOURCE)
    measures = [statement(layout, "measure", t) for t in ("paint the bridges", "pay nurses on the islands more")]
    challenges = [
        statement(layout, "challenge", t) for t in ("Bridges in the delta are rusting", "Nurses leave the islands")
    ]
    close = likeness(measures, challenges, layout, embedder.embed)
    assert close.alike.shape == (2, 2)
    assert list(close.alike.argmax(axis=1)) == [0, 1]
    assert (close.alike.diagonal() > 1).all()
    words_only = likeness(measures, challenges, layout, lambda texts: np.ones((len(texts), 1), dtype=np.float32))
    assert list(words_only.alike.argmax(axis=1)) == [0, 1]
