#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The schemas accept every document of the boards that are shipped, and refuse what
# the program refuses. Fields are explained one by one.
. "$(dirname "$0")/lib.sh"

python=/usr/bin/python3
"$python" -c 'import jsonschema' 2>/dev/null || exit 77

for kind in system cell board; do
	run 0 config schema "$kind"
	mv "$tmp/out" "$tmp/$kind.json"
done
run 2 config schema lizard
has "what there is" "system, cell or board" "$err"

# What is wrong, as a change of a good document.
cat >"$tmp/wrong" <<'END'
system	d["architecture"] = "lizard"
system	del d["hypervisor_memory"]
system	d["root_cell"]["memory"][0]["size"] = "12 cats"
system	d["root_cell"]["memory"][0]["flags"] = ["READ", "WRITES"]
system	d["root_cell"]["cpus"] = "all"
cell	d["name"] = "x" * 32
cell	d["$schema"] = "jailhouse-workbench/cell-2"
board	d["cpus"][0]["id"] = -1
board	d["devices"][0]["interrupts"] = [{"name": "rx"}]
END
"$python" - "$SOURCE/boards" "$tmp" <<'END' || fail "see above"
import copy, glob, json, sys
from jsonschema import Draft202012Validator as Draft

boards, folder = sys.argv[1:]
schemas = {}
for kind in "system", "cell", "board":
    with open(f"{folder}/{kind}.json") as file:
        schemas[kind] = json.load(file)
    Draft.check_schema(schemas[kind])
good, failed = {}, False
for path in sorted(glob.glob(f"{boards}/**/*.json", recursive=True)):
    with open(path) as file:
        document = json.load(file)
    kind = str(document.get("$schema", "")).split("/")[-1].split("-")[0] \
        if isinstance(document, dict) else ""
    if kind not in schemas:
        continue
    good[kind] = document
    for error in Draft(schemas[kind]).iter_errors(document):
        print(path, list(error.absolute_path), error.message[:300])
        failed = True
if len(good) != len(schemas):
    sys.exit(f"only {list(good)} were seen")
with open(f"{folder}/wrong") as file:
    for line in file:
        kind, change = line.rstrip("\n").split("\t")
        document = copy.deepcopy(good[kind])
        exec(change, {"d": document})
        if Draft(schemas[kind]).is_valid(document):
            print("not refused:", kind, change)
            failed = True
sys.exit(failed)
END

run 0 explain cell.memory.flags.ROOTSHARED
is "a value" "cell.memory.flags.ROOTSHARED: the root keeps its access to it" "$out"
run 1 explain cell.memory.nonsense
has "what is none" "neither a rule nor an error nor a field" "$err"
