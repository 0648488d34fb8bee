#!/usr/bin/env bash
# Extraction on documents that nothing was tuned on: convert them, build an index of them, score each against labels/.
# Needs the optional folder ../shared (documents, papers) beside the checkout, and pypdfium2 to read PDF files.
#   benchmarks/documents.sh [DATA]      DATA: folder of the index, kept for the next run; default: a temporary one
set -euo pipefail
cd "$(dirname "$0")/.."
shared=../shared
[ -d "$shared/documents" ] || { echo "needs $shared/documents" >&2; exit 2; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
data=${1:-$scratch/data}
policyweave=(.venv/bin/policyweave --data "$data")

.venv/bin/python benchmarks/convert_documents.py "$shared" "$scratch/texts" || echo "some texts are left out" >&2
"${policyweave[@]}" ingest "$scratch/texts"
for text in "$scratch"/texts/*.txt; do
  name=$(basename "$text" .txt)
  echo "== $name"
  "${policyweave[@]}" eval "benchmarks/labels/$name.jsonl"
done
for use in blind looking; do
  echo "== all texts kept $use"
  "${policyweave[@]}" eval $(.venv/bin/python - "$use" "$scratch/texts" <<'PY'
import json, pathlib, sys
manifest = json.loads(pathlib.Path("benchmarks/labels/manifest.json").read_text("utf-8"))
kept = [name for name in sorted(manifest) if manifest[name]["use"] == sys.argv[1]]
print(*(f"benchmarks/labels/{name}.jsonl" for name in kept if pathlib.Path(sys.argv[2], f"{name}.txt").exists()))
PY
  )
done
