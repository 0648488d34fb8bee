"""Twenty kills at random moments of an ingest: nothing is broken, lost or doubled, and the next run completes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.timeout(1500)
def test_killed_at_random_moments(exported_models: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.kills", "--kills", "20", "--data", exported_models.parent]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert (found["broken"], found["lost"], found["doubled"], found["failed"]) == (0, 0, 0, 0)
    assert found["kills"] == found["old"] + found["new"] == 20
    # The moments were spread: some kills hit extraction, some the building of the snapshot.
    assert found["resumed"] > 0
    assert found["during_publishing"] > 0
