#!/usr/bin/env bash
# Quality on the five papers: build an index from them alone, score the records and the answers, time what users wait for.
# Needs the optional folder ../shared (papers, gold annotations, questions, scorers) beside the checkout.
#   benchmarks/quality.sh [DATA]        DATA: folder of the index, kept for the next run; default: a temporary one
set -euo pipefail
cd "$(dirname "$0")/.."
shared=../shared
[ -d "$shared/papers" ] && [ -d "$shared/eval" ] || { echo "needs $shared/papers and $shared/eval" >&2; exit 2; }
scratch=$(mktemp -d)
data=${1:-$scratch/data}
port=8765
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$scratch"' EXIT
policyweave=(.venv/bin/policyweave --data "$data")

echo "== ingest"
time "${policyweave[@]}" ingest "$shared/papers"
echo "== ingest again"
time "${policyweave[@]}" ingest "$shared/papers"
"${policyweave[@]}" verify

echo "== extraction"
"${policyweave[@]}" eval "$shared"/eval/gold/*.jsonl

echo "== answers"
"${policyweave[@]}" serve --port "$port" 2>/dev/null &
server=$!
for _ in $(seq 60); do
  python3 -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$port/healthz')" 2>/dev/null && break
  sleep 0.5
done
python3 "$shared/eval/score_answers.py" "$shared/eval/questions.jsonl" --url "http://127.0.0.1:$port"

echo "== cold command line"
time "${policyweave[@]}" --help >/dev/null
time "${policyweave[@]}" ask "which measures address talent drain in counties?" >/dev/null
