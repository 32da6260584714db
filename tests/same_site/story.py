"""The story that is recorded: a site is laid, looked at by everybody, used in earnest, and looked at again later."""

import base64
import re
from collections.abc import Callable

from .editing import announce_by_form, save_by_form
from .evidence import record_digests, record_help, record_rows
from .files import lay_files
from .places import ACCOUNT, CMS, PUBLIC
from .recording import Recorder
from .visiting import Person, app_code

PASSWORD, OTHER_PASSWORD = "horse lamp river 74", "violin cloud 9 basket"
ANN, BEN = "ann@example.org", "ben@example.org"

DEMO = {"registered": "visitor", "editor": "editor", "superuser": "admin"}
CMS_PAGE = ("edit/", "edit/preview/?mode=", "history/", "usage/", "revisions/compare/live...latest/")


def tell(recorder: Recorder) -> None:
    """Walk through the whole story."""
    record_help(recorder)
    passwords = lay(recorder)
    Person(recorder, "visitor").look_at_everything(PUBLIC, "first")
    ask_in_other_ways(Person(recorder, "visitor"))
    check_texts(Person(recorder, "visitor"))
    people = {name: come_in(recorder, name, passwords) for name in DEMO}
    for name, person in people.items():
        if name == "registered":
            person.look_at_everything(ACCOUNT + PUBLIC[:40], "first")
        else:
            person.look_at_everything(ACCOUNT + CMS, "first", within=("/account/", "/cms/"))
    use_an_account(recorder)
    use_the_commands(recorder)
    use_the_cms(recorder, passwords)
    send_the_notices(recorder)
    close_accounts(recorder)
    a_month_later(recorder, passwords)
    for command in ("verify_policies", "housekeeping --dry-run", "notices list"):
        recorder.command(*command.split(), name=f"{command} at last")
    record_digests(recorder)
    record_rows(recorder)


def lay(recorder: Recorder) -> dict[str, str]:
    """Lay the demo and return the passwords it prints."""
    recorder.command("migrate", "--verbosity=0")
    printed = recorder.command("demo", debug=True)
    recorder.command("demo", debug=True, name="demo again")
    recorder.command("verify_policies")
    recorder.command("notices", "list")
    recorder.command("housekeeping", "--dry-run")
    found = re.findall(r"^\s+(\w+)@plum-medical\.example\s+(\S+)", printed, re.MULTILINE)
    return dict(found)


def come_in(recorder: Recorder, name: str, passwords: dict[str, str], why: str = "") -> Person:
    """Sign a demo person in; those of the CMS give the code that their app shows."""
    person, account = Person(recorder, name), DEMO[name]
    recorder.world.pass_time(seconds=61)
    code = ""
    if name != "registered":
        address = f"{account}@plum-medical.example"
        code = recorder.command("demo", "--code", address, debug=True, name=f"code {name} {why}")[:6]
    person.sign_in(f"{account}@plum-medical.example", passwords[account], code)
    return person


def ask_in_other_ways(visitor: Person) -> None:
    """HEAD, questions with a condition, other kinds and days: what caches and archives ask."""
    for path in ("/", "/policies/privacy/", "/policies/privacy/versions/1.0/", "/policies/feed.atom", "/healthz"):
        visitor.head(path)
        first = visitor.get(path, "before a condition")
        if "ETag" in first:
            visitor.get(path, "same tag", **{"If-None-Match": first["ETag"]})
            visitor.head(path, "same tag", **{"If-None-Match": first["ETag"]})
        if "Last-Modified" in first:
            visitor.get(path, "same day", **{"If-Modified-Since": first["Last-Modified"]})
    visitor.get("/policies/privacy/", "by day", **{"Accept-Datetime": "Tue, 01 Sep 2026 00:00:00 GMT"})
    visitor.get("/policies/privacy/", "as json", **{"Accept": "application/json"})
    visitor.get("/policies/privacy/versions/2.0/", "as text", **{"Accept": "text/plain"})
    visitor.post("/policies/privacy/", {"a": "b"}, "not allowed")
    visitor.post("/policies/", {"a": "b"}, "not allowed")
    visitor.get("/policies/privacy", "without slash")


def check_texts(visitor: Person) -> None:
    text = visitor.get("/policies/privacy/versions/2.1/text/", "to be checked").whole.decode()
    for why, words in {
        "the same": text,
        "altered": text.replace("you", "thou", 2),
        "a part": text[:900],
        "nothing": "",
        "other": "Bread.",
    }.items():
        visitor.submit("/policies/privacy/verify/", {"text": words}, why=why)


