#!/bin/bash
# Installs Plum on Debian 12 or newer, and upgrades it when run again from a newer release. `deploy/install.sh --help` says how.
set -Eeuo pipefail

usage() {
  cat <<'HELP'
deploy/install.sh --host www.example.org --email-url smtp+tls://user:password@mail.example.org:587 \
                  --name "Acme Dental Ltd" --administrator you@example.org

Run it as root, from the folder of a release. What is there stays: run it again to go on, or from a newer release to upgrade.

  --host NAME             by which people reach the site (the first time)
  --email-url URL         the mail server (the first time)
  --name NAME             of the organisation; --address "1 High Street, Leeds" and --contact office@example.org go with it
  --administrator EMAIL   who signs in first; the link to choose a password is printed at the end
  --database-url URL      a database of yours; PostgreSQL on this machine otherwise
  --certificate FILE --key FILE   for TLS; one that signs itself otherwise, until you bring a better one
  --without-nginx         you bring your own proxy; Plum listens at the socket /run/plum/web.sock
  --wheels FOLDER         Python packages that were fetched before, for a machine without the internet
  --restore BACKUP        begin with a backup's folder instead of an empty site. Its settings are taken where they hold the key;
                          put yours to /etc/plum/plum.env before otherwise. --old-ledger: see deploy/restore --help
  --check                 say what is missing and what would be done, and change nothing
HELP
}

PLUM=/opt/plum
ENV=/etc/plum/plum.env
VAR=/var/lib/plum
SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VERSION=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$SOURCE/pyproject.toml" 2>/dev/null | head -1 || true)
RELEASE=$PLUM/releases/$(date -u +%Y%m%dT%H%M%SZ)-${VERSION:-unknown}
MOST_RELEASES=2 # beside the one in use
CODE=(accounts deploy docs home plum policies templates manage.py requirements.txt pyproject.toml CHANGELOG.md LICENSE)
UNITS=(plum.target plum-worker@1.service plum-housekeeping.service plum-verify.timer plum-backup.timer)

HOST='' EMAIL_URL='' NAME='' ADDRESS='' CONTACT='' ADMINISTRATOR='' DATABASE_URL='' CERTIFICATE='' KEY='' WHEELS='' RESTORE=''
NGINX=yes CHECK='' OLD_LEDGER='' BEFORE=''

read_arguments() {
  while [ $# -gt 0 ]; do
    case $1 in
      --help) usage; exit ;;
      --check) CHECK=yes; shift; continue ;;
      --without-nginx) NGINX=; shift; continue ;;
      --old-ledger) OLD_LEDGER=--old-ledger; shift; continue ;;
    esac
    [ $# -gt 1 ] || { echo "$1 is not known, or lacks its value. See deploy/install.sh --help" >&2; exit 2; }
    case $1 in
      --host) HOST=$2 ;;
      --email-url) EMAIL_URL=$2 ;;
      --name) NAME=$2 ;;
      --address) ADDRESS=$2 ;;
      --contact) CONTACT=$2 ;;
      --administrator) ADMINISTRATOR=$2 ;;
      --database-url) DATABASE_URL=$2 ;;
      --certificate) CERTIFICATE=$2 ;;
      --key) KEY=$2 ;;
      --wheels) WHEELS=$2 ;;
      --restore) RESTORE=$2 ;;
      *) echo "$1 is not known. See deploy/install.sh --help" >&2; exit 2 ;;
    esac
    shift 2
  done
}

say() { printf '%s\n' "$@"; }
is_upgrade() { [ -L $PLUM/current ]; }
# The settings that are there, or come with a backup.
settings_there() { if [ -e $ENV ]; then echo $ENV; elif [ -n "$RESTORE" ]; then echo "$RESTORE/plum.env"; fi; }
setting() { sed -n "s/^$1=//p" "$(settings_there)" | tail -1; }
listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
installed() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }
as_plum() { runuser -u plum -- env HOME=$VAR sh -c 'umask 027; cd /; exec "$@"' - "$@"; }

# What was begun, to be taken back in reverse when something fails.
UNDO=()
begun() { UNDO+=("$1"); }

