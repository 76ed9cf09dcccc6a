#!/usr/bin/env bash
# Records examples/captures/ again: real programs on two hosts, between them two switches, all inside this machine.
#
#            left                              wire                              right
#   ┌─────────────────────┐   ┌──────────┐             ┌──────────┐   ┌─────────────────────┐
#   │ eth0   10.9.0.1     ├───┤ untagged │    trunk    │ untagged ├───┤     10.9.0.2   eth0 │
#   │        fd00:9::1    │   │   west   ├─────────────┤   east   │   │    fd00:9::2        │
#   │ eth7   10.9.7.1     ├───┤ VLAN 7   │  802.1Q,    │ VLAN 7   ├───┤     10.9.7.2   eth7 │
#   │        fd00:9:7::1  │   └──────────┘  STP        └──────────┘   │  fd00:9:7::2        │
#   │ direct 10.9.9.1     ├───────────────────────────────────────────┤     10.9.9.2 direct │
#   │        fd00:9:9::1  │                                           │  fd00:9:9::2        │
#   └─────────────────────┘                                           └─────────────────────┘
#
# The boxes are network namespaces, the lines veth pairs, the switches Open vSwitch in user space (it puts the tags on
# whatever the kernel was built with). Everything lives in private namespaces of this script, so nothing of the machine is
# changed and nothing remains, however the script ends. Host name, MAC and IP addresses are made up and fixed.
#
# Usage: sudo scripts/record-captures.sh [DIRECTORY]      (Debian or Ubuntu, root; about a minute)
set -euo pipefail

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$scripts/../examples/captures}

