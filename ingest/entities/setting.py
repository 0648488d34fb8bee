"""What a whole document says about where it speaks of: the light in which its sentences are read.

Attached to each spaCy Doc as ``doc._.setting`` before the components run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from spacy.tokens import Doc

from kg.records import EntityRef

_NO_HOMES: Mapping[str, EntityRef] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Setting:
    """Regions that the document names without doubt, its main country, and its homes.

    ``homes`` maps a level (county, city, province) to the one region of that level that the document is about; a level
    where several compete is left out.
    """

    places: frozenset[str] = frozenset()
    country: EntityRef | None = None
    homes: Mapping[str, EntityRef] = field(default_factory=lambda: _NO_HOMES)


NO_SETTING = Setting()


def register() -> None:
    """Make ``doc._.setting`` known to spaCy; calling it again changes nothing."""
    if not Doc.has_extension("setting"):
        Doc.set_extension("setting", default=NO_SETTING)