def use_an_account(recorder: Recorder) -> None:
    """Ann signs up, sets her account up and takes her data; Ben signs up only."""
    ann = sign_up(recorder, ANN)
    sign_up(recorder, BEN)
    wrong = Person(recorder, "stranger")
    wrong.sign_in(ANN, "not her password")
    wrong.sign_in("nobody@example.org", "not her password")
    wrong.submit("/account/signup/", {"email": ANN, "password1": PASSWORD, "password2": PASSWORD}, why="known")
    recorder.mails("sign-up with a known address")
    details = {"first_name": "Ann", "last_name": "Ångström", "preferred_name": "Annie", "phone": "020 7946 0000"}
    ann.submit("/account/details/", details)
    ann.submit("/account/details/", {"phone": "not a number"}, why="refused")
    ann.submit("/account/preferences/", {"policy_mail": "amendments"}, why="mail")
    for purpose in ("marketing_by_email", "marketing_by_post"):
        ann.post("/account/preferences/consents/", {"agree": purpose, "version": "1"}, f"agree {purpose}")
    ann.post("/account/preferences/consents/", {"take_back": ["marketing_by_post"]}, "take back")
    reset_a_password(recorder, ANN)
    ann = Person(recorder, "ann")
    recorder.world.pass_time(seconds=61)
    ann.sign_in(ANN, OTHER_PASSWORD)
    set_an_app_up(recorder, ann)
    ann.submit("/account/email/", {"email": "ann.new@example.org", "+action_add": ""}, why="change")
    recorder.mails("change of address")
    for path in ("/policies/privacy/versions/3.0/", "/policies/privacy/changes/", "/account/policies/"):
        ann.get(path, "reads")
    ann.post("/account/data/download/", {}, "takes")
    recorder.mails("download")
    ann.look_at_everything(ACCOUNT, "when set up", within=("/account/",))
    ann.post("/account/logout/", {}, "leaves")


def sign_up(recorder: Recorder, email: str) -> Person:
    person = Person(recorder, email.partition("@")[0])
    person.submit("/account/signup/", {"email": email, "password1": "short", "password2": "short"}, why="refused")
    boxes = re.findall(r'type="checkbox" name="([^"]+)"', person.get("/account/signup/", "boxes").whole.decode())
    filled = {"email": email, "password1": PASSWORD, "password2": PASSWORD} | dict.fromkeys(boxes, "on")
    person.submit("/account/signup/", filled)
    link = address_in(recorder.mails("sign-up"))
    person.submit(link, {}, to="confirm", why="confirm address")
    recorder.mails("address confirmed")
    return person


def address_in(mails: list[bytes], deep: bytes = rb"/account/[^\s>]+") -> str:
    """The first address under /account/ in the newest of some mails; lines are undone from quoted-printable."""
    for raw in reversed(mails):
        found = re.search(rb"http://127\.0\.0\.1:8000(" + deep + rb")", raw.replace(b"=\n", b"").replace(b"=3D", b"="))
        if found:
            return found[1].decode()
    raise LookupError(f"no link in {len(mails)} mails: {mails!r}")


def reset_a_password(recorder: Recorder, email: str) -> None:
    person = Person(recorder, "forgetful")
    person.submit("/account/password/reset/", {"email": "nobody@example.org"}, why="unknown")
    recorder.mails("password reset, unknown")
    person.submit("/account/password/reset/", {"email": email})
    page = person.follow(person.get(address_in(recorder.mails("password reset")), "reset link"), "reset link")
    path = page.request["PATH_INFO"]
    person.submit(path, {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}, why="new password")
    recorder.mails("password was reset")


def set_an_app_up(recorder: Recorder, person: Person) -> None:
    path = "/account/security/second-factor/app/"
    person.follow(person.get(path, "asks for the password"))
    person.submit(f"/account/reauthenticate/?next={path}", {"password": OTHER_PASSWORD}, why="confirm")
    shown = person.get(path, "shows the key").whole.decode()
    key = re.search(r'class="digest"[^>]*>([A-Z2-7 ]+)<', shown)
    assert key, shown
    person.submit(path, {"code" if 'name="code"' in shown else "otp_token": "000000"}, why="wrong code")
    field = "code" if 'name="code"' in shown else "otp_token"
    recorder.world.pass_time(seconds=61)
    person.submit(path, {field: app_code(base64.b32decode(key[1].replace(" ", "")))}, why="right code")
    recorder.mails("app set up")


def use_the_commands(recorder: Recorder) -> None:
    folder = recorder.folder / "files"
    for file in lay_files(folder):
        recorder.command("import_policy", str(folder / file), "--slug=notice", "--dry-run", name=f"import {file}")
    run: Callable[..., str] = recorder.command
    old = ["--announced-on=2020-01-01", "--effective-from=2020-02-01", "--slug=old-notice"]
    run("record_policy", str(folder / "notice.txt"), *old, name="record old-notice")
    run("import_policy", str(folder / "notice.txt"), "--slug=notice", "--announce", name="import 1.0")
    run("import_policy", str(folder / "notice.txt"), "--slug=notice", "--announce", name="import 1.0 again")
    run("import_policy", str(folder / "notice.md"), "--slug=notice", "--announce", name="import without words")
    words = ["--significance=amendment", "--summary=Seven, not six.", "--effective-from=2026-12-10"]
    run("import_policy", str(folder / "notice.md"), "--slug=notice", "--announce", *words, name="import 2.0")
    run("import_policy", str(folder / "notice.html"), "--slug=notice", "--title=Our notice", name="import a draft")
    run("import_policy", str(folder / "nothing.md"), "--slug=notice", name="import no file")
    for words in (
        ["verify_policies"],
        ["verify_policies", "notice"],
        ["verify_policies", "nothing"],
        ["export_user", "nobody@example.org"],
        ["reapply_erasures"],
        ["reapply_erasures", "--dry-run"],
        ["notices", "list"],
        ["notices", "pause", "99"],
    ):
        run(*words)
    target = recorder.folder / "export.zip"
    run("export_user", ANN, f"--output={target}", name="export_user")
    Person(recorder, "staff")._unzip("export_user", target.read_bytes())


