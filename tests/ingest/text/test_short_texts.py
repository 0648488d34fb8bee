"""Texts of a few lines: what is prose stays prose, and only the title is set apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.text.layout import Layout

LayOut = Callable[[str], Layout]


@pytest.mark.parametrize(
    ("text", "title", "prose"),
    [
        (
            "# Memo on counties\n\n<p>The county pays for roads.</p>\n\n<p>Villages keep the lamps lit.</p>\n",
            "Memo on counties",
            ["The county pays for roads.", "Villages keep the lamps lit."],
        ),
        (
            "Lamps and Roads\n\nThe county should mend lamps.\n\nThe town must pay.\n",
            "Lamps and Roads",
            ["The county should mend lamps.", "The town must pay."],
        ),
        ("# Lamps\n\nLamps for villages\n\n# More lamps for towns\n", "Lamps", None),
        ("# Lamps for villages\n\nTowns buy lamps\n\nVillages wait\n", "Lamps for villages", None),
    ],
)
def test_layout_of_short_texts_keeps_their_prose(text: str, title: str, prose: list[str] | None, laid: LayOut) -> None:
    layout = laid(text)
    assert layout.document.title == title
    if prose is not None:
        assert [sentence.text for sentence in layout.sentences if sentence.kind == "prose"] == prose
        assert layout.passages


def test_layout_without_prose_sets_nothing_but_the_title_apart(laid: LayOut) -> None:
    layout = laid("# Lamps for villages\n\nTowns buy lamps\n\nVillages wait\n")
    assert "meta" not in {sentence.kind for sentence in layout.sentences}
    assert layout.passages
