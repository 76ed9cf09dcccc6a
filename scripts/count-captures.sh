#!/usr/bin/env bash
# Counts with tshark what the captures hold, prints it as a Markdown table, and puts the table into the README beside them,
# between its two marks.
#
# Usage: scripts/count-captures.sh [DIRECTORY]
set -euo pipefail

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=$(cd "${1:-$scripts/../examples/captures}" && pwd)
command -v tshark >/dev/null || { echo "count-captures: this Debian package is missing: tshark" >&2; exit 2; }

# frames FILE FILTER: how many frames tshark shows, each fragment on its own
frames() { tshark -o ip.defragment:FALSE -o ipv6.defragment:FALSE -r "$1" -Y "$2" 2>/dev/null | wc -l; }

# bad_checksums FILE: frames with a checksum that does not hold, fragments put together first
bad_checksums() {
  local field filter=
  for field in ip tcp udp icmp icmpv6; do filter+="${filter:+ || }$field.checksum.status == 0"; done
  tshark -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE -r "$1" -Y "$filter" 2>/dev/null | wc -l
}

# one Markdown row for each file, from the files themselves
figures() {
  local file
  echo '| File | Bytes | Packets | Largest frame | IPv4 | IPv6 | TCP | UDP | ICMP | ICMPv6 | ARP | STP | VLAN | Fragments | Bad checksums |'
  echo '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|'
  for file in "$out"/*.pcap "$out"/*.pcapng; do
    printf '| `%s`' "$(basename "$file")"
    printf ' | %s' "$(stat -c %s "$file")" "$(tshark -r "$file" 2>/dev/null | wc -l)" \
      "$(tshark -r "$file" -T fields -e frame.len 2>/dev/null | sort -n | tail -1)" \
      "$(frames "$file" ip)" "$(frames "$file" ipv6)" "$(frames "$file" tcp)" "$(frames "$file" 'udp && !icmp && !icmpv6')" \
      "$(frames "$file" icmp)" "$(frames "$file" icmpv6)" "$(frames "$file" arp)" "$(frames "$file" stp)" "$(frames "$file" vlan)" \
      "$(frames "$file" 'ip.flags.mf == 1 || ip.frag_offset > 0 || ipv6.fraghdr')" "$(bad_checksums "$file")"
    echo ' |'
  done
}

table=$(mktemp)
trap 'rm -f "$table"' EXIT
figures | tee "$table"
if [[ -f $out/README.md ]]; then
  sed -i -e "/^<!-- figures -->$/r $table" -e '/^<!-- figures -->$/,/^<!-- end of figures -->$/{/^|/d}' "$out/README.md"
  formatter=$scripts/../node_modules/.bin/biome
  if [[ -x $formatter ]]; then (cd "$scripts/.." && "$formatter" format --no-errors-on-unmatched --write "$out/README.md" >&2); fi
fi