def use_the_cms(recorder: Recorder, passwords: dict[str, str]) -> None:
    """An editor changes the cookie policy and the administrator announces it, with a refusal on the way."""
    editor = come_in(recorder, "editor", passwords, "to edit")
    printed = recorder.command(
        "import_policy", str(recorder.folder / "files/notice.html"), "--slug=notice", name="import"
    )
    page = re.search(r"/cms/pages/(\d+)/edit/", printed)
    assert page
    save_by_form(editor, page[1], "saves")
    admin = come_in(recorder, "superuser", passwords, "to announce")
    announce_by_form(admin, page[1], "without words", significance="", change_summary="")
    announce_by_form(
        admin,
        page[1],
        "with words",
        significance="amendment",
        kinds="other",
        change_summary="Eight, not seven.",
        effective_from="2026-12-20",
    )
    save_by_form(editor, page[1], "saves again", change="small", into="very small")
    recorder.mails("CMS")
    for person in (editor, admin):
        person.look_at([f"/cms/pages/{page[1]}/{rest}" for rest in CMS_PAGE], "after edit")
    Person(recorder, "visitor").look_at_everything(["/policies/notice/", "/policies/notice/versions/"], "after edit")


def send_the_notices(recorder: Recorder) -> None:
    run = recorder.command
    run("send_notices", "--dry-run", name="send --dry-run held")
    run("notices", "pause", "1", "--because=A question.")
    run("notices", "resume", "1")
    run("notices", "test", "1", "trial@example.org")
    run("housekeeping", "--dry-run", name="housekeeping --dry-run before sending")
    recorder.world.pass_time(minutes=20)
    run("send_notices", "--dry-run", name="send --dry-run")
    run("send_notices")
    run("send_notices", name="send_notices again")
    run("notices", "list", name="notices list after sending")
    mails = sorted(recorder.record.glob("mail_send_notices*ben*"))
    out = address_in([mail.read_bytes() for mail in mails], rb"/account/unsubscribe/[^\s>\"<]+")
    ben = Person(recorder, "ben out")
    ben.get(out, "asks")
    ben.post(out, {"List-Unsubscribe": "One-Click"}, "one click")
    ben.submit(out, {}, to="", why="by form") if b"<form" in ben.get(out, "looks").whole else None
    recorder.world.pass_time(seconds=61)
    ben = Person(recorder, "ben")
    ben.sign_in(BEN, PASSWORD)
    ben.look_at(["/account/policies/", "/policies/privacy/changes/", "/account/preferences/"], "after sending")


def close_accounts(recorder: Recorder) -> None:
    """Ben closes his account, takes it back, and closes it for good."""
    ben = Person(recorder, "ben closing")
    for time in ("first", "for good"):
        recorder.world.pass_time(seconds=61)
        ben.sign_in(BEN, PASSWORD)
        recorder.world.pass_time(minutes=6)  # until then whoever has just signed in is not asked again
        ben.follow(ben.post("/account/close/", {}, f"unconfirmed {time}"), f"unconfirmed {time}")
        # What was asked is done once the password is given.
        ben.submit("/account/reauthenticate/?next=/account/close/", {"password": PASSWORD}, why=f"confirm {time}")
        mails = recorder.mails(f"closing {time}")
        if time == "first":
            back = address_in(mails, rb"/account/close/back/[^\s>\"<]+")
            ben.submit(back, {}, to="", why="take back")
            recorder.mails("taken back")
    Person(recorder, "ben").sign_in(BEN, PASSWORD)
    recorder.command("housekeeping", name="housekeeping in cooling-off")


def a_month_later(recorder: Recorder, passwords: dict[str, str]) -> None:
    """The upcoming versions come into force, the closed account is erased, and everybody looks again."""
    recorder.world.pass_time(days=15, hours=3)
    for when in ("after fifteen days", "at once again"):
        recorder.command("housekeeping", name=f"housekeeping {when}")
    recorder.world.pass_time(days=17)
    recorder.command("housekeeping", "--dry-run", name="housekeeping --dry-run after a month")
    recorder.command("housekeeping", name="housekeeping after a month")
    recorder.command("send_notices", name="send_notices after a month")
    recorder.command("reapply_erasures", "--dry-run", name="reapply --dry-run")
    ledger = recorder.folder / "var/erasures.jsonl"
    recorder.write("erasure ledger", ledger.read_bytes() if ledger.exists() else "none")
    Person(recorder, "visitor").look_at_everything(PUBLIC, "later")
    come_in(recorder, "registered", passwords, "later").look_at(ACCOUNT + PUBLIC[:40], "later")
    come_in(recorder, "superuser", passwords, "later").look_at(CMS, "later")
