"""The first start of one's own site: a command asks, lays and says what is still missing."""

import datetime as dt
import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.models import User
from accounts.values.organisation import organisation
from home.management.commands.set_up import Command
from home.setting_up.laying import offered
from home.setting_up.missing import what_is_missing
from policies.desk.checking.checking import remark_on
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage
from tests.making.contact import an_organisation
from tests.making.people import an_app
from tests.making.policies import a_draft, announce

pytestmark = pytest.mark.django_db
WHO = {"name": "Quince Care", "address": "1 High Street, Hitchin", "email": "office@quince.example"}


def set_up(capsys, **words) -> str:
    call_command("set_up", no_input=True, **words)
    return capsys.readouterr().out


def test_it_says_who_runs_the_site_and_lets_the_first_administrator_in(client, capsys):
    said = set_up(capsys, **WHO, administrator="ann@quince.example")
    assert "The site is that of Quince Care." in said
    assert organisation().address_lines == ("1 High Street", "Hitchin")
    link = said[said.index("https://testserver/account/invitation/") :].split()[0]
    answer = client.post(link.removeprefix("https://testserver"), {"password1": "correct horse battery"})
    assert answer.status_code == 302
    ann = User.objects.get(email="ann@quince.example")
    assert ann.is_superuser
    assert ann.check_password("correct horse battery")
    assert "Quince Care" in client.get("/").text


def test_a_lost_link_and_a_misspelt_address_are_mended_until_somebody_has_come_in(client, capsys):
    misspelt = link_in(set_up(capsys, **WHO, administrator="amn@quince.example"))
    lost = link_in(set_up(capsys, administrator="ann@quince.example"))
    link = link_in(set_up(capsys, administrator="ann@quince.example"))
    assert "does not work" in client.get(lost).text
    assert client.post(link, {"password1": "correct horse battery"}).status_code == 302
    assert User.objects.get(is_superuser=True, is_active=True).email == "ann@quince.example"
    assert client.post(misspelt, {"password1": "correct horse battery"}).status_code == 302
    assert not User.objects.get(email="amn@quince.example").is_staff
    assert "There is an administrator already." in set_up(capsys, administrator="ben@quince.example")


def link_in(said: str) -> str:
    return said[said.index("/account/invitation/") :].split(maxsplit=1)[0]


def test_it_can_be_run_again_and_what_is_there_stays(client, capsys):
    said = set_up(capsys, **WHO, administrator="ann@quince.example", headings=["privacy"])
    client.post(link_in(said), {"password1": "correct horse battery"})
    said = set_up(capsys, name="Quince", administrator="bob@quince.example", headings=["privacy"])
    assert "There is an administrator already." in said
    assert not User.objects.filter(email="bob@quince.example").exists()
    assert organisation().email == "office@quince.example"
    assert PolicyPage.objects.count() == 1


@pytest.mark.parametrize("slug", ["cookies", "privacy", "terms"])
def test_the_headings_of_a_policy_are_a_draft_whose_gaps_are_all_remarked_on(capsys, slug):
    assert slug in offered()
    said = set_up(capsys, headings=[slug])
    page = PolicyPage.objects.get(slug=slug)
    assert f"/cms/pages/{page.pk}/edit/" in said
    draft = page.get_latest_revision_as_object()
    assert len(draft.document.sections) > 4
    assert PolicyVersion.objects.count() == 0
    gaps = [finding for finding in remark_on(draft) if finding.rule.key == "placeholder"]
    assert len(gaps) > len(draft.document.sections)


def test_a_policy_is_imported_as_a_draft(capsys, tmp_path):
    file = tmp_path / "Our privacy.md"
    file.write_text("# Our privacy policy\n\n## What we keep\n\nNothing.\n")
    set_up(capsys, imports=[("privacy", file)], headings=["privacy"])
    assert PolicyPage.objects.get().title == "Our privacy policy"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ({"email": "no address"}, "email: "),
        ({"administrator": "no address"}, "administrator: The address has no @."),
        ({"imports": [("privacy", "missing")]}, "missing"),
    ],
)
def test_what_cannot_be_so_is_said(capsys, tmp_path, words, problem):
    if "imports" in words:
        words = {"imports": [("privacy", tmp_path / "missing.xyz")]}
        (tmp_path / "missing.xyz").write_bytes(b"\0")
    with pytest.raises(CommandError, match=problem):
        set_up(capsys, **words)


