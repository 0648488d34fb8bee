"""What an extraction depends on, as a hash: if it is unchanged, the records of an unchanged file are taken over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from kg.identifiers import sha256
from kg.resources import ontology_folder
from kg.settings import Settings

_HALF = 32
# What of ``kg`` decides how a record comes out, besides ``ingest`` itself.
_SHARED_CODE = ("records.py", "identifiers.py", "units.py", "lexicon/*.py")


def extractor_parts(settings: Settings) -> dict[str, str]:
    """A hash of each part that extraction depends on, by the part's name for people."""
    ours, shared = Path(__file__).parent, Path(__file__).parent.parent / "kg"
    code = [*ours.rglob("*.py"), *ours.rglob("*.json"), *(path for name in _SHARED_CODE for path in shared.glob(name))]
    return {
        "the program": _of_files(code),
        "the vocabularies": _of_files(ontology_folder().glob("*.ttl")),
        "the language model": _of_values(version("spacy"), *_model(settings.spacy_model)),
        "the embedding model": _of_values(settings.embedder),
    }


def fingerprint(parts: Mapping[str, str]) -> str:
    """One hash for all parts."""
    return _of_values(*(value for pair in sorted(parts.items()) for value in pair))


def extraction_key(name: str, digest: str, extractor: str) -> str:
    """What the records of a file depend on, 64 hexadecimal digits: half for the file, half for the extractor.

    ``digest`` stands for the bytes of the file and of whatever else is read with it.
    """
    return sha256(f"{name}\0{digest}".encode("utf-8", "surrogateescape"))[:_HALF] + extractor[:_HALF]


def is_current(key: str, extractor: str) -> bool:
    """Whether records with this key were made by this extractor."""
    return key[_HALF:] == extractor[:_HALF]


def is_of_same_file(key: str, other: str) -> bool:
    """Whether two keys stand for the same file and what is read with it."""
    return key[:_HALF] == other[:_HALF]


def renewed(key: str, extractor: str) -> str:
    """The key that the same file has with another extractor."""
    return key[:_HALF] + extractor[:_HALF]


def _of_files(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _of_values(*values: str) -> str:
    return sha256(json.dumps(values).encode())


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
