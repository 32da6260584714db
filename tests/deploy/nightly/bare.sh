#!/bin/bash
# `make run` on a Debian 12 that has next to nothing: it says what is missing in one line, and with that it runs. As root.
set -euo pipefail
# shellcheck source=tests/deploy/nightly/machine.sh
. "$(dirname "$0")/machine.sh"
missing=$(lacks_tools mmdebstrap unshare | xargs)
[ -z "$missing" ] || { echo "not found: $missing. Try: apt-get install mmdebstrap"; exit 75; }
PORT=18765
fail() { echo "FAILED: $*" >&2; exit 1; }

# With a /proc and processes of its own, which end with the shell, and the network of this machine.
within() {
  unshare --mount --pid --fork --kill-child sh -c 'mount -t proc proc "$1/proc"; shift; exec chroot "$@"' - "$MACHINE" "$MACHINE" \
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin PIP_CERT=/etc/ssl/certs/ca-certificates.crt DEBIAN_FRONTEND=noninteractive "$@"
}

say "a bare Debian"
mkdir -p "$TREES"
[ -e "$TREES/bare.tar" ] || fetch_machine
MACHINE=$TREES/nothing
rm -rf "$MACHINE"
mkdir "$MACHINE"
tar -C "$MACHINE" -xf "$TREES/bare.tar"
cp /etc/resolv.conf "$MACHINE/etc/"
cp "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$MACHINE/etc/ssl/certs/ca-certificates.crt"
bring_release "/srv/a folder"
within sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends make python3 >/dev/null && useradd -m ann && chown -R ann "/srv/a folder"'

say "without python3-venv it says so in one line"
if within runuser -u ann -- make -s -C "/srv/a folder" run 2>"$TREES/said" >&2; then fail "it ran"; fi
cat "$TREES/said"
[ "$(grep -c "apt install python3-venv" "$TREES/said")" = 1 ] || fail "it did not say so"

say "with it, it runs"
within apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
began=$SECONDS
within runuser -u ann -- make -s -C "/srv/a folder" run PORT=$PORT >"$TREES/run" 2>&1 &
running=$!
trap 'kill $running 2>/dev/null || true' EXIT
until python3 - $PORT <<'PYTHON' 2>/dev/null
import sys, urllib.request
assert b"Plum Medical" in urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/policies/privacy/").read()
PYTHON
do
  kill -0 $running || { cat "$TREES/run"; fail "make run ended"; }
  [ $((SECONDS - began)) -lt 900 ] || { cat "$TREES/run"; fail "no page"; }
  sleep 2
done
say "a policy was shown $((SECONDS - began)) s after make run"
