#!/bin/sh
# Runs allauth's own tests of accounts and sessions against our hooks. Usage: run.sh PYTHON. Ends with 75 if they
# cannot be fetched.
set -eu
python=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
work=$top/var/allauth-suite
pinned=$(sed -n '/^django-allauth==/,/[^\\]$/p' "$top/requirements.txt")
version=$(echo "$pinned" | sed -n 's/^django-allauth==\([^ ]*\).*/\1/p')

mkdir -p "$work"
archive=$work/django_allauth-$version.tar.gz
if [ ! -f "$archive" ]; then
  # The tests are in the source distribution only. Its hash is among those that requirements.txt pins.
  echo "$pinned" > "$work/pinned.txt"
  "$python" -m pip download --quiet --disable-pip-version-check --no-deps --no-binary django-allauth \
    --require-hashes --dest "$work" -r "$work/pinned.txt" || exit 75
fi
rm -rf "$work/unpacked"
mkdir "$work/unpacked"
tar -xzf "$archive" -C "$work/unpacked" --strip-components 1 "django_allauth-$version/tests"

cd "$work/unpacked"
export DJANGO_SETTINGS_MODULE=suite_settings PYTHONPATH="$work/unpacked:$here:$top"
exec "$python" -m pytest -c /dev/null --rootdir . -p suite_plugin -p no:randomly -p no:playwright -p no:cacheprovider \
  -q --nomigrations tests/apps/account tests/apps/usersessions
