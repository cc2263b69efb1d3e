#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# symbols.sh LIBRARY: what the shared library exports, one name a line. That is
# libjhcfg/jhcfg.symbols, to which new names are added:
#   libjhcfg/symbols.sh build/host/libjhcfg/libjhcfg.so >libjhcfg/jhcfg.symbols
set -eu

cat <<'END'
# SPDX-License-Identifier: LGPL-2.1-or-later
# What programs may rely on in libjhcfg.so.0: nothing of it goes away without a
# new number there. Made by symbols.sh; tests/abi/library holds the library
# against it.
END
nm --dynamic --defined-only --format=posix "$1" |
	sed -n 's/^\([A-Za-z][A-Za-z0-9_]*\) [A-Z] .*/\1/p' | LC_ALL=C sort
