#!/usr/bin/env bash
# Ratios measured side by side in one run. Asserts nothing: the figures are for
# a person to read.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build/bench

echo "== text pages: Render against bare gofpdf and reportlab"
go test -run '^$' -bench . -benchtime 3x ./report/pdf
echo "== evidence ingest against cp + sync + openssl dgst"
go test -run '^$' -bench . -benchtime 1x ./assess/store
echo "== evaluation of 300 requirements and 500 files"
go test -run '^$' -bench . ./assess
echo "== signing"
go test -run '^$' -bench . -benchtime 20x ./report/sign
echo "== package of 500 MB: write against cat + sync + openssl dgst, verify against openssl dgst"
go test -run '^$' -bench . -benchtime 1x ./report/handin
echo "== demo: wall time and memory"
go build -trimpath -o build/bench/mingpinctl ./cmd/mingpinctl
for _ in 1 2 3; do
  rm -rf build/bench/demo
  /usr/bin/env bash -c 'TIMEFORMAT="wall %R s, user %U s, sys %S s"; time build/bench/mingpinctl demo build/bench/demo >/dev/null'
done
if command -v python3 >/dev/null; then
  rm -rf build/bench/demo
  python3 - <<'PY'
import resource, subprocess
subprocess.run(["build/bench/mingpinctl", "demo", "build/bench/demo"], check=True, stdout=subprocess.DEVNULL)
print("max RSS %d MB" % (resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024))
PY
fi
