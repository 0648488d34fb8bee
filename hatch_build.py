"""Builds the scripts of the pages with npm when the package is built, so that who installs a wheel needs no Node.

Where there is no npm the package is complete but for what scripts add: pages work by links and forms alone, and the one
of the SPARQL editor says that it was left out.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = Path("search_api/assets")
OUTPUT = Path("search_api/static")


class Assets(BuildHookInterface):
    """The hook that ``pyproject.toml`` names."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is missing or older than its sources."""
        root = Path(self.root)
        if not _current(root):
            _build(root / SOURCES)
        build_data["artifacts"].append(f"{OUTPUT}/*")

    def clean(self, versions: list[str]) -> None:
        """Remove what was built."""
        shutil.rmtree(Path(self.root) / OUTPUT, ignore_errors=True)


def _current(root: Path) -> bool:
    built = [path.stat().st_mtime for path in (root / OUTPUT).glob("*.js")]
    sources = [path.stat().st_mtime for path in (root / SOURCES).iterdir() if path.is_file()]
    return bool(built) and min(built) >= max(sources)


def _build(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        print(
            "npm is not installed: pages come without scripts and the SPARQL editor is left out (see docs/web.md)",
            file=sys.stderr,
        )
        return
    for command in (["ci", "--ignore-scripts"], ["run", "build"]):
        done = subprocess.run([npm, *command], cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(f"pages come without scripts, because npm {command[0]} failed:\n{done.stderr}", file=sys.stderr)
            return
