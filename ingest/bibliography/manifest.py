"""A folder's manifest: one entry a file, as ``manifest.yaml``, ``manifest.json`` or ``manifest.csv``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import yaml

from ingest.bibliography.formats import of_json_object, of_mapping
from ingest.bibliography.plain_yaml import compose
from ingest.bibliography.reading import text_of
from ingest.bibliography.written import BrokenError, Written

NAMES: Final = ("manifest.yaml", "manifest.yml", "manifest.json", "manifest.csv")
# What an entry says of its file and not of the paper.
OF_THE_FILE: Final = frozenset({"file", "sha256", "words"})
Entries = Mapping[str, Sequence[Written]]


def entry(path: Path, name: str) -> Sequence[Written]:
    """What the manifest says of the file ``name``; nothing where it has no entry. Raises BrokenError."""
    facts = path.stat()
    return _entries(path, facts.st_mtime_ns, facts.st_size).get(name, ())


# Every document of a folder asks for the same manifest.
@lru_cache(maxsize=8)
def _entries(path: Path, _changed: int, _size: int) -> Entries:
    text = text_of(path)
    found = _PARSERS[path.suffix](text)
    entries: dict[str, Sequence[Written]] = {}
    for written in found:
        name = next((value.values[0] for value in written if value.name == "file"), None)
        if name is not None:
            entries.setdefault(name, written)
    return entries


def _of_yaml(text: str) -> list[list[Written]]:
    """Entries of YAML: a list, or a mapping with the list under ``documents``."""
    try:
        node = compose(text)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise BrokenError(f"no YAML: {error}", mark.line + 1 if mark else None) from error
    if isinstance(node, yaml.MappingNode):
        node = next((value for key, value in node.value if key.value == "documents"), node)
    if not isinstance(node, yaml.SequenceNode):
        raise BrokenError("a list of entries is expected, each with 'file: …'", 1)
    return [of_mapping(item) for item in node.value if isinstance(item, yaml.MappingNode)]


def _of_json(text: str) -> list[list[Written]]:
    """Entries of JSON, in the same two shapes."""
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BrokenError(f"no JSON: {error}", getattr(error, "lineno", None)) from error
    entries = loaded.get("documents") if isinstance(loaded, dict) else loaded
    if not isinstance(entries, list):
        raise BrokenError("a list of entries is expected, each with a 'file'", 1)
    return [of_json_object(entry) for entry in entries if isinstance(entry, dict)]


def _of_csv(text: str) -> list[list[Written]]:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    if "file" not in (reader.fieldnames or ()):
        raise BrokenError("the first line must name columns, one of them 'file'", 1)
    return [_of_row(row, reader.line_num) for row in reader]


def _of_row(row: Mapping[str, object], line: int) -> list[Written]:
    texts = [(name, value) for name, value in row.items() if name and isinstance(value, str) and value.strip()]
    return [Written(name, (value,), line) for name, value in texts]


_PARSERS: Final[Mapping[str, Callable[[str], list[list[Written]]]]] = MappingProxyType(
    {".yaml": _of_yaml, ".yml": _of_yaml, ".json": _of_json, ".csv": _of_csv}
)
