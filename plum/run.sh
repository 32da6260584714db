#!/bin/sh
# Serves the site, the worker and the housekeeping on one machine; stops all when one ends. Usage: run.sh HOST PORT
set -eu
HOST=$1 PORT=$2
BIN=.venv/bin
# Browsers know passkeys by a name, so this machine is called by its own.
NAME=$([ "$HOST" = 127.0.0.1 ] && echo localhost || echo "$HOST")
export SITE_URL="${SITE_URL:-http://$NAME:$PORT}"

"$BIN/python" - "$HOST" "$PORT" <<'PYTHON' || exit 1
import socket, sys
# granian shares its port with whoever asks: a second server would start without a word.
try:
    socket.create_server((sys.argv[1], int(sys.argv[2]))).close()
except OSError:
    sys.exit(f"Port {sys.argv[2]} is in use. Stop what runs there, or: make run PORT={int(sys.argv[2]) + 1}")
PYTHON

echo "Making the database and the demo site: half a minute the first time …"
"$BIN/python" manage.py migrate --verbosity 0
"$BIN/python" manage.py demo

"$BIN/python" manage.py db_worker --backend work --no-reload --no-startup-delay --interval 1 --verbosity 0 & worker=$!
"$BIN/python" manage.py housekeeping --every 60 --verbosity 0 & housekeeping=$!
GRANIAN_BLOCKING_THREADS=4 "$BIN/granian" --interface wsgi --host "$HOST" --port "$PORT" --workers 1 \
  --no-ws --log-level warning plum.wsgi:application & web=$!
trap 'trap "" INT TERM; kill -TERM $web $worker $housekeeping 2>/dev/null; wait; exit 0' INT TERM

"$BIN/python" - "$SITE_URL" <<'PYTHON'
import sys, time, urllib.request
for _ in range(150):
    try:
        urllib.request.urlopen(sys.argv[1] + "/healthz", timeout=1)
        break
    except OSError:
        time.sleep(0.2)
print(f"\nPlum runs at {sys.argv[1]}/ and its CMS at {sys.argv[1]}/cms/ - Ctrl-C stops it.\n")
PYTHON

while kill -0 $web 2>/dev/null && kill -0 $worker 2>/dev/null && kill -0 $housekeeping 2>/dev/null; do sleep 1; done
kill -TERM $web $worker $housekeeping 2>/dev/null || true
wait
echo "One part ended, so all were stopped." >&2
exit 1
