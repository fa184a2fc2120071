#!/bin/sh
# The place where a card service for tests runs: a network namespace of its own, so that its virtual reader, which listens on all
# addresses, is reachable from nowhere. Started as: unshare -n sh pcsc-stack.sh. Ends when its standard input does.
# quickack: without it each APDU waits 44 ms for Nagle and the delayed acknowledgement to agree.
set -e
ip link set lo up
for net in 127.0.0.0/8 127.0.0.1; do
  ip route change local "$net" dev lo table local proto kernel scope host src 127.0.0.1 quickack 1
done
echo ready
exec cat > /dev/null
