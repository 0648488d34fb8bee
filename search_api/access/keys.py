"""API keys: a file of hashes. Once it exists, no request is answered without a key that stands in it.

A key is 32 random bytes, so that one SHA-256 of it cannot be turned back; slow hashes are for what people choose.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, get_args

from kg.errors import MisuseError, NotFoundError, SnapshotError
from kg.identifiers import sha256

Scope = Literal["read", "sparql", "mcp", "chat"]
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
_PREFIX: Final = "pw_"
_ID: Final = 8


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret: ``rate`` is requests a minute (0: no limit), ``revoked`` when it was taken back."""

    id: str
    name: str
    hash: str
    scopes: tuple[Scope, ...]
    rate: int
    created: str
    revoked: str | None = None


class KeyFile:
    """The keys in a file, read again whenever it changes. May be used from several threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[tuple[int, int, int], dict[str, Key]] | None = None

    def by_hash(self) -> Mapping[str, Key] | None:
        """Keys that are good, by hash; None where there is no file. Raises SnapshotError where it cannot be read."""
        try:
            now = self.path.stat()
        except FileNotFoundError:
            return None
        version = now.st_mtime_ns, now.st_ino, now.st_size
        if self._read is None or self._read[0] != version:
            self._read = version, {key.hash: key for key in self.all() if key.revoked is None}
        return self._read[1]

    def all(self) -> list[Key]:
        """Every key, the revoked ones too, in the order in which they were made."""
        try:
            entries = json.loads(self.path.read_text(encoding="utf-8"))["keys"]
            return [Key(**{**entry, "scopes": tuple(entry["scopes"])}) for entry in entries]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError) as error:
            # Never open the doors because of a damaged file.
            raise SnapshotError(f"the keys in {self.path} cannot be read ({error}): restore the file") from error

    def add(self, name: str, scopes: Sequence[str], rate: int) -> tuple[Key, str]:
        """A new key and its secret, which is not kept. Raises MisuseError for a name in use or a scope unknown."""
        if unknown := [scope for scope in scopes if scope not in SCOPES]:
            raise MisuseError(f"unknown scope '{unknown[0]}': use {', '.join(SCOPES)}")
        chosen = tuple(scope for scope in SCOPES if scope in scopes or not scopes)
        secret = _PREFIX + secrets.token_urlsafe(32)
        hashed = sha256(secret.encode())
        key = Key(hashed[:_ID], name.strip(), hashed, chosen, rate, _now())
        with self._changing() as keys:
            if not key.name or any(other.name == key.name and other.revoked is None for other in keys):
                raise MisuseError(f"there is a key called '{name}' already: choose another name, or revoke it first")
            self._write([*keys, key])
        return key, secret

    def revoke(self, which: str) -> Key:
        """Take a key back, by id or name. Raises NotFoundError."""
        with self._changing() as keys:
            good = [key for key in keys if which in (key.id, key.name) and key.revoked is None]
            if not good:
                raise NotFoundError(f"no key '{which}' that could be revoked: 'policyweave keys list' shows all")
            gone = replace(good[0], revoked=_now())
            self._write([gone if key.id == gone.id else key for key in keys])
        return gone

    @contextmanager
    def _changing(self) -> Iterator[list[Key]]:
        """The keys, while no other process changes them."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lock = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise SnapshotError(f"{self.path} cannot be written ({error.strerror}): name another file") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield self.all()
        finally:
            os.close(lock)

    def _write(self, keys: Sequence[Key]) -> None:
        """Replace the file at once: a reader sees the old keys or the new ones, never half of them."""
        whole = json.dumps({"keys": [asdict(key) for key in keys]}, ensure_ascii=False, indent=1) + "\n"
        beside = self.path.with_suffix(".new")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
