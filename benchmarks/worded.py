"""How well the check of worded sentences tells true ones from false ones.

``python benchmarks/worded.py DATA`` checks the 200 sentences of ``worded_sentences.jsonl`` (forty passages, each with
two true sentences and three with a planted error: a changed number, a swapped region, an invented measure; all written
and labelled for this project) and prints what was kept and dropped; ``--show`` adds the mistakes. DATA is any knowledge
base: its embedder is used. The thresholds of the check were fixed before it saw any of the sentences.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from kg.settings import Settings
from search_api.service import Service
from search_api.wording.checking import Checker, Source
from search_api.wording.names import places_of

SENTENCES = Path(__file__).with_name("worded_sentences.jsonl")
ERRORS = ("number", "region", "measure")


def main(data: Path, show: bool) -> None:
    """Print how many true sentences were kept and how many false ones dropped, by error."""
    service = Service(Settings(data=data))
    checker = Checker(lambda text: places_of(service.lexicon, text), service.embedder.embed)
    counts: Counter[tuple[str, bool]] = Counter()
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        source = Source(entry["text"], entry["title"])
        for kind, sentence in [*(("true", each) for each in entry["true"]), *((kind, entry[kind]) for kind in ERRORS)]:
            objection = checker.objection(sentence, [source])
            counts[kind, objection is None] += 1
            if show and (objection is None) is not (kind == "true"):
                print(f"{entry['id']} {kind}: {sentence} ({objection})")
    _print("true sentences kept", counts["true", True], counts["true", False])
    _print("false ones dropped", *(sum(counts[kind, passed] for kind in ERRORS) for passed in (False, True)))
    for kind in ERRORS:
        _print(f"  {kind}", counts[kind, False], counts[kind, True])


def _print(what: str, right: int, wrong: int) -> None:
    print(f"{what}: {right} of {right + wrong} ({right / (right + wrong):.3f})")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--show" in sys.argv)
