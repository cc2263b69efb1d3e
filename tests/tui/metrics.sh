#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Metrics: Prometheus' own tool accepts them, and a real one scrapes them.

# shellcheck source=tests/tui/lib.sh
. "$(dirname "$0")/lib.sh"

pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait; rm -rf "$tmp"' EXIT

# The server does not run as root; another user has to get at it all.
chmod 755 "$tmp"
recording >"$tmp/r.jhrec"
cp "$JAILHOUSE" "$tmp/jh-top"
user=()
if [ "$(id -u)" -eq 0 ]; then
	user=(setpriv --reuid 65534 --regid 65534 --clear-groups)
	status=0
	"$JAILHOUSE" --listen 127.0.0.1:0 2>"$tmp/err" || status=$?
	is "as root" 1 "$status"
	has "as root" 'not as root' "$(cat "$tmp/err")"
fi

# until_true WHAT COMMAND…: within 120 s
until_true()
{
	local what=$1 n
	shift
	for ((n = 0; n < 600; n++)); do
		! "$@" || return 0
		read -rt 0.2 <> <(:) || true
	done
	fail "$what: not within 120 s"
}

# --- as a file
run 0 --openmetrics "$tmp/jailhouse.prom" --target "recorded:$tmp/r.jhrec"
promtool check metrics <"$tmp/jailhouse.prom" >"$tmp/lint" 2>&1 ||
	fail "promtool: $(cat "$tmp/lint")"
is "promtool" "" "$(cat "$tmp/lint")"
metrics=$(cat "$tmp/jailhouse.prom")
has "file" 'jailhouse_cell_exits_total{cell="root",id="0",cpu="1",reason="mmio"} 20' "$metrics"
has "file" 'jailhouse_cell_failed_cpus{cell="r\"t\\?[31m",id="1"} 1' "$metrics"
is "nothing else is left there" 1 "$(find "$tmp" -name 'jailhouse.prom*' | wc -l)"
is "its mode" 644 "$(stat -c %a "$tmp/jailhouse.prom")"
# What is no file stays what it is.
mkfifo "$tmp/pipe"
cat "$tmp/pipe" >"$tmp/piped" &
run 0 --openmetrics "$tmp/pipe" --target "recorded:$tmp/r.jhrec"
wait $!
[ -p "$tmp/pipe" ] || fail "a pipe was replaced by a file"
grep -q '^jailhouse' "$tmp/piped" || fail "nothing came through the pipe"

run 1 --openmetrics /no/such/folder/x --target "recorded:$tmp/r.jhrec"
has "no folder" /no/such/folder/x "$err"

# --- to whom asks for it
: >"$tmp/listen"
"${user[@]}" "$tmp/jh-top" --listen 127.0.0.1:0 \
	--target "recorded:$tmp/r.jhrec" 2>"$tmp/listen" &
pids+=($!)
until_true "listening" grep -q 'listening on' "$tmp/listen"
port=$(sed -n 's/.*127\.0\.0\.1:\([0-9]*\)$/\1/p' "$tmp/listen")

# ask LINE… : the answer to a request of these lines
ask()
{
	local fd
	exec {fd}<>"/dev/tcp/127.0.0.1/$port"
	printf '%s\r\n' "$@" '' >&"$fd"
	timeout 60 cat <&"$fd" || true
	exec {fd}>&-
}

answer=$(ask 'GET /metrics HTTP/1.1' "Host: 127.0.0.1:$port" \
	'Accept: application/openmetrics-text; version=1.0.0')
has "OpenMetrics" '200 OK' "$answer"
has "OpenMetrics" '# TYPE jailhouse_cell_exits counter' "$answer"
is "OpenMetrics: end" '# EOF' "$(tail -n 1 <<<"$answer")"
has "text" 'text/plain; version=0.0.4' "$(ask 'GET /metrics HTTP/1.0')"
has "elsewhere" '404' "$(ask 'GET / HTTP/1.1')"
has "another verb" '405' "$(ask 'POST /metrics HTTP/1.1')"
has "another host" '421' "$(ask 'GET /metrics HTTP/1.1' 'Host: evil.example')"
is "nonsense" "" "$(head -c 9000 /dev/zero | tr '\0' x | {
	exec {fd}<>"/dev/tcp/127.0.0.1/$port"
	cat >&"$fd"
	timeout 60 cat <&"$fd" || true
} 2>/dev/null)"
for address in 0.0.0.0:9100 127.0.0.1 127.0.0.1:x '[::]:9100' 127.0.0.1:70000; do
	status=0
	"${user[@]}" "$tmp/jh-top" --listen "$address" 2>"$tmp/err" || status=$?
	is "listen at $address" 1 "$status"
	has "listen at $address" 'only 127.0.0.1:PORT' "$(cat "$tmp/err")"
done

# --- Prometheus
cat >"$tmp/prometheus.yml" <<END
global: { scrape_interval: 1s }
scrape_configs:
  - job_name: cells
    static_configs: [ { targets: [ "127.0.0.1:$port" ] } ]
END
promtool check config "$tmp/prometheus.yml" >/dev/null
web=127.0.0.1:$((20000 + RANDOM % 10000))
prometheus --config.file="$tmp/prometheus.yml" --web.listen-address="$web" \
	--storage.tsdb.path="$tmp/data" --log.level=error >"$tmp/log" 2>&1 &
pids+=($!)

# scraped QUERY VALUE
scraped()
{
	promtool query instant "http://$web" "$1" 2>/dev/null |
		grep -q " => $2 @"
}
until_true "up" scraped up 1
until_true "exits" scraped \
	'jailhouse_cell_exits_total{cell="root",cpu="0",reason="mmio"}' 180
until_true "pools" scraped 'jailhouse_pool_used_pages{pool="mem"}' 71
until_true "a name with quotes" scraped \
	'jailhouse_cell_failed_cpus{id="1"}' 1
