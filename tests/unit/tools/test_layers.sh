#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test_layers.sh TOP: the layer check finds includes that cross a layer, and
# only those, in a small tree of its own.
set -euo pipefail

top=$1
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/tools"
cp "$top"/tools/{lib.sh,layers,lint-layers.sh} "$tree/tools/"
git -C "$tree" init -q

# file PATH INCLUDE…
file()
{
	local path=$tree/$1 header
	shift
	mkdir -p "$(dirname "$path")"
	for header; do
		printf '#include %s\n' "$header"
	done >"$path"
}

check()
{
	JHW_TOP=$tree "$tree/tools/lint-layers.sh" 2>/dev/null
}

fail()
{
	printf 'FAIL: %s\n' "$*"
	exit 1
}

# good PATH INCLUDE…: accepted. The file stays.
good()
{
	file "$@"
	check >"$tree/out" || fail "refused: $* ($(cat "$tree/out"))"
}

# bad PATH INCLUDE: named with its line, then taken away again.
bad()
{
	file "$1" '<stddef.h>' "$2"
	! check >"$tree/out" || fail "accepted: $*"
	grep -q "^$1:2: includes" "$tree/out" ||
		fail "not named: $* ($(cat "$tree/out"))"
	rm "$tree/$1"
}

good hypervisor/include/uapi/jailhouse/types.h '<linux/types.h>'
good hypervisor/include/hv/mmio.h '<jailhouse/types.h>' '<stdint.h>'
good hypervisor/arch/arm64/include/asm/sysreg.h
good hypervisor/core/mmio.h
good hypervisor/core/mmio.c '<hv/mmio.h>' '"mmio.h"'
good hypervisor/pci/pci.h '<hv/mmio.h>'
good hypervisor/arch/arm64/traps.c '<asm/sysreg.h>' '<hv/mmio.h>'
good driver/main.c '<linux/module.h>' '<jailhouse/types.h>' '<asm/sysreg.h>'
good libjhcfg/include/jhcfg/model.h '<stdio.h>'
good libjhcfg/util/bytes.h '<string.h>'
good libjhcfg/model/cell.h '<jhcfg/model.h>' '"util/bytes.h"'
good libjhcfg/check/rules.h '"model/cell.h"'
good cli/main.c '<jhcfg/model.h>' '<stdio.h>'
good inmates/include/inmate.h '<jailhouse/types.h>'
good inmates/demos/demo.c '<inmate.h>'

bad hypervisor/core/bad.c '<asm/sysreg.h>'
bad hypervisor/core/bad.c '"../pci/pci.h"'
bad hypervisor/core/bad.c '<stdio.h>'
bad hypervisor/irqchip/bad.c '"../pci/pci.h"'
bad hypervisor/include/uapi/jailhouse/bad.h '<hv/mmio.h>'
bad driver/bad.c '<hv/mmio.h>'
bad libjhcfg/util/bad.c '"model/cell.h"'
bad libjhcfg/model/bad.c '"../check/rules.h"'
bad cli/bad.c '"../libjhcfg/model/cell.h"'
bad inmates/demos/bad.c '<hv/mmio.h>'
bad inmates/demos/bad.c '<stdio.h>'

printf 'layers: 16 includes accepted, 11 refused\n'
