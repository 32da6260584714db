"""People and what they do in a browser: fill in forms, and open their mail."""

import re
import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from django.core import mail
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import User

PASSWORD = "horse lamp river 74"
NEW_PASSWORD = "violin cloud 9 basket"


def a_person(email: str = "ann@example.org", *, verified: bool = True, **fields) -> User:
    """Somebody with an account; their address is confirmed unless said otherwise."""
    person = User.objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=verified)
    return person


def an_editor(email: str = "edith@example.org", **fields) -> User:
    return a_person(email, is_superuser=True, first_name="Edith", last_name="Editor", **fields)


def an_app(person: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=person, name="My phone", confirmed=True, tolerance=0)


def code_of(device: TOTPDevice) -> str:
    """The code that the app shows now, even if the step was used already. Not one that runs out on the way."""
    if (left := device.step - time.time() % device.step) < 2:
        time.sleep(left)
    TOTPDevice.objects.filter(pk=device.pk).update(last_t=-1)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    return str(totp.token()).zfill(device.digits)


def sign_in(client, email: str = "ann@example.org", password: str = PASSWORD, **extra):
    return client.post("/account/login/", {"login": email, "password": password}, **extra)


def confirm_identity(client, password: str = PASSWORD, **fields):
    return client.post("/account/reauthenticate/", {"password": password} | fields)


def a_while_later(client):
    """What was confirmed in this browser, by signing in or otherwise, does not count any more."""
    session = client.session
    for record in session.get(AUTHENTICATION_METHODS_SESSION_KEY, ()):
        record.pop("reauthenticated", None)
    session.save()
    return client


def mails_to(address: str):
    return [message for message in mail.outbox if message.to == [address]]


def link_in(message) -> str:
    """The path of the first address in a mail that leads deeper than the home page."""
    return re.search(r"https://testserver(/account/\S+)", message.body)[1]


def text_of(response) -> str:
    """What a page says, without its tags and scripts."""
    html = response.content.decode()
    body = html[html.index("<main") :] if "<main" in html else html
    body = re.sub(r"<script.*?</script>", " ", body, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())