def test_a_file_that_cannot_be_opened_is_said_before_anything_is_done(capsys, tmp_path):
    with pytest.raises(SystemExit):
        run_from_argv("--name", "Quince Care", "--import", f"privacy={tmp_path}/file.md/privacy.md")
    (tmp_path / "file.md").touch()
    with pytest.raises(SystemExit):
        run_from_argv("--name", "Quince Care", "--import", f"privacy={tmp_path}/file.md/privacy.md")
    said = capsys.readouterr().err
    assert "privacy.md cannot be opened: No such file or directory" in said
    assert "privacy.md cannot be opened: Not a directory" in said
    assert organisation().name != "Quince Care"


def run_from_argv(*words: str) -> None:
    Command().run_from_argv(["manage.py", "set_up", "--no-input", *words])


def test_it_asks_where_somebody_sits_in_front_of_it(capsys, monkeypatch):
    answers = iter(["Quince Care", "1 High Street, Hitchin", "office@quince.example", "ann@quince.example", "terms"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    call_command("set_up")
    assert organisation().name == "Quince Care"
    assert User.objects.get().email == "ann@quince.example"
    assert PolicyPage.objects.get().slug == "terms"


def words_missing() -> str:
    return "\n".join(one.words for one in what_is_missing())


def test_it_ends_on_what_is_missing_and_in_the_end_on_nothing(capsys):
    said = set_up(capsys)
    for words in (
        "The name of the organisation",
        "A postal address",
        "An e-mail address",
        "An administrator",
        "A privacy",
    ):
        assert words in said
    an_organisation()
    assert "The name" not in words_missing()
    an_app(User.objects.create_superuser("ann@quince.example", "correct horse battery"))
    assert "An administrator" not in words_missing()
    announce(a_draft())
    assert what_is_missing() == []
    assert "Nothing is missing." in set_up(capsys)


def test_the_home_of_the_cms_lists_the_same(cms):
    html = cms.get("/cms/").text
    assert "What is still missing" in html
    for one in what_is_missing():
        assert str(one.words) in html
        assert cms.get(one.url).status_code == 200


def test_the_home_of_the_cms_begins_policies_with_headings(cms):
    html = cms.get("/cms/").text
    assert re.findall(r'name="slug" value="(\w+)">([^<]+)<', html) == [
        ("cookies", "Cookie policy"), ("privacy", "Privacy policy"), ("terms", "Terms of use"),
    ]  # fmt: skip
    assert "csrfmiddlewaretoken" in html.partition("/cms/set-up/headings/")[2].partition("</form>")[0]
    answer = cms.post("/cms/set-up/headings/", {"slug": "privacy"}, follow=True)
    page = PolicyPage.objects.get(slug="privacy")
    assert answer.redirect_chain == [(f"/cms/pages/{page.pk}/edit/", 302)]
    assert "“Privacy policy” has its headings" in answer.text
    assert len(page.get_latest_revision_as_object().document.sections) > 4
    assert 'value="privacy"' not in cms.get("/cms/").text
    assert cms.post("/cms/set-up/headings/", {"slug": "privacy"}).url == f"/cms/pages/{page.pk}/edit/"
    assert PolicyPage.objects.count() == 1
    assert cms.post("/cms/set-up/headings/", {"slug": "nonsense"}).status_code == 404


def test_who_may_not_make_policies_begins_none(client, verified):
    from tests.making.staff import with_rights

    answer = verified(client, with_rights("helper@example.org")).post("/cms/set-up/headings/", {"slug": "privacy"})
    assert answer.status_code in (302, 403)
    assert not PolicyPage.objects.exists()


def test_editors_who_cannot_mend_it_are_not_told(client, verified):
    from tests.making.staff import with_rights

    assert "What is still missing" not in verified(client, with_rights("ed@example.org", "change")).get("/cms/").text


@pytest.mark.parametrize(
    ("days", "words"), [(61, ""), (60, "security.txt ends on"), (0, "ends on"), (-1, "ended on"), (None, "")]
)
def test_the_end_of_security_txt_is_said_two_months_before(days, words):
    until = None if days is None else timezone.localdate() + dt.timedelta(days=days)
    an_organisation(security_until=until)
    said = words_missing()
    assert words in said
    assert bool(words) == ("security.txt" in said)
