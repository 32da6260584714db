#!/bin/sh
# Django's own check of a deployment, with settings as a deployer gives them. Usage: check_deploy.sh PYTHON
set -eu
export DJANGO_SETTINGS_MODULE=plum.settings.production
export SECRET_KEY="only-for-this-check-0123456789abcdefghijklmnopqrstuvwxyz"
export ALLOWED_HOSTS=www.example.org SITE_URL=https://www.example.org EMAIL_URL=smtp+tls://user:password@mail.example.org:587
export DATABASE_URL=sqlite:///:memory:
exec "$1" manage.py check --deploy --fail-level WARNING
