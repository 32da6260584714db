"""`manage.py reapply_erasures`: after restoring a backup, erases again everybody who had been erased."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from accounts.flows.reapplying import Reapplied, reapply
from accounts.models import ClosingRequest
from accounts.personal_data import ledger
from accounts.personal_data.ledger_places import place
from accounts.rights.models import ErasureReceipt


class Command(BaseCommand):
    help = "After a restored backup: checks the erasure ledger, and erases again whom the backup has brought back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only count.")

    def handle(self, *args: object, dry_run: bool, **options: object) -> None:
        """Check the ledger, and erase again whom the backup has brought back; with --dry-run, only count them.

        Raises:
            CommandError: the ledger is damaged or not there though it should be, or somebody could not be erased again.
        """
        try:
            if place().read() is None:
                self._do_without()
                return
            found = reapply(dry_run)
        except OSError as error:
            raise CommandError(f"The ledger cannot be read: {error} Nothing was done.") from error
        except ledger.Damaged as error:
            raise CommandError(f"{error} Put a copy of the ledger back and try again. Nothing was done.") from error
        self._tell(found, dry_run)
        if found.failed:
            raise CommandError(f"{found.failed} could not be erased again. The log says at which step. Try again.")

    def _do_without(self) -> None:
        """A site that never erased anybody has no ledger.

        Raises:
            CommandError: this database shows that there was one, or may have been.
        """
        closed = ClosingRequest.objects.exclude(state=ClosingRequest.State.TAKEN_BACK)
        if closed.exists() or ErasureReceipt.objects.exists():
            raise CommandError(
                f"There is no ledger at {place()}, but this database knows of accounts that were closed or were "
                "going to be. Put the ledger back there or set ERASURE_LEDGER to where it is, and try again. Nothing "
                "was done."
            )
        self.stdout.write(
            f"There is no ledger at {place()}, and this database knows of no closed account: nobody is to be "
            "erased again. If somebody was erased after the backup was made, put the ledger back and run this again."
        )

    def _tell(self, found: Reapplied, dry_run: bool) -> None:
        again = "are here again and would be erased" if dry_run else "were here again and are erased"
        self.stdout.write(f"The ledger is whole. {found.again} {again}, {found.gone} are gone.")
        if found.somebody_else:
            self.stdout.write(f"{found.somebody_else} numbers belong to somebody else now, who was left alone.")
