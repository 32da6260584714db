"""Values of all kinds that somebody may put into an address, a query, a form or a header."""

from random import Random
from urllib.parse import quote, urlencode

NUMBERS = (
    *[
        "0",
        "1",
        "2",
        "-1",
        "+1",
        "01",
        "1e3",
        "1.0",
        "0x10",
        "2147483648",
        "9223372036854775807",
        "9223372036854775808",
        "½",
        "²",
        "٣",
        "１",
        "1_000",
        "NaN",
        "Infinity",
    ],
    "9" * 40,
    "9" * 5000,
)
DAYS = [
    "2026-11-25",
    "2026-02-30",
    "2026-13-01",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2026-1-1",
    "31/12/2026",
    "today",
    "2026-11-25T10:00",
    "-2026-01-01",
]
WORDS = (
    *[
        "privacy",
        "terms",
        "1.0",
        "2.0",
        "1.1",
        "99999999999999999999.1",
        "1.0.0",
        "abc",
        "new",
        "all",
        "None",
        "null",
        "true",
        "en-gb",
        "policies",
    ],
    *("", " ", "a" * 300, "a" * 9000, "é", "🦊", "עברית", "\x00", "a\x00b", "\r\nX-Y: z", "../../etc/passwd"),
    *("<script>alert(1)</script>", "' OR 1=1 --", '"', "\\", "{}", "[]", "{{7*7}}", "%s", "%00", "%ff%fe", "%c3%28"),
    *("%", "%zz", "a/b", "a?b", "a#b", ";", "😀" * 50, "ı", "ſ", "\u202e", "\ufeff", "I\u0307"),
)
KNOWN = {
    "slug": ("privacy", "terms"),
    "number": ("1.0", "2.0", "3.0"),
    "a": ("1.0", "2.0"),
    "b": ("2.0", "1.0"),
    "day": ("2026-11-25",),
    "app_label": ("accounts", "wagtailcore", "auth", "wagtailimages"),
    "model_name": ("user", "page", "group", "image"),
    "app_name": ("policies",),
    "action": ("delete", "publish", "assign_role", "set_active_state"),
}
QUERIES = [
    "next",
    "q",
    "p",
    "page",
    "date",
    "view",
    "id",
    "ids",
    "ordering",
    "locale",
    "from",
    "token",
    "format",
    "text",
    "child_of",
    "childOf",
    "order",
    "results",
    "_w_hydrate_create_view",
    "entity",
    "filename",
    "page_type",
    "title",
    "user",
    "timestamp_from",
    "action",
    "workflow",
    "is_active",
    "group",
    "collection_id",
    "tag",
    "parent_page_id",
    "url",
    "w_format",
    "email",
]
FIELDS = [
    *QUERIES,
    *[
        "login",
        "password",
        "password1",
        "password2",
        "code",
        "file",
        "slug",
        "otp_token",
        "otp_device",
        "first_name",
        "last_name",
        "phone",
        "postal_address",
        "groups",
        "is_superuser",
        "role",
        "mark_as_active",
        "reason",
        "note",
        "purpose",
        "choice",
        "policy_mail",
        "name",
        "permissions",
        "comments-TOTAL_FORMS",
        "sections-count",
        "preamble-count",
        "action-publish",
        "action-submit",
        "significance",
        "effective_from",
        "change_summary",
        "kind",
        "message",
        "confirm",
        "state",
        "position",
        "restriction_type",
        "document",
        "image",
        "files[]",
        "go_live_at",
        "page_permissions-TOTAL_FORMS",
        "page_permissions-INITIAL_FORMS",
        "hostname",
        "port",
        "old_path",
        "redirect_link",
        "color",
        "device_name",
        "reset",
        "link_text",
        "email_address",
        "anchor",
        "subject",
    ],
]
HEADERS = {
    "HTTP_ACCEPT": ("*/*", "application/json", "text/html;q=x", ""),
    "HTTP_ACCEPT_LANGUAGE": ("en", "xx-yy;q=9", "-" * 500, "é"),
    "HTTP_ACCEPT_DATETIME": ("Wed, 25 Nov 2026 10:00:00 GMT", "yesterday", "Wed, 99 Nov 99999 10:00:00 GMT", "1"),
    "HTTP_IF_MODIFIED_SINCE": ("Wed, 25 Nov 2026 10:00:00 GMT", "x", "Wed, 25 Nov 99999 10:00:00 GMT"),
    "HTTP_IF_NONE_MATCH": ("*", '"x"', "W/", '"' * 99),
    "HTTP_RANGE": ("bytes=0-1", "bytes=-", "x"),
    "HTTP_X_REQUESTED_WITH": ("XMLHttpRequest",),
    "HTTP_REFERER": ("https://testserver/", "javascript:1", "http://[", "é"),
    "HTTP_ORIGIN": ("null", "https://testserver", "http://["),
    "HTTP_USER_AGENT": ("", "x" * 3000, "é\x7f"),
    "HTTP_X_FORWARDED_FOR": ("1.2.3.4", "½", "::1, x", "," * 50),
    "HTTP_X_REQUEST_ID": ("x", "é" * 100),
    "HTTP_COOKIE": ("__Host-sessionid=x; __Host-csrftoken=½", "=;=;", "messages=[]", "a" * 2000),
}
JSONS = (
    *("[]", "{}", "null", "7", '"x"', "\xff", "NaN", "{", '{"id": {"$gt": 1}}', '{"email": ["x"]}'),
    *('{"a":' * 3000, "[" * 3000, "9" * 6000, '{"response": 7, "id": [], "rawId": {}, "type": null}'),
)
TYPES = (
    *("application/json", "text/plain", "image/png", "", "x" * 500, "application/x-www-form-urlencoded; charset=x"),
    *("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=½"),
)
CONTENTS = (b"", b"We respect your privacy.", b"PK\x03\x04" + b"x" * 50, b"\x89PNG\r\n\x1a\n", b"\xff\xfe")


