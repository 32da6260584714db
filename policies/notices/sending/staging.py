"""Writes down the recipients of a notice: one INSERT … SELECT, one moment, all or nothing."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.db import connections, router, transaction
from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    Expression,
    F,
    Field,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.flows.recipients import people, recipients, wants
from accounts.models import User
from policies.notices.followers.staging import follower_values, may_be_staged, meant_followers
from policies.notices.letter.composing import compose
from policies.notices.models.followers import Follower
from policies.notices.models.notices import (
    AmendmentNotice,
    Delivery,
    DeliveryState,
    IllegalTransition,
    NoticeKind,
    NoticeState,
    Reason,
)
from policies.notices.totals import counted, recount


def stage_recipients(notice: AmendmentNotice) -> bool:
    """Freeze the notice's mail and write down everybody it is for; its hold begins, or goes on.

    Safe to run twice and by two workers at once: the second finds it done. What follows another notice waits until
    all its mails have been answered, and followers wait for the people beside them: nobody is both.

    Returns:
        Whether it was done now.
    """
    with transaction.atomic():
        staging = AmendmentNotice.objects.to_stage().select_for_update(of=("self",))
        fresh = staging.filter(pk=notice.pk).first()
        if fresh is None or not _is_settled(fresh.follows) or not may_be_staged(fresh):
            return False
        values = follower_values(fresh) if fresh.is_to_followers else recipient_values(fresh)
        insert_select(Delivery, _meant(fresh), values, unique=("notice", _link(fresh)))
        message = compose(fresh).to_json()
        fresh.move_to(NoticeState.HELD, staged_at=timezone.now(), message=message, **counted(fresh))
    return True


def got(notice: AmendmentNotice | int) -> QuerySet[Delivery]:
    """Return the deliveries of a notice whose mail arrived, or may have: what was never answered counts, too."""
    arrived = Q(state=DeliveryState.SENT) | Q(state=DeliveryState.FAILED, reason=Reason.IN_DOUBT)
    return Delivery.objects.filter(arrived, notice=notice)


def _link(notice: AmendmentNotice) -> str:
    """The name of the key that leads from a delivery to whom it is for."""
    return "follower" if notice.is_to_followers else "person"


def _meant(notice: AmendmentNotice) -> QuerySet[User] | QuerySet[Follower]:
    """Everybody, or the followers; of a mail that follows another, those who got that one."""
    if notice.follows_id is None:
        return meant_followers(notice) if notice.is_to_followers else people()
    theirs = got(notice.follows_id).filter(**{_link(notice): OuterRef("pk")}).values("pk")
    everybody: QuerySet[Any] = Follower.objects.all() if notice.is_to_followers else people()
    return everybody.annotate(followed=Subquery(theirs[:1])).filter(followed__isnull=False)


def _is_settled(first: AmendmentNotice | None) -> bool:
    """Whether no worker holds a mail of it any more. Of those in the air nobody knows yet who got them."""
    return first is None or not first.deliveries.filter(state=DeliveryState.SENDING).exists()


def stage_newcomers(notice: AmendmentNotice) -> int:
    """Write down whoever has registered, and confirmed an address, since a notice was announced; each once.

    Safe to run twice and by two workers at once. A notice that was done opens again for them. Whoever was there when
    the others were written down is no newcomer, whatever became of their mail.

    Args:
        notice: one that is open to newcomers; of others, nobody is added.

    Returns:
        How many were added.
    """
    if not _newcomers(notice).exists():
        return 0
    with transaction.atomic():
        open_ones = AmendmentNotice.objects.open_to_newcomers().without_message()
        fresh = open_ones.select_for_update(of=("self",)).filter(pk=notice.pk).first()
        if fresh is None:
            return 0
        added = insert_select(Delivery, _newcomers(fresh), recipient_values(fresh), unique=("notice", "person"))
        recount(fresh)
        if fresh.waiting:
            with suppress(IllegalTransition):  # it was not done, or somebody else has opened it again
                fresh.move_to(NoticeState.SENDING, only_from=NoticeState.DONE)
    return added


def _newcomers(notice: AmendmentNotice) -> QuerySet[User]:
    told = Delivery.objects.filter(notice=notice.pk, person=OuterRef("pk"))
    return recipients().filter(~Exists(told), date_joined__gte=notice.created_at)


def recipient_values(notice: AmendmentNotice) -> dict[str, Expression | F]:
    """Return what a delivery of this notice holds, as expressions over `people()`."""
    no_address = Q(address=None)
    unwanted = ~wants(amendment=is_amendment(notice)) if notice.is_optional else Q(pk__in=[])
    return {
        "notice_id": Value(notice.pk),
        "person_id": F("pk"),
        "address": Coalesce("address", Value(""), output_field=CharField()),
        "name": F("display_name"),
        **({"follows": F("followed")} if notice.follows_id else {}),
        "settled_at": Case(When(no_address | unwanted, then=Value(timezone.now(), output_field=DateTimeField()))),
        "state": Case(
            When(no_address, then=Value(DeliveryState.UNREACHABLE.value)),
            When(unwanted, then=Value(DeliveryState.SKIPPED.value)),
            default=Value(DeliveryState.PENDING.value),
        ),
        "reason": Case(
            When(came_back=True, then=Value(Reason.BOUNCED.value)),
            When(no_address, then=Value(Reason.NO_ADDRESS.value)),
            When(unwanted & Q(is_kept_only=True), then=Value(Reason.RESTRICTED.value)),
            When(unwanted, then=Value(Reason.PREFERENCE.value)),
            default=Value(""),
        ),
    }


def is_amendment(notice: AmendmentNotice) -> bool:
    """Whether it is about a change; a policy's first version, and what repeats it, is an announcement only."""
    return notice.version.sequence > 1 or notice.first.kind != NoticeKind.ANNOUNCED


