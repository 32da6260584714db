"""`manage.py migrate`, which installs the triggers: how they stood before does not keep it from doing so."""

from django.core.management.commands.migrate import Command as DjangosCommand

from accounts.models.triggers import not_judged


class Command(DjangosCommand):
    def execute(self, *args: object, **options: object) -> str | None:
        with not_judged():
            return super().execute(*args, **options)