def value(chance: Random) -> str:
    kind = chance.random()
    if kind < 0.35:
        return chance.choice(NUMBERS)
    if kind < 0.5:
        return chance.choice(DAYS)
    if kind < 0.9:
        return chance.choice(WORDS)
    return "".join(chr(chance.choice((chance.randrange(32, 127), chance.randrange(0x20, 0xD7FF)))) for _ in range(8))


def part(chance: Random, name: str) -> str:
    """A piece of an address: what may be there, rubbish in code, or rubbish as it is."""
    kind = chance.random()
    if kind < 0.55:
        return quote(chance.choice(KNOWN.get(name, ("1", "2", "3", "4", "5", "privacy"))), safe="")
    return quote(value(chance), safe="") if kind < 0.9 else value(chance).replace("?", "").replace("#", "")


def query(chance: Random) -> str:
    pairs = [(chance.choice(QUERIES), value(chance)) for _ in range(chance.choice((0, 0, 1, 1, 2, 4)))]
    return urlencode(pairs, errors="replace") if chance.random() < 0.9 else "&".join(f"{a}={b}" for a, b in pairs)


def body(chance: Random) -> tuple[bytes, str]:
    """A body and its type, which need not fit."""
    kind = chance.random()
    if kind < 0.55:
        pairs = [(chance.choice(FIELDS), value(chance)) for _ in range(chance.choice((0, 1, 3, 8)))]
        return urlencode(pairs, errors="replace").encode(), "application/x-www-form-urlencoded"
    if kind < 0.75:
        return chance.choice(JSONS).encode("latin-1"), "application/json"
    if kind < 0.9:
        return multipart(chance), "multipart/form-data; boundary=xx"
    junk = bytes(chance.randrange(256) for _ in range(chance.choice((0, 1, 50, 2000))))
    return junk, chance.choice(TYPES).encode("ascii", "replace").decode()


def multipart(chance: Random) -> bytes:
    """A form with a file, sometimes cut off."""
    name, file = chance.choice(FIELDS), chance.choice(("a.txt", "a.docx", "a.png", "../x", "\x00", "é.html"))
    content = chance.choice(
        (b"", b"We respect your privacy.", b"PK\x03\x04" + b"x" * 50, b"\x89PNG\r\n\x1a\n", b"\xff\xfe")
    )
    text = f'--xx\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'.encode()
    field = f'--xx\r\nContent-Disposition: form-data; name="{chance.choice(FIELDS)}"\r\n\r\n{value(chance)}\r\n'
    whole = field.encode("utf-8", "replace") + text + content + b"\r\n--xx--\r\n"
    return whole[: chance.randrange(len(whole))] if chance.random() < 0.2 else whole


def headers(chance: Random) -> dict[str, str]:
    return {name: chance.choice(HEADERS[name]) for name in chance.sample(sorted(HEADERS), chance.choice((0, 0, 1, 2)))}
