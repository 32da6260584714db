"""The journeys: a real browser against the running site with a database of its own. They look at pages, not at rows."""

import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, Page, expect

from tests.journeys.editing import listen_to_wagtail
from tests.journeys.mail import PATIENCE, Mailbox
from tests.journeys.people import Person, demo_code
from tests.journeys.running import ADMIN, ROOT, RunningSite, demo_site, free_port

# The shell is the same browser without windows, and takes a quarter less of the processor.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
expect.set_options(timeout=PATIENCE * 1000)  # a busy machine is slow, not wrong


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not CHROMIUM:
        for item in items:
            item.add_marker(pytest.mark.skip(reason="no chromium: apt-get install chromium-headless-shell"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-gpu", *quiet]}


@pytest.fixture(scope="session")
def mailbox() -> Iterator[Mailbox]:
    """All mail of the site, received by a mail server."""
    received, port = Mailbox(), free_port()
    server = Controller(received, hostname="127.0.0.1", port=port)
    received.url = f"smtp://127.0.0.1:{port}"
    server.start()
    try:
        yield received
    finally:
        server.stop()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, mailbox: Mailbox) -> Iterator[RunningSite]:
    """The demo site that the journeys share."""
    with demo_site(tmp_path_factory.mktemp("site"), mailbox.url) as running:
        yield running


@pytest.fixture(scope="session")
def admins_cookies(site: RunningSite, browser: Browser) -> dict[str, object]:
    """The administrator's signed-in browser: signed in once, since each code is good once."""
    context = browser.new_context()
    admin = Person(context.new_page(), site.url, ADMIN, site.passwords[ADMIN])
    admin.give_password()
    admin.give_code(demo_code(site, ADMIN))
    kept = context.storage_state()
    context.close()
    return dict(kept)


@pytest.fixture
def cms(site: RunningSite, browser: Browser, admins_cookies: dict[str, object]) -> Iterator[Page]:
    """The CMS, opened by the administrator. What becomes of the session is kept for the next."""
    context = browser.new_context(storage_state=admins_cookies, viewport={"width": 1400, "height": 1000})
    page = listen_to_wagtail(context.new_page())
    # The session is shared, so who began it may have been longer ago than a confirmation counts.
    asked = page.get_by_role("heading", name="Confirm that it is you", level=1)
    admin = Person(page, site.url, ADMIN, site.passwords[ADMIN])
    page.add_locator_handler(asked, lambda: admin.confirm_password(demo_code(site, ADMIN)))
    page.goto(f"{site.url}/cms/")
    page.wait_for_url(f"{site.url}/cms/")
    yield page
    admins_cookies.update(context.storage_state())
    context.close()


@pytest.fixture(scope="module")
def worker(site: RunningSite) -> Iterator[None]:
    """The worker of the running site, as `make run` starts it."""
    command = [sys.executable, "manage.py", "db_worker", "--backend", "work", "--no-reload", "--no-startup-delay"]
    running = subprocess.Popen([*command, "--interval", "0.2", "--verbosity", "0"], env=site.env, cwd=ROOT)
    try:
        yield
    finally:
        running.terminate()
        running.wait(20)