take_back() {
  local code=$1 index
  trap - EXIT ERR
  [ "$code" -ne 0 ] || return 0
  [ ${#UNDO[@]} -gt 0 ] || exit "$code"
  say "" "It failed, so what was begun is taken back:" >&2
  for ((index = ${#UNDO[@]} - 1; index >= 0; index--)); do
    say "  ${UNDO[index]}" >&2
    eval "${UNDO[index]}" || say "    could not be done" >&2
  done
  say "Debian's packages stay. Mend what stands above and run it again." >&2
  exit "$code"
}

# --- before anything is changed

problems() {
  local part port
  [ "$(id -u)" = 0 ] || echo "It has to be run as root."
  [ -d /run/systemd/system ] || echo "systemd does not run here. In containers, use deploy/container."
  command -v apt-get >/dev/null || echo "There is no apt-get: this is no Debian. docs/operations.md says what is needed."
  for part in "${CODE[@]}"; do [ -e "$SOURCE/$part" ] || echo "$SOURCE/$part is missing: this is no whole release."; done
  if [ -n "$RESTORE" ]; then problems_of_restoring; fi
  if [ -z "$(settings_there)" ]; then
    [[ $HOST =~ ^[a-z0-9.-]+\.[a-z0-9-]+$ ]] || echo "--host is needed, such as www.example.org"
    [[ $EMAIL_URL == *://* ]] || echo "--email-url is needed, such as smtp+tls://user:password@mail.example.org:587"
  fi
  if ! is_upgrade; then
    for port in ${NGINX:+443}; do ! listens "$port" || echo "Something listens on port $port already."; done
    if [ -n "$NGINX" ] && ! installed nginx-light && ! installed nginx && listens 80; then
      echo "Something other than nginx listens on port 80. Stop it, or use --without-nginx."
    fi
  fi
  [ -z "$CERTIFICATE$KEY" ] || { [ -r "$CERTIFICATE" ] && [ -r "$KEY" ]; } || echo "--certificate and --key: two files are needed."
  [ -z "$WHEELS" ] || [ -d "$WHEELS" ] || echo "$WHEELS is no folder."
  [ "$(df --output=avail -m /opt | tail -1)" -ge 1500 ] || echo "Less than 1.5 GB are free under /opt."
  [ "$(awk '/MemTotal/ {print $2}' /proc/meminfo)" -ge 900000 ] || echo "Less than 1 GB of memory."
}

problems_of_restoring() {
  ! is_upgrade || echo "A site is installed here. --restore is for a machine without one; see deploy/restore for its database."
  [ -e "$RESTORE/SHA256SUMS" ] || echo "$RESTORE is no whole backup."
  [ -e "$ENV" ] || grep -qs "^SECRET_KEY=" "$RESTORE/plum.env" ||
    echo "The backup was made without the key: put the settings of the site, with its SECRET_KEY, to $ENV first."
  local ledger
  ledger=$(setting ERASURE_LEDGER)
  [ -n "$OLD_LEDGER" ] || [ ! -e "$RESTORE/erasures.jsonl" ] || [[ $ledger == postgres* ]] || [ -e "${ledger:-$VAR/erasures.jsonl}" ] ||
    echo "There is no ledger of erasures at ${ledger:-$VAR/erasures.jsonl}. Put its newest copy there, or say --old-ledger to take the backup's: whoever was erased after it will be back."
}

packages() {
  echo python3-venv ca-certificates openssl
  [ -z "$NGINX" ] || installed nginx || echo nginx-light
  [ -z "$(settings_there)" ] || DATABASE_URL=$(setting DATABASE_URL)
  case $DATABASE_URL in
    '' | postgres:///*) echo postgresql ;;
    postgres*) echo postgresql-client ;;
  esac
  [ -z "$(settings_there)" ] || case $(setting CACHE_URL) in redis://localhost* | redis://127.0.0.1*) echo redis-server ;; esac
}

missing_packages() {
  local package
  for package in $(packages); do installed "$package" || echo "$package"; done
}

look() {
  local found
  found=$(problems)
  if [ -n "$found" ]; then
    say "This stands in the way:" >&2
    say "  - ${found//$'\n'/$'\n'  - }" >&2
    exit 1
  fi
  [ -n "$CHECK" ] || return 0
  say "Nothing stands in the way. To be done:"
  found=$(missing_packages | xargs)
  say "  - Debian's packages: ${found:-none are missing}"
  if is_upgrade; then say "  - an upgrade of $(readlink -f $PLUM/current) to $RELEASE, after a backup; $ENV stays"
  elif [ -n "$RESTORE" ]; then say "  - the site of $RESTORE, with the settings of $(settings_there)"
  else say "  - a new site at https://$HOST: user plum, $PLUM, $ENV, $VAR, services${NGINX:+, nginx site}"; fi
  getent hosts "${HOST:-$(setting ALLOWED_HOSTS)}" >/dev/null || say "Note: the name of the site leads nowhere yet, seen from here."
}

# --- the steps

install_packages() {
  local missing
  missing=$(missing_packages | xargs)
  [ -n "$missing" ] || return 0
  say "Debian's packages: $missing"
  apt-get update -qq || true # without the internet, what was fetched before is taken
  # shellcheck disable=SC2086  # several words
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

make_user_and_folders() {
  if ! getent passwd plum >/dev/null; then
    useradd --system --user-group --home-dir $VAR --no-create-home --shell /usr/sbin/nologin plum
    begun "userdel plum"
  fi
  local folder
  for folder in /etc/plum $VAR /var/lib/plum-ledger /var/backups/plum; do [ -d "$folder" ] || begun "rm -rf $folder"; done
  install -d -m 755 $PLUM $PLUM/releases
  install -d -m 750 -o root -g plum /etc/plum
  install -d -m 750 -o plum -g plum $VAR $VAR/media $VAR/private /var/lib/plum-ledger
  install -d -m 700 -o plum -g plum /var/backups/plum
  chown -R plum:plum /var/lib/plum-ledger # a ledger that was brought here before
}

lay_release() {
  say "The release, with its Python packages: $RELEASE"
  begun "rm -rf $RELEASE"
  mkdir "$RELEASE"
  tar -C "$SOURCE" --exclude=__pycache__ -cf - "${CODE[@]}" | tar -C "$RELEASE" --no-same-owner -xf -
  python3 -m venv "$RELEASE/.venv"
  "$RELEASE/.venv/bin/pip" install --quiet --quiet --disable-pip-version-check --no-cache-dir --only-binary :all: \
    ${WHEELS:+--no-index --find-links "$WHEELS"} --require-hashes -r "$RELEASE/requirements.txt"
  # What asks for a mail service or for errors elsewhere is no part of every site: what was added by hand comes along.
  if [ -e /etc/plum/requirements.txt ]; then
    "$RELEASE/.venv/bin/pip" install --quiet --quiet --disable-pip-version-check --no-cache-dir -r /etc/plum/requirements.txt
  fi
  "$RELEASE/.venv/bin/python" -m compileall -qq "$RELEASE"/{accounts,deploy,home,plum,policies}
  chmod -R u=rwX,go=rX "$RELEASE"
  ln -s $ENV "$RELEASE/.env"
}

make_database() {
  ! is_upgrade || return 0
  [ ! -e $ENV ] || DATABASE_URL=$(setting DATABASE_URL)
  local port
  case $DATABASE_URL in
    '')
      port=$(pg_lsclusters -h | awk '$4 ~ /online/ {print $3; exit}')
      [ -n "$port" ] || { say "No PostgreSQL runs here: see pg_lsclusters" >&2; return 1; }
      DATABASE_URL=postgres:////var/run/postgresql/plum
      [ "$port" = 5432 ] || DATABASE_URL="postgres:///plum?host=/var/run/postgresql&port=$port"
      ;;
    postgres:///*port=*) port=${DATABASE_URL##*port=} ;;
    postgres:////var/run/postgresql/plum) port=5432 ;;
    *) return 0 ;; # of another machine
  esac
  as_postgres() { runuser -u postgres -- sh -c 'cd /; exec "$@"' - "$@"; }
  if ! as_postgres psql -p "$port" -Atc "SELECT 1 FROM pg_roles WHERE rolname = 'plum'" | grep -q 1; then
    as_postgres createuser -p "$port" plum
    begun "as_postgres dropuser -p $port plum"
  fi
  if ! as_postgres psql -p "$port" -Atc "SELECT 1 FROM pg_database WHERE datname = 'plum'" | grep -q 1; then
    as_postgres createdb -p "$port" -O plum -E UTF8 -T template0 --lc-collate=C.UTF-8 --lc-ctype=C.UTF-8 plum
    begun "as_postgres dropdb --force -p $port plum"
  fi
}

bring_settings() {
  [ -n "$RESTORE" ] || return 0
  if [ ! -e $ENV ]; then
    begun "rm -f $ENV"
    cp "$RESTORE/plum.env" $ENV
  fi
  chown root:plum $ENV
  chmod 640 $ENV
  RESTORED=/var/backups/plum/$(basename "$RESTORE")
  [ -e "$RESTORED" ] || cp -r "$RESTORE" "$RESTORED"
  chown -R plum:plum "$RESTORED"
}

write_settings() {
  [ ! -e "$ENV" ] || return 0
  begun "rm -f $ENV"
  install -m 640 -o root -g plum /dev/null $ENV
  local line
  while IFS= read -r line; do
    case $line in
      SITE_URL=*) line="SITE_URL=https://$HOST" ;;
      ALLOWED_HOSTS=*) line="ALLOWED_HOSTS=$HOST" ;;
      SECRET_KEY=*) line="SECRET_KEY=$(openssl rand -base64 48 | tr -d '\n')" ;;
      DATABASE_URL=*) line="DATABASE_URL=$DATABASE_URL" ;;
      EMAIL_URL=*) line="EMAIL_URL=$EMAIL_URL" ;;
    esac
    printf '%s\n' "$line"
  done <"$SOURCE/deploy/plum.env.example" >>$ENV
}

