"""The file of keys: made, read by others at once, taken back, never half written, never opened by damage."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.errors import MisuseError, NotFoundError, SnapshotError
from kg.identifiers import sha256
from search_api.access.keys import SCOPES, KeyFile


def test_a_secret_is_not_kept(tmp_path: Path) -> None:
    key, secret = KeyFile(tmp_path / "keys.json").add("library", ["read"], 30)
    kept = (tmp_path / "keys.json").read_text()
    assert secret not in kept
    assert secret.startswith("pw_")
    assert (key.hash, key.scopes, key.rate) == (sha256(secret.encode()), ("read",), 30)
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


def test_no_scope_means_all(tmp_path: Path) -> None:
    assert KeyFile(tmp_path / "keys.json").add("all", [], 0)[0].scopes == SCOPES


def test_other_processes_see_changes_at_once(tmp_path: Path) -> None:
    reader, writer = KeyFile(tmp_path / "keys.json"), KeyFile(tmp_path / "keys.json")
    assert reader.by_hash() is None
    key, _ = writer.add("desk", [], 0)
    assert reader.by_hash() == {key.hash: key}
    writer.revoke("desk")
    assert reader.by_hash() == {}
    assert reader.all()[0].revoked


def test_misuse_is_told(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "keys.json")
    file.add("desk", [], 0)
    for name, scopes in (("desk", []), ("other", ["everything"]), (" ", [])):
        with pytest.raises(MisuseError):
            file.add(name, scopes, 0)
    with pytest.raises(NotFoundError, match="keys list"):
        file.revoke("nobody")
    assert len(file.all()) == 1


def test_keys_made_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    def add(number: int) -> None:
        KeyFile(tmp_path / "keys.json").add(f"key {number}", [], 0)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(24)))
    assert {key.name for key in KeyFile(tmp_path / "keys.json").all()} == {f"key {n}" for n in range(24)}


@pytest.mark.parametrize("damaged", ["", "{", "[]", json.dumps({"keys": [{"id": "x"}]})])
def test_a_damaged_file_opens_nothing(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "keys.json").write_text(damaged)
    with pytest.raises(SnapshotError, match="restore the file"):
        KeyFile(tmp_path / "keys.json").by_hash()
