#!/usr/bin/env bash
# Starts the sample shop with the agent on, sends it a smoke test, and judges the run by a baseline.
#
#   docs/examples/smoke-gate.sh LABEL [OPTION OF THE SHOP]...
#
# Environment: ENGRAM_JAR, SHOP_JAR, PORT, BASELINE (a file), SAVE=1 (this run becomes the baseline),
# TOLERANCE (percent; the runs are short and cold, so it is large), REPORTS (a folder).
set -euo pipefail
label=$1
shift
engram=(java -jar "${ENGRAM_JAR:-cli/target/engram.jar}")
shop=http://127.0.0.1:${PORT:-18080}
baseline=${BASELINE:-engram-baseline.json}
reports=${REPORTS:-.}

"${engram[@]}" run --label "$label" --service shop -- \
  java -jar "${SHOP_JAR:-cli/sample-shop/target/engram-sample-shop.jar}" --server.port="${PORT:-18080}" "$@" &
service=$!
trap 'kill "$service" 2>/dev/null || true' EXIT

until curl -fs -o /dev/null "$shop/health"; do
  kill -0 "$service"
  sleep 0.2
done
for _ in $(seq 40); do
  curl -s -o /dev/null "$shop/products"
  curl -s -o /dev/null -H 'Content-Type: application/json' -d '{"productId":1,"quantity":1}' "$shop/orders"
done
kill "$service"
wait "$service" || true
trap - EXIT

if [ -n "${SAVE:-}" ]; then
  "${engram[@]}" baseline save --label "$label" "$baseline"
  exit
fi
"${engram[@]}" gate --label "$label" --baseline "$baseline" --tolerance "${TOLERANCE:-300}" \
  --markdown "$reports/engram-gate.md" --junit "$reports/engram-gate.xml"