back_up() {
  is_upgrade || return 0
  say "A backup, before anything is changed"
  as_plum $PLUM/current/deploy/backup /var/backups/plum
}

prepare_site() {
  say "Database and static files"
  if [ -n "$RESTORE" ]; then
    as_plum "$RELEASE/deploy/restore" "$RESTORED" --without-doctor ${OLD_LEDGER:+"$OLD_LEDGER"}
  else
    as_plum "$RELEASE/manage.py" check --database default
    as_plum "$RELEASE/manage.py" migrate --verbosity 0
  fi
  # The list of built files is that of one release; the files of others stay.
  if is_upgrade; then begun "as_plum $(readlink $PLUM/current)/manage.py collectstatic --noinput --verbosity 0"; fi
  as_plum "$RELEASE/manage.py" collectstatic --noinput --verbosity 0
}

switch_release() {
  BEFORE=$(readlink $PLUM/current || true)
  ln -sfn "$RELEASE" $PLUM/current.new
  mv -T $PLUM/current.new $PLUM/current
  if [ -n "$BEFORE" ]; then begun "ln -sfn $BEFORE $PLUM/current; as_plum $BEFORE/manage.py collectstatic --noinput --verbosity 0; $BEFORE/deploy/reload; systemctl restart plum-housekeeping 'plum-worker@*'"
  else begun "rm -f $PLUM/current"; fi
  cat >/usr/local/bin/plum <<'WRAPPER'
#!/bin/sh
# The site's own commands, as its own user: plum doctor, plum set_up, plum help; plum backup and plum restore.
umask 027
command=/opt/plum/current/manage.py
case ${1:-} in backup | restore) command=/opt/plum/current/deploy/$1 && shift ;; esac
exec runuser -u plum -- env HOME=/var/lib/plum "$command" "$@"
WRAPPER
  chmod 755 /usr/local/bin/plum
}

