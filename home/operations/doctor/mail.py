"""The mail server of single mails: whether it lets us in, and what the domain of the sender has to say in DNS."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from accounts.examining import Finding, not_asked, to_do, well
from accounts.values.organisation import organisation

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def look_at_server() -> Finding:
    """Log in; nothing is sent."""
    if settings.EMAIL_BACKEND != SMTP:
        return not_asked("No mail server is set, but a mail service or a folder; a test mail tells: --mail ADDRESS.")
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with get_connection():
            pass
    except Exception as error:
        words = " ".join(str(error).split())[:300]
        return to_do(f"{server} does not let us in: {words or type(error).__name__}.", "Put EMAIL_URL right.")
    return well(f"{server} lets us in.")


def send_test_mail(address: str) -> Finding:
    """Send one mail to somebody who asked for it."""
    text = (
        f"This is the test that somebody asked for on {settings.SITE_URL}. If you read it, mail goes out.\n\n"
        "Look at its headers: Authentication-Results should say spf=pass, dkim=pass and dmarc=pass.\n"
    )
    try:
        EmailMessage("A test mail", text, organisation().from_line, [address]).send()
    except Exception as error:
        words = " ".join(str(error).split())[:300]
        return to_do(f"It was not taken: {words or type(error).__name__}.", "Put EMAIL_URL right.")
    return well("It was taken. Look whether it comes, and what its headers say of SPF, DKIM and DMARC.")


def look_at_records() -> Finding:
    """Return the records to paste. What stands in DNS is not asked: other machines may see other answers."""
    domain = organisation().from_address.rpartition("@")[2]
    server = urlsplit(f"//{getattr(settings, 'EMAIL_HOST', '')}").hostname or ""
    sends = f"a:{server}" if server not in ("", "localhost", "127.0.0.1") else f"a:{settings.ORGANISATION_DOMAIN}"
    lines = (
        f'{domain}.  TXT  "v=spf1 mx {sends} -all"',
        f'mail._domainkey.{domain}.  TXT  "v=DKIM1; k=rsa; p=…"  (your mail server shows key and name)',
        f'_dmarc.{domain}.  TXT  "v=DMARC1; p=quarantine; rua=mailto:postmaster@{domain}"',
    )
    return well(f"Mail comes from {domain}. Its records should say:", "\n".join(lines))
