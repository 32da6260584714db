"""Hears what allauth, Django and the second factor say, and passes each on to one rule."""

from allauth.account import signals as allauth_signals
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth import signals as auth_signals
from django.db.models.signals import pre_save
from django.dispatch import Signal, receiver
from django.http import HttpRequest
from django.utils import timezone
from django_otp.models import Device

from accounts.flows import sessions
from accounts.flows.addresses import mark_working
from accounts.flows.origins import origin_of, rough_device, rough_network
from accounts.flows.profile import record_changes
from accounts.flows.security_events import record_event
from accounts.flows.undo_mails import remember_mail
from accounts.models import SecurityEvent, User
from accounts.second_factor import signals as factor_signals
from accounts.second_factor.confirmation import count_sign_in
from accounts.second_factor.ending_sessions import end_sessions, renew_key

Kind = SecurityEvent.Kind


@receiver(auth_signals.user_logged_in)
def on_signed_in(request: HttpRequest, user: User, **kwargs: object) -> None:
    sessions.begin(request.session, timezone.now())
    record_event(Kind.SIGNED_IN, user, origin_of(request))


@receiver(allauth_signals.user_logged_in)
def on_sign_in_finished(request: HttpRequest, user: User, **kwargs: object) -> None:
    count_sign_in(request, user)


@receiver(auth_signals.user_logged_out)
def on_signed_out(request: HttpRequest, user: User | None, **kwargs: object) -> None:
    if user:
        record_event(Kind.SIGNED_OUT, user, origin_of(request))


@receiver(auth_signals.user_login_failed)
def on_password_refused(credentials: dict[str, str], request: HttpRequest | None = None, **kwargs: object) -> None:
    people, address = get_user_model()._default_manager, User.objects.normalize_email(credentials.get("email"))
    record_event(Kind.PASSWORD_REFUSED, people.filter(email=address).first(), origin_of(request))


@receiver(allauth_signals.login_code_rejected)
def on_mailed_code_refused(request: HttpRequest, user: User, **kwargs: object) -> None:
    record_event(Kind.MAILED_CODE_REFUSED, user, origin_of(request))


@receiver(allauth_signals.user_signed_up)
def on_signed_up(request: HttpRequest, user: User, **kwargs: object) -> None:
    record_event(Kind.SIGNED_UP, user, origin_of(request))


@receiver(allauth_signals.authentication_step_completed)
def on_identity_confirmed(request: HttpRequest, user: User, reauthenticated: bool = False, **kwargs: object) -> None:
    if reauthenticated:
        renew_key(request)
        record_event(Kind.IDENTITY_CONFIRMED, user, origin_of(request))


@receiver(allauth_signals.password_changed)
@receiver(allauth_signals.password_set)
def on_password_changed(request: HttpRequest, user: User, **kwargs: object) -> None:
    end_sessions(user, keep=request.session.session_key)
    record_event(Kind.PASSWORD_CHANGED, user, origin_of(request))


@receiver(allauth_signals.password_reset)
def on_password_reset(request: HttpRequest, user: User, **kwargs: object) -> None:
    end_sessions(user)
    record_event(Kind.PASSWORD_RESET, user, origin_of(request))


@receiver(allauth_signals.email_confirmed)
def on_address_confirmed(request: HttpRequest, email_address: EmailAddress, **kwargs: object) -> None:
    record_event(Kind.ADDRESS_CONFIRMED, email_address.user, origin_of(request))
    mark_working(email_address.user)


@receiver(allauth_signals.email_added)
def on_address_change_asked(request: HttpRequest, user: User, **kwargs: object) -> None:
    record_event(Kind.ADDRESS_CHANGE_ASKED, user, origin_of(request))


@receiver(allauth_signals.email_changed)
def on_address_changed(
    request: HttpRequest,
    user: User,
    from_email_address: EmailAddress | None,
    to_email_address: EmailAddress,
    **kwargs: object,
) -> None:
    """Write down that a person changed their address, but not that their first one was confirmed."""
    if from_email_address is None:  # the first one was confirmed
        return
    old, new = from_email_address.email, to_email_address.email
    for change in record_changes(user, {"email": old}, {"email": new}, by=user):
        remember_mail(change)
    record_event(Kind.ADDRESS_CHANGED, user, origin_of(request))


HAPPENED = {
    factor_signals.factor_given: Kind.FACTOR_GIVEN,
    factor_signals.factor_refused: Kind.FACTOR_REFUSED,
    factor_signals.recovery_code_used: Kind.RECOVERY_CODE_USED,
    factor_signals.factor_added: Kind.FACTOR_ADDED,
    factor_signals.factor_renamed: Kind.FACTOR_RENAMED,
    factor_signals.factor_removed: Kind.FACTOR_REMOVED,
    factor_signals.recovery_codes_made: Kind.RECOVERY_CODES_MADE,
}


@receiver(list(HAPPENED))
def on_factor(signal: Signal, request: HttpRequest, user: User, device: Device | None = None, **kwargs: object) -> None:
    record_event(HAPPENED[signal], user, origin_of(request), detail=getattr(device, "name", ""))


@receiver(pre_save, sender=UserSession)
def keep_only_the_rough_origin(instance: UserSession, **kwargs: object) -> None:
    """The list of signed-in devices needs no more than the security log."""
    network = rough_network(instance.ip)
    instance.ip = network.partition("/")[0] or instance.ip
    if "/" in instance.user_agent:
        instance.user_agent = rough_device(instance.user_agent)
