#!/usr/bin/env bash
# A coordinator's first day, in the sandbox: check a sheet, import it, correct a contact. The key is everybody's, the council is made up.
# ./coordinator.sh http://127.0.0.1:5080 [KEY]
set -euo pipefail
base=${1:-http://127.0.0.1:5080} key=${2:-clsm_sandbox_public} sheet="$(dirname "$0")/sheet.ndjson"
show='.items[] | "\(.council) \(.outcome) \(.changes | join(", ")) \([.problems[].detail] | join(", "))"'

# Checking needs no key and stores nothing.
echo "checked: $(curl -fsS "$base/v1/validations" -H 'Content-Type: application/x-ndjson' --data-binary "@$sheet" | jq -r "$show")"

# Importing needs a key of the council. The Idempotency-Key makes it safe to send again when no answer came.
echo "imported: $(curl -fsS "$base/v1/imports" -H "Authorization: Bearer $key" -H "Idempotency-Key: first-day-$RANDOM-$RANDOM" \
    -H 'Content-Type: application/x-ndjson' --data-binary "@$sheet" | jq -r "$show")"

# Correct: read the contact with its ETag, change one member, and say which version was meant.
id=$(curl -fsS "$base/v1/councils/sandbox/contacts?function=coordinator" -H "Authorization: Bearer $key" | jq -r '.items[0].id')
address="$base/v1/councils/sandbox/contacts/$id"
etag=$(curl -fsS -D - -o /dev/null "$address" -H "Authorization: Bearer $key" | tr -d '\r' | sed -n 's/^etag: //Ip')
curl -fsS -X PATCH "$address" -H "Authorization: Bearer $key" -H "If-Match: $etag" -H 'Content-Type: application/merge-patch+json' -d '{"phones":["+33199000003"]}' \
    | jq -r '"corrected: \(.label) \(.phones | join(", ")) (version \(.version))"'
