"""Where the data that ships with the program lies: beside the packages in a checkout, inside ``kg`` once installed."""

from __future__ import annotations

from pathlib import Path

from kg.errors import PolicyweaveError


def _folder(name: str) -> Path:
    package = Path(__file__).resolve().parent
    for place in (package / "data" / name, package.parent / name):
        if place.is_dir():
            return place
    raise PolicyweaveError(f"the installation lacks its folder '{name}': install policyweave again")


def ontology_folder() -> Path:
    """Folder of the OWL terms, SHACL shapes and SKOS vocabularies."""
    return _folder("ontology")


def corpus_folder() -> Path:
    """Folder of the digests that are the built-in corpus."""
    return _folder("corpus")
