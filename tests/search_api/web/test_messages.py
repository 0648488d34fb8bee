"""The interface is whole in each language: every text of the templates and every code of the data has its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, get_args

import pytest
from jinja2 import Environment

import search_api
from kg.records import MeasureStatus, RegionType, Role, Theme
from search_api.browse import axes
from search_api.browse.ids import Kind
from search_api.browse.links import BASES
from search_api.schemas import ItemWhy
from search_api.web import messages
from search_api.web.language import LANGUAGES

TEMPLATES: Final = Path(search_api.__file__).parent / "templates"
OTHERS: Final = [language for language in LANGUAGES if language != "en"]
CODES: Final = [
    *(code for names in (Theme, RegionType, MeasureStatus, Role, Kind) for code in get_args(names)),
    *(*BASES, "together", *axes.ROWS, *axes.COLUMNS),
    *(name for name in ItemWhy.model_fields if name not in ("concepts", "text")),
    *("statement", "mention", "concept", "passage", "sentence", "true", "false"),
    # Levels of regions, sorts of industries and actors, as the vocabularies have them.
    *("country", "macro-region", "municipality", "prefecture", "corridor", "town", "group", "technology"),
    *("government", "enterprise", "research", "organisation", "people", "civil-society", "health", "international"),
]


def _said() -> Iterator[str]:
    """The texts of all templates; of one with a number the form for many."""
    environment: Any = Environment(extensions=["jinja2.ext.i18n"])
    for path in TEMPLATES.glob("*.html"):
        for _, function, found in environment.extract_translations(path.read_text(encoding="utf-8")):
            texts = found if isinstance(found, tuple) else (found,)
            yield texts[1] if function == "ngettext" else texts[0]


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_no_translation_is_left_over(language: str) -> None:
    known = messages.load(language).texts
    needed = {*_said(), *(code.replace("-", " ").replace("_", " ") for code in CODES)}
    assert sorted(needed - known.keys()) == []
    assert sorted(known.keys() - needed) == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_what_is_filled_in(language: str) -> None:
    for text, translated in messages.load(language).texts.items():
        assert sorted(re.findall(r"%\(\w+\)s", text)) == sorted(re.findall(r"%\(\w+\)s", translated)), text


def test_english_counts_in_two_forms() -> None:
    english, chinese = messages.load("en"), messages.load("zh")
    assert english.ngettext("%(num)s paper", "%(num)s papers", 1) == "%(num)s paper"
    assert english.ngettext("%(num)s paper", "%(num)s papers", 2) == "%(num)s papers"
    assert chinese.ngettext("%(num)s paper", "%(num)s papers", 1) == "%(num)s 篇论文"