start_services() {
  say "Services"
  local fresh=yes
  [ ! -e /etc/systemd/system/plum.target ] || fresh=
  if [ -n "$fresh" ]; then
    begun "rm -rf /etc/systemd/system/plum.target /etc/systemd/system/plum-* /usr/local/bin/plum; systemctl daemon-reload"
    begun "systemctl disable --quiet --now ${UNITS[*]} plum-web@1 plum-web@2; rm -rf /run/plum"
  fi
  cp -r "$RELEASE"/deploy/systemd/. /etc/systemd/system/
  systemctl daemon-reload
  systemctl enable --quiet "${UNITS[@]}"
  systemctl start plum.target
  "$RELEASE/deploy/reload"
  systemctl restart plum-worker@1 plum-housekeeping 'plum-worker@*'
  systemctl start plum-verify.timer plum-backup.timer
}

make_certificate() {
  if [ -n "$CERTIFICATE" ]; then
    install -d -m 700 /etc/plum/tls
    install -m 600 "$CERTIFICATE" /etc/plum/tls/certificate.pem
    install -m 600 "$KEY" /etc/plum/tls/key.pem
  elif [ ! -e /etc/plum/tls/certificate.pem ]; then
    install -d -m 700 /etc/plum/tls
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 -subj "/CN=$HOST" \
      -addext "subjectAltName=DNS:$HOST" -out /etc/plum/tls/certificate.pem -keyout /etc/plum/tls/key.pem 2>/dev/null
    say "The certificate signs itself, so browsers will warn. docs/operations.md says how to get one that they know."
  fi
}

