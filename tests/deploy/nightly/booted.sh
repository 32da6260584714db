#!/bin/bash
# deploy/install.sh in a Debian 12 that boots: fails and takes back, installs, is asked for a page, upgrades under load,
# backs up, loses the site and restores it. As root; about five minutes, and as long again the first time.
set -euo pipefail
# shellcheck disable=SC2016  # for shells inside the machine
# shellcheck source=tests/deploy/nightly/machine.sh
. "$(dirname "$0")/machine.sh"
missing=$(lacks_tools mmdebstrap systemd-nspawn nsenter pgrep | xargs)
[ -z "$missing" ] || { echo "not found: $missing. Try: apt-get install mmdebstrap systemd-container procps"; exit 75; }

HOST=www.example.org
ARGUMENTS=(--host "$HOST" --email-url smtp://127.0.0.1:2525 --name "Acme Dental Ltd" --administrator head@acme.example --wheels /root/wheels)
fail() { echo "FAILED: $*" >&2; exit 1; }
page() { inside /opt/plum/current/.venv/bin/python /opt/plum/current/deploy/smoke.py https://$HOST --at 127.0.0.1:443; }
# What an installation leaves on a machine, apart from Debian's packages.
traces() {
  inside sh -c 'ls -d /opt/plum/current /opt/plum/releases/* /etc/plum /var/lib/plum* /var/backups/plum /usr/local/bin/plum \
    /etc/systemd/system/plum* /etc/nginx/sites-*/plum.conf 2>/dev/null; getent passwd plum
    cd /; runuser -u postgres -- psql -Atc "SELECT datname FROM pg_database WHERE datname = '\''plum'\'' UNION ALL SELECT rolname FROM pg_roles WHERE rolname = '\''plum'\''"' || true
}

say "Debian and the packages are fetched"
fetch_machine
say "the machine boots"
boot_machine
bring_release /root/plum

say "--check says what is missing, and changes nothing"
if inside /root/plum/deploy/install.sh --check; then fail "--check without a host went well"; fi
inside /root/plum/deploy/install.sh --check "${ARGUMENTS[@]}"
[ ! -e "$MACHINE/opt/plum" ] || fail "--check left something"

say "an installation that fails in the end takes back what it began"
inside sh -c 'echo nonsense >/root/no-certificate'
if inside /root/plum/deploy/install.sh "${ARGUMENTS[@]}" --certificate /root/no-certificate --key /root/no-certificate; then
  fail "it went well with a certificate that is none"
fi
left=$(traces)
[ -z "$left" ] || fail "it left: $left"

say "an installation"
began=$SECONDS
inside /root/plum/deploy/install.sh "${ARGUMENTS[@]}" | tee "$TREES/installed"
say "installed in $((SECONDS - began)) s"
grep -q "https://$HOST/account/invitation/" "$TREES/installed" || fail "no link for the administrator"
page
inside plum doctor || true # nobody has signed in yet, and mail leads nowhere
inside sh -c 'systemctl is-active plum.target plum-web@1 plum-worker@1 plum-housekeeping plum-verify.timer plum-backup.timer'
inside systemd-analyze verify /etc/systemd/system/plum-web@.service /etc/systemd/system/plum-worker@.service \
  /etc/systemd/system/plum-housekeeping.service /etc/systemd/system/plum-verify.timer /etc/systemd/system/plum-backup.timer
inside sh -c 'grep -E "^(CapEff|NoNewPrivs|Seccomp):" /proc/$(systemctl show -P MainPID plum-web@1)/status'
# What compiled code does under the same hardening: passwords, pictures, packing. The name of the unit brings it.
inside systemd-run --quiet --wait --pipe --unit=plum-try.service /opt/plum/current/.venv/bin/python manage.py shell -v 0 -c '
import io, brotli, css_inline, nh3
from PIL import Image
from django.contrib.auth.hashers import make_password
assert make_password("a long password").startswith("argon2")
for kind in ("AVIF", "JPEG", "PNG", "WEBP"):
    Image.new("RGB", (400, 300)).save(io.BytesIO(), kind)
print(len(brotli.compress(b"x" * 1000)), nh3.clean("<b>x</b>"), css_inline.inline("<p>x</p>")[:6])'
inside systemctl list-timers --no-pager plum-verify.timer plum-backup.timer
inside systemctl start plum-verify.service || { inside journalctl -u plum-verify --no-pager | tail; fail "verify_policies"; }

say "an upgrade, and a reload, while people ask for pages and send forms: each is answered by the site"
before=$(inside readlink /opt/plum/current)
inside sh -c 'cat >/root/asking.py' <<'PYTHON'
import os, sys, time
sys.path.insert(0, "/opt/plum/current/deploy")
from smoke import connection
from threading import Thread
asked, wrong = [], []
def ask(method, path, right):
    while not os.path.exists("/root/enough"):
        try:
            site = connection("www.example.org", "127.0.0.1:443")
            site.request(method, path, headers={"Host": "www.example.org"})
            status = site.getresponse().status
            site.close()
        except OSError as problem:
            status = problem
        asked.append(status)
        if status != right:
            wrong.append(status)
        time.sleep(0.05)
# Forms without a token are refused by the site: what it says is an answer.
clients = [Thread(target=ask, args=what) for what in 2 * [("GET", "/account/login/", 200), ("POST", "/account/login/", 403)]]
[client.start() for client in clients]
[client.join() for client in clients]
print(len(asked), "asked,", len(wrong), "turned away", *wrong[:3])
sys.exit(bool(wrong))
PYTHON
inside /opt/plum/current/.venv/bin/python /root/asking.py >"$TREES/asked" 2>&1 &
asking=$!
# The release in use has units that the new one has not; somebody else's stays, whatever its name.
inside sh -c '
  cat >/opt/plum/current/deploy/systemd/plum-gone@.service
  sed "s/%i/1/" /opt/plum/current/deploy/systemd/plum-gone@.service >/opt/plum/current/deploy/systemd/plum-gone.service
  printf "[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n" >/opt/plum/current/deploy/systemd/plum-gone.timer
  cp /opt/plum/current/deploy/systemd/plum-gone* /etc/systemd/system/
  cp /etc/systemd/system/plum-gone.service /etc/systemd/system/plum-theirs.service
  systemctl daemon-reload; systemctl enable --now plum-gone@1 plum-gone@two plum-gone.timer plum-theirs 2>&1' <<'UNIT'
[Service]
ExecStart=/bin/sleep 10000%i
[Install]
WantedBy=multi-user.target
UNIT
began=$SECONDS
inside /root/plum/deploy/install.sh --wheels /root/wheels
left=$(inside sh -c 'find /etc/systemd/system -name "plum-gone*"; systemctl list-units --plain --no-legend "plum-gone*"')
[ -z "$left" ] || fail "units of the release before stay: $left"
inside systemctl is-active plum-theirs || fail "somebody else's unit was touched"
say "upgraded in $((SECONDS - began)) s"
inside /opt/plum/current/deploy/reload
inside touch /root/enough
wait $asking || { cat "$TREES/asked"; fail "people were turned away"; }
cat "$TREES/asked"
[ "$before" != "$(inside readlink /opt/plum/current)" ] || fail "the release did not change"
page
# shellcheck disable=SC2016  # for the shell inside
[ "$(inside sh -c 'readlink -f /proc/$(systemctl show -P MainPID plum-web@1)/cwd')" = "$(inside readlink /opt/plum/current)" ] ||
  fail "the web server still has the release of before"

say "a backup by its unit"
inside plum shell -v 0 -c 'from django.core.files.base import ContentFile; from django.core.files.storage import storages
storages["default"].save("images/plum.txt", ContentFile(b"a picture"))'
# What asks for more open files, as rclone does, is refused and goes on.
inside sh -c 'cat >/etc/plum/backup.env; cat /etc/plum/backup.env' <<'SETTINGS'
BACKUP_THEN=(ulimit -S -n 512) 2>/dev/null; [ $? -lt 128 ] && cp -r "$1" /var/lib/plum/away
SETTINGS
inside systemctl start plum-backup.service || { inside journalctl -u plum-backup --no-pager | tail; fail "backup"; }
inside test -e /var/lib/plum/away/SHA256SUMS || fail "the command of the operator's did not run"
inside plum verify_policies
made=$(inside runuser -u plum -- env HOME=/var/lib/plum /opt/plum/current/deploy/backup /var/backups/plum --with-key)

say "only the database is lost: what docs/operations.md says, word for word"
restoring=$(sed -n '/^\*\*Only the database is lost/,/^## /s/^    //p' "$TOP/docs/operations.md" | sed "s|/var/backups/plum/plum-[^ ]*|$made|")
grep -q "plum restore $made" <<<"$restoring" || fail "docs/operations.md no longer says how"
inside sh -c 'cd /; runuser -u postgres -- dropdb --force plum'
began=$SECONDS
inside bash -exc "$restoring" || true # the doctor ends with what is left to do: nobody has signed in yet
say "restored in $((SECONDS - began)) s"
page
inside grep -x "a picture" /var/lib/plum/media/images/plum.txt
inside plum shell -v 0 -c 'from accounts.models import User; print(User.objects.get().email)' | grep -x head@acme.example
inside systemctl is-active plum-web@1 plum-worker@1 plum-housekeeping
inside plum verify_policies

release=$(find "$TOP/tests/released" -mindepth 1 -maxdepth 1 -type d | sort -V | tail -1)
say "an upgrade of a site that has the database of $(basename "$release")"
inside systemctl stop plum.target
inside sh -c 'cd /; runuser -u postgres -- dropdb --force plum; runuser -u postgres -- createdb -O plum -E UTF8 -T template0 plum'
gzip -dc "$release/demo.sql.gz" | inside sh -c 'cd /; runuser -u plum -- psql -q --set ON_ERROR_STOP=1 --single-transaction plum' >/dev/null
began=$SECONDS
inside /root/plum/deploy/install.sh --wheels /root/wheels
say "upgraded in $((SECONDS - began)) s"
inside /opt/plum/current/.venv/bin/python -c "
import sys; sys.path.insert(0, '/opt/plum/current/deploy')
from smoke import connection
site = connection('$HOST', '127.0.0.1:443'); site.request('GET', '/policies/privacy/', headers={'Host': '$HOST'})
sys.stdout.write(site.getresponse().read().decode())" >"$TREES/policy"
grep -q "Version" "$TREES/policy" || fail "no policy of the released site"
inside plum verify_policies

say "the machine is lost, and another one is given the backup"
rm -rf "$TREES/saved"
cp -r "$MACHINE$made" "$TREES/saved"
kill -TERM "$NSPAWN"; wait "$NSPAWN" || true
boot_machine
bring_release /root/plum
cp -r "$TREES/saved" "$MACHINE/root/$(basename "$made")"
began=$SECONDS
inside /root/plum/deploy/install.sh --restore "/root/$(basename "$made")" --wheels /root/wheels
say "restored in $((SECONDS - began)) s"
page
inside grep -x "a picture" /var/lib/plum/media/images/plum.txt
inside plum shell -v 0 -c 'from accounts.models import User; print(User.objects.get().email)' | grep -x head@acme.example
say "all of it went well"
