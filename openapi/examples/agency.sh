#!/usr/bin/env bash
# An agency's first day: find the councils of its region, read all of them page by page, take an export, then follow what changes.
# ./agency.sh http://127.0.0.1:5080 [REGION]
set -euo pipefail
base=${1:-http://127.0.0.1:5080} region=${2:-84}

# Filter, and go through the pages: `next` is null on the last one.
cursor=
while :; do
    page=$(curl -fsS -G "$base/v1/councils" -d "region=$region" -d limit=2 -d fields=code,name,status ${cursor:+--data-urlencode "cursor=$cursor"})
    jq -r '.items[] | "\(.code): \(.name) (\(.status))"' <<< "$page"
    cursor=$(jq -r '.page.next // empty' <<< "$page")
    [ -n "$cursor" ] || break
done

# Export: everything that matches, of one instant. Its header says where the feed goes on.
curl -fsS -D headers.txt -o contacts.csv "$base/v1/exports/contacts.csv?region=$region"
after=$(tr -d '\r' < headers.txt | sed -n 's/^changes-cursor: //Ip')
echo "contacts.csv: $(wc -c < contacts.csv) bytes"

# Follow: what came after the export. A program that goes on asks again with `page.after`, and `wait=30` to be told at once.
changes=$(curl -fsS -G "$base/v1/changes" -d "region=$region" --data-urlencode "after=$after")
echo "$(jq '.items | length' <<< "$changes") changes since the export"
jq -r '.items[] | "\(.at) \(.operation) \(.type) \(.council) \(.href // "")"' <<< "$changes"
