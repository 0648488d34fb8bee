"""Write the SKOS vocabularies from ``sources/``: ``python ontology/build/build.py [FOLDER]``. Standard library only."""

from __future__ import annotations

import sys
from pathlib import Path

import actors
import challenges
import industries
import instruments
import regions
import themes
from concepts import vocabulary


def main(folder: Path) -> None:
    """Write the six files into ``folder``."""
    files = {
        "regions.ttl": [(regions.SCHEME, regions.concepts())],
        "industries.ttl": [(industries.SCHEME, industries.concepts())],
        "actors.ttl": [(actors.SCHEME, actors.concepts())],
        "themes.ttl": [(themes.SCHEME, themes.concepts()), (themes.REGION_TYPES, themes.region_types())],
        "challenges.ttl": [(challenges.SCHEME, challenges.concepts())],
        "instruments.ttl": [
            (instruments.SCHEME, instruments.concepts()),
            (instruments.STIP, instruments.stip()),
        ],
    }
    for name, parts in files.items():
        (folder / name).write_text(vocabulary(parts), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent)
