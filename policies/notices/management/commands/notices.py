"""`manage.py notices`: lists the amendment notices and steers one."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from accounts.values.mail_address import AddressRefused
from policies.notices import steering
from policies.notices.following import NothingSaid, correct
from policies.notices.forecasting import forecast, how_many
from policies.notices.models import AmendmentNotice
from policies.notices.models.notices import IllegalTransition
from policies.notices.sending.trying import TrialFailed, try_out
from policies.notices.steering import Deed, objection

DEEDS = {"stop": Deed.STOP, "pause": Deed.PAUSE, "resume": Deed.RESUME, "retry-failed": Deed.RETRY,
         "correct": Deed.CORRECT}  # fmt: skip


class Command(BaseCommand):
    help = "Lists the amendment notices, or stops, pauses, resumes, retries, corrects or tests one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Give each action a subcommand, with a reason for those that hold a notice up and an address for the test."""
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        actions.add_parser("list", help="Show all notices, the newest first, and where they stand.")
        for action, words in {
            "stop": "End it for good. Who was not written to yet is not.",
            "pause": "Send nothing more until it is resumed.",
            "resume": "Go on after a pause.",
            "retry-failed": "Try those that failed once more.",
            "correct": "Write once more to those who got it, in the same thread.",
            "test": "Send the mail to one address, and count nothing.",
        }.items():
            one = actions.add_parser(action, help=words)
            one.add_argument("notice", type=int, metavar="N")
            if action in {"stop", "pause"}:
                one.add_argument("--because", default="", help="The reason, for those who look later.")
            if action == "correct":
                one.add_argument("--words", required=True, help="What was wrong, and what is right.")
            if action == "test":
                one.add_argument("address")

    def handle(self, *args: object, action: str, notice: int = 0, **options: object) -> None:
        """List the notices, or do to one what the action says.

        Raises:
            CommandError: there is no such notice, it cannot be done now or without a reason, or a test mail failed.
        """
        if action == "list":
            self._list()
            return
        chosen = AmendmentNotice.objects.select_related("version").filter(pk=notice).first()
        if chosen is None:
            raise CommandError(f"There is no notice {notice}. `manage.py notices list` shows them.")
        try:
            self.stdout.write(getattr(self, f"_{action.replace('-', '_')}")(chosen, **options))
        except IllegalTransition as refusal:
            chosen.refresh_from_db()
            raise CommandError(f"{forecast(chosen)} {objection(chosen, DEEDS[action]) or refusal}") from refusal
        except (AddressRefused, NothingSaid, TrialFailed) as refusal:
            raise CommandError(str(refusal)) from refusal
        chosen.refresh_from_db()
        self.stdout.write(forecast(chosen))

    def _list(self) -> None:
        notices = AmendmentNotice.objects.without_message().select_related("version")
        for notice in notices:
            self.stdout.write(forecast(notice))
        if not notices:
            self.stdout.write("There is no notice yet. Announcing an amendment makes one.")

    def _stop(self, notice: AmendmentNotice, *, because: str, **_: object) -> str:
        if not because.strip():
            raise CommandError("Say why it is stopped: --because “…”.")
        steering.stop(notice, because=because.strip())
        return "Stopped. What was sent stays sent."

    def _pause(self, notice: AmendmentNotice, *, because: str, **_: object) -> str:
        steering.pause(notice, because=because.strip())
        return f"Paused. `manage.py notices resume {notice.pk}` goes on."

    def _resume(self, notice: AmendmentNotice, **_: object) -> str:
        steering.resume(notice)
        return "Resumed."

    def _retry_failed(self, notice: AmendmentNotice, **_: object) -> str:
        again = steering.retry_failed(notice)
        return f"{how_many(again)} will be tried again." if again else str(steering.NOBODY_FAILED)

    def _correct(self, notice: AmendmentNotice, *, words: str, **_: object) -> str:
        following = correct(notice, words)
        return f"Notice {following.pk} corrects it; {how_many(notice.sent)} got the first."

    def _test(self, notice: AmendmentNotice, *, address: str, **_: object) -> str:
        try_out(notice, address)
        return f"Sent to {address}. Nobody else was written to, and nothing was counted."