require_programs() {
  local missing=() entry
  for entry in ip:iproute2 ethtool:ethtool tcpdump:tcpdump dumpcap:wireshark-common capinfos:wireshark-common tshark:tshark \
    ovs-vswitchd:openvswitch-switch ping:iputils-ping curl:curl dig:bind9-dnsutils nc:netcat-openbsd dnsmasq:dnsmasq-base \
    udhcpc:udhcpc sshd:openssh-server ssh:openssh-client python3:python3 node:nodejs; do
    command -v "${entry%%:*}" >/dev/null || missing+=("${entry##*:}")
  done
  if ((${#missing[@]})); then
    echo "record-captures: these Debian packages are missing: $(printf '%s\n' "${missing[@]}" | sort -u | xargs)" >&2
    exit 2
  fi
}

# Below, the script runs as process 1 of its own PID namespace: when it ends, every server it started ends too.
if [[ ${RECORD_CAPTURES_INSIDE:-} != yes ]]; then
  PATH=$PATH:/usr/sbin:/sbin
  if [[ $(uname -s) != Linux || $(id -u) != 0 ]]; then
    echo "record-captures: it needs Linux and root, for network namespaces and raw sockets" >&2
    exit 2
  fi
  require_programs
  mkdir -p "$out"
  RECORD_CAPTURES_INSIDE=yes exec unshare --mount --uts --net --pid --fork --kill-child --mount-proc "$0" "$(cd "$out" && pwd)"
fi

# Process 1 of a namespace has no default action for signals.
trap 'exit 1' INT TERM
hostname host
mount -t tmpfs tmpfs /run
mkdir -p /run/netns /run/sshd /run/work
work=/run/work

left() { ip netns exec left "$@"; }
right() { ip netns exec right "$@"; }
wire() { ip netns exec wire "$@"; }
say() { echo "record-captures: $*" >&2; }

# --- hosts and lines ---------------------------------------------------------------------------------------------------

# line NS_A IF_A MAC_A NS_B IF_B MAC_B: a veth pair whose ends compute their checksums and segments themselves
line() {
  ip -n "$1" link add name "$2" address "$3" type veth peer name "$5" address "$6" netns "$4"
  offload "$1" "$2" off
  offload "$4" "$5" off
}

# offload NS IF on|off: whether frames are cut and summed behind the capture (as a network card does) or before it
offload() {
  ip netns exec "$1" ethtool -K "$2" tx "$3" rx "$3" sg "$3" tso "$3" gso "$3" gro "$3" >/dev/null 2>&1
}

# address NS IF HOST SUBNET: the IPv4 and IPv6 address of one interface
address() {
  ip -n "$1" address add "10.9.$4.$3/24" dev "$2"
  if [[ $4 == 0 ]]; then ip -n "$1" address add "fd00:9::$3/64" dev "$2"; else ip -n "$1" address add "fd00:9:$4::$3/64" dev "$2"; fi
}

up() { ip -n "$1" link set "$2" up; }
down() { ip -n "$1" link set "$2" down; }

for host in left right wire; do
  ip netns add "$host"
  up "$host" lo
done
line left eth0 02:00:00:00:00:01 wire left0 02:00:00:00:10:01
line left eth7 02:00:00:00:07:01 wire left7 02:00:00:00:17:01
line right eth0 02:00:00:00:00:02 wire right0 02:00:00:00:10:02
line right eth7 02:00:00:00:07:02 wire right7 02:00:00:00:17:02
line wire trunk 02:00:00:00:20:01 wire trunk-east 02:00:00:00:20:02
line left direct 02:00:00:00:09:01 right direct 02:00:00:00:09:02
# The ports of the switches carry frames and have no address of their own.
wire sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1

# --- switches ----------------------------------------------------------------------------------------------------------

start_switches() {
  export OVS_RUNDIR=/run/work
  local database=/run/work/switch.db bridge port
  ovsdb-tool create $database /usr/share/openvswitch/vswitch.ovsschema
  ovsdb-server $database --remote=punix:/run/work/db.sock --detach --no-chdir --pidfile --log-file=/run/work/ovsdb.log 2>/dev/null
  ovs() { ovs-vsctl --db=unix:/run/work/db.sock "$@"; }
  ovs --no-wait init
  wire ovs-vswitchd unix:/run/work/db.sock --disable-system --detach --no-chdir --pidfile --log-file=/run/work/switch.log 2>/dev/null
  for bridge in west:1 east:2; do
    ovs add-br "${bridge%%:*}" -- set bridge "${bridge%%:*}" datapath_type=netdev rstp_enable=true \
      "other_config:hwaddr=02:00:00:00:30:0${bridge##*:}"
  done
  # An edge port forwards at once, so that a host that is plugged in need not wait for the spanning tree.
  local edge=other_config:rstp-port-admin-edge=true
  ovs add-port west left0 -- set port left0 $edge -- add-port west left7 tag=7 -- set port left7 $edge \
    -- add-port west trunk trunks=0,7
  ovs add-port east right0 -- set port right0 $edge -- add-port east right7 tag=7 -- set port right7 $edge \
    -- add-port east trunk-east trunks=0,7
  # Pings in VLAN 7 travel with priority 5, so that a tag has more than its VLAN identifier.
  for bridge in west:left7 east:right7; do
    for protocol in icmp icmp6; do
      wire ovs-ofctl add-flow "${bridge%%:*}" "priority=9,in_port=${bridge##*:},$protocol,actions=mod_vlan_pcp:5,normal"
    done
  done
  for port in left0 left7 right0 right7 trunk trunk-east; do up wire $port; done
}

# --- servers on the right ----------------------------------------------------------------------------------------------

# Numbered lines: a reader of a capture sees at once which part of the body a segment holds.
body() { seq -f 'line %06g of a body made of numbered lines' 1 99999 | head -c "$1" || true; }

start_servers() {
  local www=$work/www text
  mkdir -p "$www"
  body 1000 >"$www/1k.txt"
  body 20000 >"$www/20k.txt"
  body 100000 >"$www/100k.txt"
  body 300000 >"$www/300k.txt"
  right python3 -m http.server 8000 --bind :: --directory "$www" >/dev/null 2>&1 &

  text=$(printf 'one string of a long text record, here to make the answer larger than a frame;%.0s' 1 2 3)
  right dnsmasq --keep-in-foreground --user=root --conf-file=/dev/null --no-resolv --no-hosts --pid-file= \
    --dhcp-leasefile=$work/leases --edns-packet-max=4096 --domain=test --local=/test/ \
    --address=/host.test/10.9.0.2 --address=/host.test/fd00:9::2 --mx-host=test,host.test,10 \
    --txt-record="long.test,$text,$text,$text,$text,$text,$text,$text,$text,$text" \
    --interface=eth0 --interface=eth7 --dhcp-range=10.9.0.100,10.9.0.150,1h --enable-ra --dhcp-range=fd00:9::,ra-only \
    >/dev/null 2>&1 &

  ssh-keygen -q -t ed25519 -N '' -C '' -f $work/host-key
  ssh-keygen -q -t ed25519 -N '' -C '' -f $work/user-key
  cp $work/user-key.pub $work/authorized
  right "$(command -v sshd)" -D -f /dev/null -p 2222 -h $work/host-key -o AuthorizedKeysFile=$work/authorized -o StrictModes=no \
    -o PidFile=none -o UsePAM=no -o PrintMotd=no -o PrintLastLog=no >/dev/null 2>&1 &
  wait_until right curl -s -o /dev/null --max-time 1 http://10.9.0.2:8000/1k.txt
  wait_until right nc -z ::1 2222
}

wait_until() {
  local attempt
  for ((attempt = 0; attempt < 300; attempt++)); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.1
  done
  say "waited in vain for: $*"
  exit 1
}

# --- recording ---------------------------------------------------------------------------------------------------------

recorder=

# record FILE HOST COMMAND…: COMMAND is tcpdump or dumpcap with its options; it runs until `done_recording`
record() {
  local file=$1 host=$2
  shift 2
  say "recording $file"
  # Not by the functions above: bash would put a shell of its own between, and the signal would end that one.
  ip netns exec "$host" "$@" -w "$out/$file" 2>$work/recorder.log &
  recorder=$!
  wait_until grep -qE 'listening on|Capturing on' $work/recorder.log
  sleep 0.5
}

done_recording() {
  sleep 1
  kill -TERM $recorder
  wait $recorder || true
}

# --- what the programs do ----------------------------------------------------------------------------------------------

quiet() { "$@" >/dev/null 2>&1 || true; }

pings() { # ADDRESS4 ADDRESS6
  quiet left ping -c 8 -i 0.1 "$1"
  quiet left ping -6 -c 8 -i 0.1 "$2"
  quiet left ping -c 2 -i 0.1 -s 4000 "$1"
  quiet left ping -6 -c 2 -i 0.1 -s 4000 "$2"
  quiet left ping -c 2 -i 0.1 -s 1472 -M 'do' "$1"
}

names() { # ADDRESS of the server
  local query
  for query in 'host.test A' 'host.test AAAA' 'test MX' 'nothing.test A' '-x 10.9.0.2' 'long.test TXT +bufsize=4096' 'long.test TXT +tcp'; do
    # shellcheck disable=SC2086
    quiet left dig "@$1" $query
  done
}

# typed COUNT: lines with a pause between them, as a person types
typed() {
  local n
  for ((n = 1; n <= $1; n++)); do
    echo "line $n typed by hand"
    sleep 0.05
  done
}

datagrams() {
  typed 5
  sleep 0.1
  body 5000
}

sessions() { # -4|-6 ADDRESS
  quiet left ssh -F none -i $work/user-key -p 2222 -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "root@$2" \
    'for n in 1 2 3 4 5 6 7 8; do echo $n; sleep 0.05; done; cat >/dev/null' < <(body 20000)
  right timeout 3 nc "$1" -l 9000 </dev/null >/dev/null &
  right timeout 3 nc "$1" -u -l 9001 </dev/null >/dev/null &
  sleep 0.3
  quiet left nc "$1" -N "$2" 9000 < <(typed 9)
  quiet left nc "$1" -u -w 1 "$2" 9001 < <(datagrams)
  # Nobody listens there: a reset, and an ICMP error.
  quiet left nc "$1" -z -w 1 "$2" 9002
  quiet left nc "$1" -u -w 1 "$2" 9002 < <(typed 1)
}

groups() {
  quiet right python3 -c '
import socket, struct, time
four = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
four.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton("239.9.9.9") + socket.inet_aton("10.9.0.2"))
six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
member = socket.inet_pton(socket.AF_INET6, "ff05::9:9") + struct.pack("@I", socket.if_nametoindex("eth0"))
six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, member)
time.sleep(3)' &
  sleep 0.5
  quiet left nc -u -w 1 239.9.9.9 9009 < <(typed 2)
  quiet left dig +tries=1 +time=1 -p 5353 @224.0.0.251 host.local
  quiet left ping -6 -c 2 -i 0.2 ff02::1%eth0
  quiet left ping -b -c 2 -i 0.2 10.9.0.255
  wait $!
}

forget_neighbours() {
  local host
  for host in left right; do
    ip -n $host neigh flush all
    ip -n $host -6 neigh flush all
  done
}

unplug() {
  down left eth0
  down left eth7
}

plug_in() {
  up left eth0
  up left eth7
  ip -n left route add 224.0.0.0/4 dev eth0
  sleep 2
}

record_mixed() {
  unplug
  forget_neighbours
  record mixed.pcapng wire dumpcap -q -i trunk
  # A cable is plugged in: duplicate address detection, router solicitation, multicast reports.
  plug_in
  quiet left udhcpc -f -q -n -t 3 -i eth0 -s /bin/true
  pings 10.9.0.2 fd00:9::2
  names 10.9.0.2
  names fd00:9::2
  quiet left curl http://10.9.0.2:8000/300k.txt
  quiet left curl -g "http://[fd00:9::2]:8000/100k.txt"
  for n in 1 2 3 4 5; do
    quiet left curl http://10.9.0.2:8000/1k.txt
    quiet left curl -g "http://[fd00:9::2]:8000/1k.txt"
  done
  sessions -4 10.9.0.2
  sessions -6 fd00:9::2
  groups
  pings 10.9.7.2 fd00:9:7::2
  names 10.9.7.2
  quiet left curl http://10.9.7.2:8000/20k.txt
  quiet left curl -g "http://[fd00:9:7::2]:8000/20k.txt"
  done_recording
}

record_vlan() {
  forget_neighbours
  record vlan.pcap wire tcpdump -Z root -i trunk
  pings 10.9.7.2 fd00:9:7::2
  quiet left curl http://10.9.7.2:8000/20k.txt
  quiet left curl -g "http://[fd00:9:7::2]:8000/20k.txt"
  names fd00:9:7::2
  quiet left ping -c 4 -i 0.1 10.9.0.2
  done_recording
}

record_two_interfaces() {
  forget_neighbours
  record two-interfaces.pcapng wire dumpcap -q -i left7 -i trunk
  quiet left ping -c 4 -i 0.1 10.9.7.2
  quiet left ping -6 -c 4 -i 0.1 fd00:9:7::2
  quiet left curl http://10.9.7.2:8000/1k.txt
  done_recording
}

record_nanoseconds() {
  forget_neighbours
  record ping-nanoseconds.pcap left tcpdump -Z root --time-stamp-precision=nano -i direct
  quiet left ping -c 20 -i 0.05 10.9.9.2
  quiet left ping -6 -c 20 -i 0.05 fd00:9:9::2
  done_recording
}

record_snaplen() {
  forget_neighbours
  record snaplen-96.pcap left tcpdump -Z root -s 96 -i direct
  quiet left curl http://10.9.9.2:8000/20k.txt
  quiet left curl -g "http://[fd00:9:9::2]:8000/20k.txt"
  done_recording
}

record_mtu_9000() {
  ip -n left link set direct mtu 9000
  ip -n right link set direct mtu 9000
  forget_neighbours
  record mtu-9000.pcap left tcpdump -Z root -i direct
  quiet left ping -c 1 -s 8972 -M 'do' 10.9.9.2
  quiet left ping -6 -c 1 -s 8952 -M 'do' fd00:9:9::2
  quiet left curl http://10.9.9.2:8000/100k.txt
  done_recording
  ip -n left link set direct mtu 1500
  ip -n right link set direct mtu 1500
}

# largest_frame FILE: in bytes
largest_frame() { tshark -r "$1" -T fields -e frame.len 2>/dev/null | sort -n | tail -1; }

record_jumbo() {
  offload left direct on
  offload right direct on
  # The sender need not find its pace first; still, how much it hands down at once depends on the moment, so try again
  # until a frame is about as large as the offload takes.
  ip -n right route change 10.9.9.0/24 dev direct src 10.9.9.2 initcwnd 100
  ip -n left route change 10.9.9.0/24 dev direct src 10.9.9.1 initrwnd 100
  local attempt
  for ((attempt = 0; attempt < 20; attempt++)); do
    forget_neighbours
    record jumbo.pcap left tcpdump -Z root -i direct
    quiet left curl http://10.9.9.2:8000/300k.txt
    quiet left curl -g "http://[fd00:9:9::2]:8000/100k.txt"
    done_recording
    (($(largest_frame "$out/jumbo.pcap") > 65000)) && return
  done
  say "no frame beyond 65000 bytes in $attempt recordings of jumbo.pcap"
  exit 1
}

# --- the run -----------------------------------------------------------------------------------------------------------

say "starting switches and servers"
start_switches
for host in left:1 right:2; do
  name=${host%%:*}
  # An unplugged interface keeps its IPv6 addresses and tries them again when it is plugged in.
  ip netns exec "$name" sysctl -qw net.ipv6.conf.all.keep_addr_on_down=1 net.ipv6.conf.default.keep_addr_on_down=1
  for interface in eth0:0 eth7:7 direct:9; do
    ip netns exec "$name" sysctl -qw "net.ipv6.conf.${interface%%:*}.keep_addr_on_down=1"
    address "$name" "${interface%%:*}" "${host##*:}" "${interface##*:}"
    up "$name" "${interface%%:*}"
  done
done
right sysctl -qw net.ipv4.icmp_echo_ignore_broadcasts=0
start_servers
wait_until left ping -c 1 -W 1 10.9.0.2
wait_until left ping -c 1 -W 1 10.9.7.2

record_mixed
record_vlan
record_two_interfaces
record_nanoseconds
record_snaplen
record_mtu_9000
record_jumbo
for file in "$out"/*.pcapng; do node "$scripts/strip-pcapng.mjs" "$file"; done
chmod 644 "$out"/*.pcap "$out"/*.pcapng

say "counting"
"$scripts/count-captures.sh" "$out"
