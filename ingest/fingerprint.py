"""What an extraction depends on, as a hash: if it is unchanged, the records of an unchanged file are taken over."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from kg.identifiers import sha256
from kg.records import Source
from kg.resources import ontology_folder
from kg.settings import Settings


def extractor_fingerprint(settings: Settings) -> str:
    """Hash over our extraction code, the vocabularies, the language model and the embedder's name."""
    digest = hashlib.sha256()
    code = [*Path(__file__).parent.rglob("*.py"), Path(__file__).parent.parent / "kg" / "records.py"]
    for path in sorted([*code, *Path(__file__).parent.rglob("*.json"), *ontology_folder().glob("*.ttl")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    digest.update(json.dumps([version("spacy"), _model(settings.spacy_model), settings.embedder]).encode())
    return digest.hexdigest()


def extraction_key(source: Source, fingerprint: str) -> str:
    """Hash over everything that the records of ``source`` depend on."""
    return sha256("\0".join((source.name, source.sha256, sha256(source.text.encode()), fingerprint)).encode())


def _model(name: str) -> list[str]:
    """Name and version of a packaged pipeline, name and meta data of one that is a folder."""
    meta = Path(name) / "meta.json"
    if meta.is_file():
        return [name, sha256(meta.read_bytes())]
    if find_spec(name.replace("-", "_")) is None:
        return [name]
    try:
        return [name, version(name)]
    except PackageNotFoundError:
        return [name]
