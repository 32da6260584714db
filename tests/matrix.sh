#!/bin/sh
# Runs the tests on SQLite with each Python and Wagtail that is promised, each pair in an environment of its own under
# .venv-matrix/. Says what it skipped. Usage: [PYTHONS="3.11 3.13"] [WAGTAILS="pinned newest"] matrix.sh [PYTEST ARGUMENTS]
set -u
PYTHONS="${PYTHONS:-3.11 3.13}"
WAGTAILS="${WAGTAILS:-pinned newest}"
export DJANGO_SETTINGS_MODULE=plum.settings.test

find_python() {
  for python in "python$1" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/python; do
    if "$python" -c "import sys; sys.exit(sys.version_info[:2] != tuple(map(int, '$1'.split('.'))))" 2>/dev/null; then
      echo "$python"
      return
    fi
  done
}

install() {
  "$1/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt || return 1
  if [ "$2" = newest ]; then
    "$1/bin/pip" install --quiet --disable-pip-version-check --upgrade "wagtail" "django>=5.2,<5.3" || return 1
  fi
}

said="" status=0
for version in $PYTHONS; do
  python=$(find_python "$version")
  if [ -z "$python" ]; then
    said="$said\nSKIPPED Python $version: it is not on this machine."
    [ -n "${NOTHING_SKIPPED:-}" ] && status=1
    continue
  fi
  for wagtail in $WAGTAILS; do
    place=".venv-matrix/python$version-wagtail-$wagtail"
    { [ -x "$place/bin/python" ] || "$python" -m venv "$place"; } && install "$place" "$wagtail"
    if [ $? -ne 0 ]; then
      said="$said\nFAILED  Python $version, Wagtail $wagtail: it cannot be installed." status=1
      continue
    fi
    what=$("$place/bin/python" -c "import sys, django, wagtail; print('Python', sys.version.split()[0] + ', Django', django.__version__ + ', Wagtail', wagtail.__version__)")
    echo "$what"
    if "$place/bin/pytest" "$@"; then said="$said\nPASSED  $what"; else said="$said\nFAILED  $what" status=1; fi
  done
done
printf "$said\n"
exit $status
