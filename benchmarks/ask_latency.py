"""How long a warm ``POST /ask`` takes beside embedding the question alone, in one run over one connection.

    python benchmarks/ask_latency.py DATA [--questions FILE] [--rounds 3]

DATA holds an index, of the five papers for the figure that the quality page quotes. Each round asks every question once
over HTTP on the loopback, and embeds it once, one directly after the other, so that a busy machine slows both alike.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from kg.index.embedder import open_embedder
from kg.settings import Settings

QUESTIONS = Path(__file__).with_name("answerability.jsonl")
SAMPLE = 40


def main() -> None:
    """Print medians in milliseconds and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    settings = Settings(data=given.data)
    questions = _sample(given.questions)
    embedder = open_embedder(settings)
    asked: list[float] = []
    embedded: list[float] = []
    with _served(settings) as url, httpx.Client(base_url=url, timeout=60) as client:

        def ask(question: str) -> None:
            client.post("/ask", json={"question": question}).raise_for_status()

        for question in questions:  # what is only slow the first time
            ask(question)
        for _ in range(given.rounds):
            for question in questions:
                embedded.append(_timed(lambda text: embedder.embed([text]), question))
                asked.append(_timed(ask, question))
    ask_ms, embed_ms = statistics.median(asked), statistics.median(embedded)
    print(f"{len(questions)} questions, {given.rounds} rounds: POST /ask {ask_ms:.1f} ms, embedding {embed_ms:.1f} ms")
    print(f"ratio {ask_ms / embed_ms:.2f} (90th percentile of /ask {statistics.quantiles(asked, n=10)[-1]:.1f} ms)")


def _sample(path: Path) -> list[str]:
    """Answerable questions spread over the file, or all where the file does not say which are."""
    entries = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    questions = [e["question"] for e in entries if e.get("answerable", True)]
    return questions[:: max(1, len(questions) // SAMPLE)][:SAMPLE]


def _timed(act: Callable[[str], object], question: str) -> float:
    began = time.perf_counter()
    act(question)
    return (time.perf_counter() - began) * 1000


@contextmanager
def _served(settings: Settings) -> Iterator[str]:
    """The address of a server of its own, which ends with the block."""
    start = "from kg.cli import main; main()"
    command = [sys.executable, "-c", start, "--data", str(settings.data), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            yield _address(server)
        finally:
            server.terminate()


def _address(server: subprocess.Popen[str]) -> str:
    for line in server.stderr or ():
        if found := re.search(r"http://[\d.]+:\d+", line):
            return found.group()
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main()
