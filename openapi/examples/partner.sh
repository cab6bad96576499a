#!/usr/bin/env bash
# A partner's first day: which council covers a commune, whom to call there, and the HTML that shows it on one's own page.
# ./partner.sh http://127.0.0.1:5080 [COMMUNE, its INSEE code]
set -euo pipefail
base=${1:-http://127.0.0.1:5080} code=${2:-38185}

# What the directory refuses says why, and what was probably meant.
commune=$(curl -sS "$base/v1/territories/communes/$code")
if jq -e .status <<< "$commune" > /dev/null; then
    jq -r '"\(.code): \(.detail) \(.errors[0].closest // "")"' <<< "$commune" >&2
    exit 1
fi

# An empty list says that no council covers the commune; several may.
jq -r '"\(.name) (\(.code)): \(.councils | length) council(s)"' <<< "$commune"
for council in $(jq -r '.councils[].code' <<< "$commune"); do
    curl -fsS "$base/v1/councils/$council/contacts" | jq -r '.items[] | "\(.label): \([(.phones // [])[], (.emails // [])[]] | join(", "))"'

    # oEmbed gives the frame; it needs no script, and shows the council as it is whenever it is looked at.
    curl -fsS -G "$base/oembed" --data-urlencode "url=/embed/councils/$council" | jq -r .html
done