set_up_nginx() {
  [ -n "$NGINX" ] || return 0
  make_certificate
  local site=/etc/nginx/sites-available/plum.conf enabled=/etc/nginx/sites-enabled
  if [ ! -e $site ]; then
    say "The nginx site"
    begun "rm -f $site $enabled/plum.conf; systemctl reload nginx"
    sed "s/www\.example\.org/$HOST/g" "$RELEASE/deploy/nginx/plum.conf" >$site
    ln -sfn $site $enabled/plum.conf
    if [ -L $enabled/default ]; then # it claims to be the default, too
      begun "ln -s $(readlink $enabled/default) $enabled/default"
      rm $enabled/default
    fi
    install -d /var/www/plum-acme
  fi
  nginx -t -q
  systemctl reload-or-restart nginx
}

ask_a_page() {
  local at=127.0.0.1:443
  [ -n "$NGINX" ] || at=unix:/run/plum/web.sock
  "$RELEASE/.venv/bin/python" "$RELEASE/deploy/smoke.py" "https://$HOST" --at $at
}

let_in() {
  as_plum "$RELEASE/manage.py" set_up --no-input ${NAME:+--name "$NAME"} ${ADDRESS:+--address "$ADDRESS"} \
    ${CONTACT:+--email "$CONTACT"} ${ADMINISTRATOR:+--administrator "$ADMINISTRATOR"}
}

# Only what the release before brought: a unit that somebody else made is never touched.
forget_old_units() {
  local unit forgotten=''
  [ -d "$BEFORE/deploy/systemd" ] || return 0
  while read -r unit; do
    if [ -e "$RELEASE/deploy/systemd/$unit" ] || [ ! -f "/etc/systemd/system/$unit" ]; then continue; fi
    say "No longer needed: $unit"
    if [[ $unit != */* ]]; then # no drop-in
      systemctl stop "${unit/@./@*.}"
      systemctl reset-failed "${unit/@./@*.}" 2>/dev/null || true # else it is listed until the machine starts anew
      systemctl disable --quiet "$unit" 2>/dev/null || true # what a timer or another unit starts is not enabled
    fi
    rm "/etc/systemd/system/$unit"
    forgotten=yes
  done < <(find "$BEFORE/deploy/systemd" -type f -printf '%P\n')
  [ -z "$forgotten" ] || systemctl daemon-reload
}

forget_old_releases() {
  find $PLUM/releases -mindepth 1 -maxdepth 1 -type d ! -path "$RELEASE" | sort -r | tail -n +$((MOST_RELEASES + 1)) | xargs -r rm -rf
}

main() {
  read_arguments "$@"
  look
  [ -z "$CHECK" ] || return 0
  trap 'take_back $?' EXIT
  install_packages
  make_user_and_folders
  lay_release
  bring_settings
  make_database
  write_settings
  HOST=$(setting SITE_URL | sed 's|^https*://||; s|[:/].*||')
  back_up
  prepare_site
  switch_release
  start_services
  set_up_nginx
  ask_a_page
  let_in
  UNDO=()
  [ -e $VAR/last-backup ] || systemctl start plum-backup.service
  forget_old_units
  forget_old_releases
  if [ -n "$RESTORE" ]; then as_plum "$RELEASE/manage.py" doctor || true; fi
  say "" "Done. $VERSION is in use. Keep a copy of $ENV somewhere else. \`plum doctor\` says what is to do, \`plum help\` what else there is."
}

main "$@"
