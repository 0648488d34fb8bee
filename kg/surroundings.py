"""What a snapshot depends on besides its documents: program, ontology, settings. When it changes, a new one is due."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg import manifest as manifests
from kg.identifiers import sha256
from kg.resources import ontology_folder
from kg.settings import Settings
from kg.staging import hash_file

_VERSION = re.compile(r'owl:versionInfo\s+"([^"]*)"')


def surroundings(settings: Settings) -> dict[str, str]:
    """Fields of ``kg.manifest.Basis`` that depend neither on the documents nor on the embedder."""
    ontology = ontology_folder()
    code = Path(__file__).parent
    return {
        "code_version": _code_version(),
        "code_sha256": _sha256(code, [*code.rglob("*.py"), *code.rglob("*.rq")]),
        "ontology_version": _ontology_version(ontology),
        "ontology_sha256": _sha256(ontology, list(ontology.glob("*.ttl"))),
        "merges_sha256": _of_file(settings.merges_file),
        "base_iri": settings.base_iri,
        "language_model": settings.spacy_model,
    }


_NAMES = {
    "code_version": "the program",
    "code_sha256": "the program",
    "ontology_version": "the ontology",
    "ontology_sha256": "the ontology",
    "merges_sha256": "the file of merges",
    "base_iri": "the base of IRIs",
    "language_model": "the language model",
}


def differences(basis: manifests.Basis, settings: Settings) -> list[str]:
    """What would make a snapshot of this basis come out otherwise now, sorted; told without opening a model."""
    now = surroundings(settings)
    changed = {_NAMES[name] for name, value in now.items() if getattr(basis, name) != value}
    return sorted(changed | ({"the embedding model"} if basis.model != settings.embedder else set()))


def _sha256(folder: Path, files: list[Path]) -> str:
    """One hash for several files, names included."""
    facts = sorted((path.relative_to(folder).as_posix(), hash_file(path).sha256) for path in files)
    return sha256("\x1e".join(f"{name}\x1f{digest}" for name, digest in facts).encode())


def _of_file(path: Path) -> str:
    """The hash of a file that need not be there."""
    return hash_file(path).sha256 if path.is_file() else ""


def _ontology_version(folder: Path) -> str:
    terms = folder / "policy.ttl"
    found = _VERSION.search(terms.read_text("utf-8")) if terms.is_file() else None
    return found[1] if found else "unknown"


def _code_version() -> str:
    try:
        return version("policyweave")
    except PackageNotFoundError:
        return "unknown"
