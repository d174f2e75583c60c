#!/bin/sh
# Runs a command in a network of its own: nothing that it sends can leave the
# machine. With a receiver, every name is asked of that one, at 203.0.113.7; with
# --loopback there is the loopback alone, and no name but localhost.
#
#   alone.sh [--loopback] COMMAND [ARGUMENT…]
set -eu
here=$0
if [ "${1:-}" != --inside ]; then
  refuse() {
    echo "This needs a network namespace of its own, and this machine refuses one ($1)." >&2
    echo "Run it as root (in a container: with --cap-add NET_ADMIN --cap-add SYS_ADMIN), with util-linux and iproute2 installed." >&2
    exit 1
  }
  for tool in unshare ip openssl; do
    command -v "$tool" >/dev/null || refuse "$tool is missing"
  done
  user=
  [ "$(id -u)" = 0 ] || user=--map-root-user
  why=$(unshare $user --net --mount true 2>&1) || refuse "$why"
  exec unshare $user --net --mount sh "$here" --inside "$@"
fi
shift

ip link set lo up
nameserver=203.0.113.7
if [ "${1:-}" = --loopback ]; then
  shift
  nameserver=127.0.0.1
else
  # The receiver's interface. It isn't the loopback: peer connections leave that one alone.
  if ! ip link add evil type dummy 2>/dev/null; then
    ip link add evil type veth peer name void
    ip link set void up
  fi
  ip addr add 203.0.113.7/24 dev evil
  ip link set evil up
  # Without a default route Chromium believes itself offline and tries nothing. Nobody has this address.
  ip route add default via 203.0.113.1 dev evil
fi

names=$(mktemp -d)
echo "nameserver $nameserver" >"$names/resolv.conf"
echo "hosts: files dns" >"$names/nsswitch.conf"
mount --bind "$names/resolv.conf" /etc/resolv.conf
mount --bind "$names/nsswitch.conf" /etc/nsswitch.conf
export CUMULET_REDTEAM_ALONE=1
status=0
"$@" || status=$?
rm -rf "$names"
exit $status
