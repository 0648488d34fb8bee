"""The texts of the interface: English stands in the templates, other languages in a file each beside this one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from search_api.web.language import Language


@dataclass(frozen=True, slots=True)
class Messages:
    """Texts of one language by the English text, English itself where none is known."""

    texts: Mapping[str, str]

    def gettext(self, text: str) -> str:
        """A text of the interface."""
        return self.texts.get(text, text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """A text with a number in it; languages other than English have one form, filed under ``many``."""
        return self.texts.get(many) or (one if number == 1 else many)

    def term(self, code: str) -> str:
        """A code of the data, such as a theme, in words.

        >>> Messages({}).term("industry-upgrading")
        'industry upgrading'
        """
        return self.gettext(code.replace("-", " ").replace("_", " "))


def load(language: Language) -> Messages:
    """The texts of a language."""
    if language == "en":
        return Messages({})
    return Messages(json.loads((files(__name__) / f"{language}.json").read_text(encoding="utf-8")))
