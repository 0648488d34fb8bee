"""The process that checks a graph for a server: ``python -m kg.graph.validation FOLDER``.

It prints the report in each of its formats, as one JSON object. A process of its own, because the check takes seconds
of processor time, can be stopped only so, and loads rdflib and pyshacl, which no server needs to hold.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kg.errors import PolicyweaveError
from kg.graph.report import FORMATS
from kg.graph.shapes import validate
from kg.graph.store import open_read_only


def main() -> None:
    """Check the graph in the folder that is named."""
    try:
        store = open_read_only(Path(sys.argv[1]))
    except PolicyweaveError as error:
        sys.exit(str(error))
    report = validate(quad.triple for quad in store)
    json.dump({syntax: report.formatted(syntax) for syntax in FORMATS}, sys.stdout)


if __name__ == "__main__":
    main()
