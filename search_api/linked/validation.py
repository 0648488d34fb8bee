"""The SHACL report on the live graph: made once a snapshot, when first asked for, in a process that can be stopped."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.errors import SnapshotError
from kg.snapshot import Snapshot
from search_api.accept import preferred
from search_api.sparql.errors import NotAcceptableError, TimeLimitError
from search_api.sparql.negotiation import Offer
from search_api.sparql.process import python_path

_OFFERS: Final = (
    Offer("text/turtle; charset=utf-8", "ttl"),
    Offer("application/json", "json"),
    Offer("text/plain; charset=utf-8", "text"),
)


@dataclass(slots=True)
class Validator:
    """Gives the report on the live snapshot; several who ask at once wait for the same one."""

    snapshot: Callable[[], Snapshot]
    seconds: float
    _made: tuple[str, Mapping[str, str]] | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def report(self, accept: str | None) -> tuple[str, str]:
        """Media type and text after an Accept header.

        Raises NotAcceptableError, TimeLimitError, SnapshotError (there is no graph, or it is damaged).
        """
        by_type = {offer.media_type.partition(";")[0]: offer for offer in _OFFERS}
        found = preferred(accept, list(by_type))
        if not found:
            raise NotAcceptableError(f"{accept} cannot be given for a report; these can: {', '.join(by_type)}")
        offer = by_type[found[0]]
        snapshot = self.snapshot()
        async with self._lock:
            if self._made is None or self._made[0] != snapshot.id:
                self._made = snapshot.id, await self._make(snapshot)
            return offer.media_type, self._made[1][offer.syntax]

    async def _make(self, snapshot: Snapshot) -> Mapping[str, str]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "kg.graph.validation", str(snapshot.graph_path)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": python_path()},
        )
        try:
            async with asyncio.timeout(self.seconds):
                output, errors = await process.communicate()
        except TimeoutError:
            raise TimeLimitError(
                f"the check took more than {self.seconds:g} s: run 'policyweave validate', or raise "
                "POLICYWEAVE_VALIDATION_TIMEOUT"
            ) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0:
            said = errors.decode("utf-8", "replace").strip().rpartition("\n")[2]
            raise SnapshotError(f"the graph cannot be checked: {said}. Run 'policyweave verify'")
        reports: Mapping[str, str] = json.loads(output)
        return reports