def insert_select(
    model: type[Model], rows: QuerySet[Model], values: Mapping[str, Expression | F], *, unique: tuple[str, ...]
) -> int:
    """Insert one row of a model for each row of a query, inside the database; what is there already stays.

    `ON CONFLICT … DO NOTHING` names its columns: SQLite's INSERT OR IGNORE would also swallow what breaks another
    rule, and lose people without a word.

    Args:
        model: of which the rows are made.
        rows: the query; it is run in no particular order.
        values: an expression over it for each attribute that is not to have its default.
        unique: the fields of the constraint by which a row is there already.

    Returns:
        How many rows were inserted.
    """
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    source = _expressions(model, values)
    # By name, since the order of columns is Django's own; prefixed, since the query's model may have the same names.
    select = rows.order_by().values(**{f"new_{field.attname}": source[field] for field in source})
    sql, params = select.query.get_compiler(connection=connection).as_sql()
    into = ", ".join(quote(str(field.column)) for field in source)
    chosen = ", ".join(quote(f"new_{field.attname}") for field in source)
    there = ", ".join(quote(_column(model, name)) for name in unique)
    with connection.cursor() as cursor:
        # WHERE true: SQLite would read ON as a join's.
        cursor.execute(
            f"INSERT INTO {quote(model._meta.db_table)} ({into}) SELECT {chosen} FROM ({sql}) AS fresh "
            f"WHERE true ON CONFLICT ({there}) DO NOTHING",
            params,
        )
        return cursor.rowcount


def _column(model: type[Model], name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101
    return str(field.column)


def _expressions(
    model: type[Model], values: Mapping[str, Expression | F]
) -> dict["Field[object, object]", Expression | F]:
    """Return an expression for each column; those left to NULL are left out, as PostgreSQL cannot type a bare one."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    given = {field: values[field.attname] for field in fields if field.attname in values}
    defaults = {field: field.get_default() for field in fields if field.attname not in values}
    return given | {field: Value(it, output_field=field) for field, it in defaults.items() if it is not None}
