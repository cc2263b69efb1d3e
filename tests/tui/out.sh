#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What jh-top prints without a screen.

# shellcheck source=tests/tui/lib.sh
. "$(dirname "$0")/lib.sh"

recording >"$tmp/r.jhrec"

# --- text
run 0 --batch --replay "$tmp/r.jhrec"
has "text" 'hypervisor enabled' "$out"
has "text" 'CPU 0[root] 1[root] 2[-] 3[r"t\?[31m!]' "$out"
has "text: event" 'cell "r"t\?[31m": CPU 3 failed' "$out"
case $out in *$'\e'*) fail "text: an escape sequence came through" ;; esac
is "text: refreshes" 3 "$(grep -c ^jh-top <<<"$out")"
run 0 -b --replay "$tmp/r.jhrec" -n 2 --columns name,mmio
is "columns" '  NAME          MMIO/s' "$(grep -m 1 NAME <<<"$out" | sed 's/^ /  /')"
is "count" 2 "$(grep -c ^jh-top <<<"$out")"
run 0 -b --replay "$tmp/r.jhrec" --sort -id
is "sort" 'r"t\?[31m' "$(awk '/^ *ID/ { getline; print $2; exit }' <<<"$out")"

# --- a recording stands at its end unless it is replayed
run 0 -b --target "recorded:$tmp/r.jhrec"
is "target: refreshes" 1 "$(grep -c ^jh-top <<<"$out")"
has "target" 'F failed' "$out"

# --- JSON
run 0 --json --replay "$tmp/r.jhrec"
printf '%s\n' "$out" >"$tmp/lines"
run 0 --json-schema
printf '%s\n' "$out" >"$tmp/schema"
/usr/bin/python3 - "$tmp/schema" "$tmp/lines" <<'END' || fail "JSON: see above"
import json, sys
from jsonschema import Draft202012Validator as Validator

schema = json.load(open(sys.argv[1]))
Validator.check_schema(schema)
validator = Validator(schema)
lines = [json.loads(line) for line in open(sys.argv[2])]
assert len(lines) == 3, len(lines)
for line in lines:
    validator.validate(line)
# a schema that accepts everything would be none
for spoil in (lambda l: l.pop("cells"), lambda l: l.update(state="?"),
              lambda l: l["cells"][0].update(id="0"),
              lambda l: l.update(more=1),
              lambda l: l["cells"][0]["exits"]["mmio"].pop("rate")):
    line = json.loads(json.dumps(lines[1]))
    spoil(line)
    assert not validator.is_valid(line)
last = lines[2]
assert last["cells"][1]["name"] == 'r"t\\?[31m', last["cells"][1]["name"]
assert last["cells"][0]["exits"]["mmio"]["total"] == 200
assert last["cells"][0]["exits"]["mmio"]["rate"] == 100
assert last["cells"][0]["cpus"][1]["exits"]["mmio"]["total"] == 20
assert last["cells"][0]["cpus"][1]["exits"]["total"]["total"] is None
assert last["cells"][0]["ram"] is None
assert last["memory"] == {"used": 1 << 20, "size": 2 << 20}
assert last["load"] == [0.31, 0.22, 0.1]
assert lines[0]["cells"][0]["exits"]["mmio"]["rate"] is None
assert any("CPU 3 failed" in e["text"] for e in last["events"])
assert not any("CPU 3 failed" in e["text"] for e in lines[1]["events"])
END

# --- CSV
run 0 --csv --replay "$tmp/r.jhrec"
/usr/bin/python3 - "$tmp/out" <<'END' || fail "CSV: see above"
import csv, sys

rows = list(csv.DictReader(open(sys.argv[1])))
found = [r for r in rows if r["cell"] == "root" and r["cpu"] == "" and
         r["reason"] == "mmio"]
assert [r["total"] for r in found] == ["0", "100", "200"], found
assert [r["rate"] for r in found] == ["", "100", "100"], found
assert {r["cell"] for r in rows} == {"root", 'r"t\\?[31m'}
assert {len(r) for r in rows} == {11}
END

# --- budgets
run 1 -b --replay "$tmp/r.jhrec" --budget 'root mmio: 50/s'
has "budget" 'root: exit budget 50/s exceeded: MMIO 100/s' "$out"
run 0 -b --replay "$tmp/r.jhrec" --budget 'root mmio: 100/s'

# --- what cannot be
run 2 --budget nonsense
has "budget" 'nonsense' "$err"
run 2 --batch --nonsense
has "option" '--nonsense' "$err"
run 1 -b --target recorded:/no/such/file
has "target" '/no/such/file' "$err"
run 1 -b --target wherever
[ -n "$err" ] || fail "a name that is no target: no word about it"
run 1 -b -n 1 --record "$tmp/r.jhrec"
has "record" 'r.jhrec' "$err"

# --- one that is recorded and replayed says the same
run 0 --json --target "recorded:$tmp/r.jhrec"
before=$(jq -c .cells <<<"$out")
run 0 --json --target "recorded:$tmp/r.jhrec" --record "$tmp/copy.jhrec"
[ -s "$tmp/copy.jhrec" ] || fail "nothing was recorded"
is "the same" "$before" "$(jq -c .cells <<<"$out")"

# --- help, manual, completion
run 0 --help
has "help" '--openmetrics FILE' "$out"
run 0 --man
man_text=$(man -l --warnings -E UTF-8 - <<<"$out" 2>&1)
grep -q 'openmetrics' <<<"$man_text" || fail "the manual has no --openmetrics"
# shellcheck source=/dev/null
. "$COMPLETION"
_jh_top jh-top --open jh-top
is "completion" --openmetrics "${COMPREPLY[*]}"
_jh_top jh-top tr --color
is "completion of a value" true "${COMPREPLY[*]}"
