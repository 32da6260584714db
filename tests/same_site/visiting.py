"""A person at a browser: opens addresses, fills forms in, signs in, follows every link. Each answer is recorded."""

import hashlib
import io
import re
import time
import zipfile
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.test import Client
from django_otp.oath import TOTP

from .recording import Recorder

HOST = "127.0.0.1:8000"
TEXTUAL = re.compile(r"^(text/|message/|image/svg)|json|/xml|\+xml|javascript")
# Of an archive the members count: when they were put in is not part of what the site says.
ARCHIVE = b"PK"
# Links that end a session, and lists that are the same rows in another order.
NOT_FOLLOWED = re.compile(
    r"/logout/|/cms/.*[?&]next=|[?&](ordering|p|p_index|order_by|_|layout)=|/cms/sprite|/cms/jsi18n|/dev/mail"
)
MOST_PAGES = 900


class Person:
    """One browser with one person in front of it; `name` says who, in the records."""

    def __init__(self, recorder: Recorder, name: str) -> None:
        self.recorder, self.name = recorder, name
        self.client = Client(raise_request_exception=False, HTTP_HOST=HOST, HTTP_USER_AGENT="Mozilla/5.0 Firefox/140.0")

    def get(self, path: str, why: str = "", **headers: str) -> Any:
        return self._ask("GET", path, why, headers=headers)

    def head(self, path: str, why: str = "", **headers: str) -> Any:
        return self._ask("HEAD", path, why, headers=headers)

    def post(self, path: str, fields: dict[str, Any], why: str = "") -> Any:
        return self._ask("POST", path, why, data=fields)

    def _ask(self, method: str, path: str, why: str, **how: Any) -> Any:
        step = f"{self.name} {method} {path} {why}".strip()
        self.recorder.world.begin(step)
        response = getattr(self.client, method.lower())(path, **how)
        # What a stream says is made while it is read.
        response.whole = b"".join(response.streaming_content) if response.streaming else response.content
        self.recorder.write(step, seen(method, path, response, how.get("headers")))
        if response.whole.startswith(ARCHIVE):
            self._unzip(step, response.whole)
        return response

    def _unzip(self, step: str, archive: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            for member in opened.infolist():
                self.recorder.write(f"{step} zip {member.filename}", opened.read(member))

    def submit(self, path: str, fields: dict[str, Any], *, to: str = "", why: str = "", follow: bool = True) -> Any:
        """Open a page, fill in the form that has these fields, send it, and see the page that comes.

        Args:
            path: where the form is.
            fields: what is filled in; a list gives several values of one name.
            to: the form's own address, where the page has several with the same fields.
            why: added to the record's name.
            follow: also open the page to which the answer leads.
        """
        page = self.get(path, f"form {why}")
        if b'name="password2"' not in page.whole:  # an older checkout asks for it twice
            fields = {name: value for name, value in fields.items() if name != "password2"}
        action, filled = filled_form(page.whole, fields, to)
        answer = self.post(urljoin(path, action), filled, why)
        return self.follow(answer, why) if follow else answer

    def follow(self, answer: Any, why: str = "") -> Any:
        for _ in range(5):
            if answer.status_code not in {301, 302, 303, 307}:
                return answer
            where = urlsplit(answer["Location"])
            answer = self.get(where.path + (f"?{where.query}" if where.query else ""), f"after {why}")
        return answer

    def sign_in(self, email: str, password: str, code: str = "") -> Any:
        answer = self.submit("/account/login/", {"login": email, "password": password}, why="sign-in")
        if code:
            answer = self.submit("/account/login/second-factor/", {"otp_token": code}, why="code")
        return answer

    def look_at(self, paths: list[str], why: str) -> None:
        for path in paths:
            self.get(path, why)

    def look_at_everything(self, starts: list[str], why: str, within: tuple[str, ...] = ("/",)) -> None:
        """Open the addresses, and all that links lead to from there within some part of the site, each once."""
        waiting, known = list(starts), set(starts)
        looked = 0
        while waiting and looked < MOST_PAGES:
            path = waiting.pop(0)
            response = self.get(path, why)
            looked += 1
            if not response.get("Content-Type", "").startswith("text/html"):
                continue
            for link in links_in(response.whole, path):
                if link not in known and link.startswith(within) and may_follow(link):
                    known.add(link)
                    waiting.append(link)
        listed = [*sorted(known), f"{len(waiting)} not looked at"]
        self.recorder.write(f"addresses {self.name} {why}", "\n".join(listed) + "\n")


def may_follow(link: str) -> bool:
    return not NOT_FOLLOWED.search(link) and link.count("&") == 0


def links_in(html: bytes, base: str) -> list[str]:
    """The addresses of this site that a page names, in its own order; the CMS's menu is JSON."""
    found = [path.decode() for path in re.findall(rb'"url": "(/cms/[^"]*)"', html)]
    for element in BeautifulSoup(html, "lxml").find_all(["a", "link", "script", "img"]):
        address = str(element.get("href") or element.get("src") or "")
        parts = urlsplit(urljoin(f"http://{HOST}{base}", address))
        if address and parts.netloc == HOST:
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def filled_form(html: bytes, fields: dict[str, Any], to: str) -> tuple[str, dict[str, Any]]:
    """Return where a form goes, and what a browser sends with it."""
    forms = BeautifulSoup(html, "lxml").find_all("form")
    names = {name for name in fields if not name.startswith("+")}
    for form in forms:
        there = {str(element.get("name")) for element in form.find_all(["input", "select", "textarea", "button"])}
        if names <= there and to in str(form.get("action") or "") and str(form.get("method", "")).lower() == "post":
            given = {name.removeprefix("+"): value for name, value in fields.items()}
            return str(form.get("action") or ""), standing_values(form) | given
    raise LookupError(f"No form has {sorted(names)}: {[str(form)[:300] for form in forms]}")


def standing_values(form: Tag) -> dict[str, Any]:
    """What is in a form already: as a browser sends it, but for the buttons."""
    values: dict[str, Any] = {}
    for element in form.find_all(["input", "select", "textarea"]):
        name, kind = str(element.get("name") or ""), str(element.get("type") or "")
        if not name or kind in {"submit", "button", "file"} or element.has_attr("disabled"):
            continue
        if kind in {"radio", "checkbox"} and not element.has_attr("checked"):
            continue
        if element.name == "select":
            first = None if element.has_attr("multiple") else element.find("option")
            chosen = element.find("option", selected=True) or first
            if chosen is not None:
                values[name] = str(chosen.get("value", chosen.text))
        elif element.name == "textarea":
            values[name] = element.text.removeprefix("\n")
        else:
            values[name] = str(element.get("value") or ("on" if kind == "checkbox" else ""))
    return values


def seen(method: str, path: str, response: Any, headers: dict[str, str] | None) -> bytes:
    """An answer as it is recorded: the status, the headers in order, the body or the digest of what is no text."""
    lines = [f"{method} {path}", *(f"> {name}: {value}" for name, value in (headers or {}).items())]
    lines.append(f"{response.status_code} {response.reason_phrase}")
    lines += sorted(f"{name}: {value}" for name, value in response.items())
    lines += sorted(f"Set-Cookie: {cookie.OutputString()}" for cookie in response.cookies.values())
    body = response.whole
    if body.startswith(ARCHIVE):
        body = b"an archive"
    elif not TEXTUAL.search(response.get("Content-Type", "")) or path.startswith("/static/"):
        body = f"{len(body)} bytes, SHA-256 {hashlib.sha256(body).hexdigest()}".encode()
    return "\n".join(lines).encode() + b"\n\n" + body


def app_code(key: bytes) -> str:
    """What an authenticator app shows now."""
    totp = TOTP(key)
    totp.time = time.time()
    return str(totp.token()).zfill(6)
