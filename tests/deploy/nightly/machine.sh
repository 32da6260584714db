# shellcheck shell=bash
# A Debian 12 of our own that boots, without the internet, for tests as root. To be sourced; TREES is kept between runs.
TREES=${PLUM_TREES:-/var/tmp/plum-trees}
TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
MACHINE=$TREES/machine
LEADER=

say() { printf '\n== %s (%s s)\n' "$*" "$SECONDS"; }

lacks_tools() {
  [ "$(id -u)" = 0 ] || { echo "root"; return; }
  local tool
  for tool in "$@"; do command -v "$tool" >/dev/null || echo "$tool"; done
}

# Debian as its installer leaves it, with packages fetched but not installed, and Python's packages in a folder.
fetch_machine() {
  mkdir -p "$TREES"
  if [ ! -e "$TREES/bare.tar" ]; then
    mmdebstrap --quiet --variant=minbase --include=systemd,systemd-sysv,dbus,ca-certificates bookworm "$TREES/bare.part.tar"
    mv "$TREES/bare.part.tar" "$TREES/bare.tar"
  fi
  if [ ! -d "$TREES/fetched" ]; then
    rm -rf "$TREES/fetched.part"
    mkdir "$TREES/fetched.part"
    tar -C "$TREES/fetched.part" -xf "$TREES/bare.tar"
    cp /etc/resolv.conf "$TREES/fetched.part/etc/"
    chroot "$TREES/fetched.part" sh -c 'apt-get update -qq &&
      apt-get install -y -qq --no-install-recommends --download-only python3-venv openssl nginx-light postgresql'
    mv "$TREES/fetched.part" "$TREES/fetched"
  fi
  fetch_wheels
}

# By Debian's own Python: which packages are needed depends on its patch level, too.
fetch_wheels() {
  local packer=$TREES/packer wanted=$TREES/wheels/requirements.txt
  ! cmp -s "$TOP/requirements.txt" "$wanted" || return 0
  if [ ! -d "$packer" ]; then
    cp -a "$TREES/fetched" "$packer.part"
    chroot "$packer.part" sh -c 'apt-get install -y -qq --no-install-recommends python3-venv && python3 -m venv /venv' >/dev/null
    mv "$packer.part" "$packer"
  fi
  cp /etc/resolv.conf "$packer/etc/"
  cp "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$packer/etc/ssl/certs/ca-certificates.crt"
  cp "$TOP/requirements.txt" "$packer/"
  chroot "$packer" env -i PATH=/usr/bin:/bin HOME=/root /venv/bin/pip download --quiet --cert /etc/ssl/certs/ca-certificates.crt --require-hashes --no-deps \
    --only-binary :all: --dest /wheels -r /requirements.txt
  rm -rf "$TREES/wheels"
  cp -r "$packer/wheels" "$TREES/wheels"
  cp "$TOP/requirements.txt" "$wanted"
}

# Boot a fresh copy: its own network, in which there is only itself.
boot_machine() {
  rm -rf "$MACHINE"
  cp -a "$TREES/fetched" "$MACHINE"
  : >"$MACHINE/etc/resolv.conf"
  cp -r "$TREES/wheels" "$MACHINE/root/wheels"
  # shellcheck disable=SC2016  # for the inner shell
  SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 unshare -m --propagation private sh -c '
    umount -R /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup
    exec systemd-nspawn -q -D "$1" --register=no --keep-unit --boot --console=pipe --resolv-conf=off --private-network' - "$MACHINE" \
    >"$TREES/console" 2>&1 </dev/null &
  NSPAWN=$!
  trap stop_machine EXIT
  local tries
  for tries in $(seq 120); do
    LEADER=$(leader)
    if [ -n "$LEADER" ] && inside systemctl is-system-running 2>/dev/null | grep -qE 'running|degraded'; then return 0; fi
    kill -0 $NSPAWN 2>/dev/null || break
    sleep 1
  done
  echo "the machine did not boot ($tries s):" >&2
  tail -20 "$TREES/console" >&2
  return 1
}

# The first process of the machine: the child of systemd-nspawn's own, which unshare became.
leader() { pgrep -P "$NSPAWN" -x systemd || pgrep -P "$NSPAWN" | head -1 || true; }

inside() { nsenter -t "$LEADER" -m -u -i -n -p -- env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"; }

stop_machine() {
  local code=$?
  trap - EXIT
  kill -TERM "$NSPAWN" 2>/dev/null && wait "$NSPAWN" 2>/dev/null
  exit $code
}

# The release as it would be fetched, in a folder of the machine.
bring_release() {
  rm -rf "${MACHINE:?}$1"
  mkdir -p "$MACHINE$1"
  git -C "$TOP" ls-files -z | tar -C "$TOP" --null -T - -cf - | tar -C "$MACHINE$1" --no-same-owner -xf -
}
