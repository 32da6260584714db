#!/bin/sh
# PostgreSQL for Plum alone: the database and its owner are both called plum. DATABASE_PASSWORD counts the first time.
set -eu
BIN=/usr/lib/postgresql/15/bin
if [ ! -s /data/PG_VERSION ]; then
  password=$(mktemp)
  printf '%s' "${DATABASE_PASSWORD:?is needed}" >"$password"
  "$BIN/initdb" --pgdata /data --username plum --pwfile "$password" --auth-local trust --auth-host scram-sha-256 \
    --encoding UTF8 --locale C.UTF-8 >/dev/null
  rm "$password"
  echo "host all all all scram-sha-256" >>/data/pg_hba.conf
  "$BIN/pg_ctl" --pgdata /data --options "-c listen_addresses='' -c unix_socket_directories=/tmp" --wait --silent start >/dev/null
  "$BIN/createdb" --host /tmp --username plum plum
  "$BIN/pg_ctl" --pgdata /data --wait --silent stop
fi
exec "$BIN/postgres" -D /data -c listen_addresses='*' -c unix_socket_directories=/tmp
