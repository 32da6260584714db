"""nginx as a cache in front, as we ship it, and as a CDN that knows our headers only; each before a site of its own."""

import datetime as dt
import http.client
import os
import re
import subprocess
import time
import urllib.parse
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from plum.finished import QUERIES, reader
from tests.deploy.in_front import PATIENCE, SHIPPED, free_port, running
from tests.journeys.running import RunningSite, empty_site, served

CONF = SHIPPED / "nginx" / "plum-cache.conf"
PAGE = "/policies/privacy/"
# A CDN keeps what the headers allow, sends it while it asks or while nobody answers, and knows no more of the site.
CDN = """
proxy_cache_path {folder}/cdn levels=1:2 keys_zone=cdn:1m inactive=24h;
server {{
  listen 127.0.0.1:{port};
  location / {{
    proxy_pass http://127.0.0.1:{behind}; proxy_set_header Host $http_host;
    proxy_cache cdn; proxy_cache_key $http_host$request_uri;
    proxy_cache_revalidate on; proxy_cache_background_update on;
    add_header X-Cache $upstream_cache_status always;
  }}
}}
"""


@dataclass
class Answer:
    status: int
    cache: str
    body: str
    headers: dict[str, str]


@dataclass
class Cached:
    """A site with a policy, and a cache in front."""

    site: RunningSite
    port: int
    stop: Callable[[], None]
    renewing: int = 0

    def ask(self, path=PAGE, method="GET", port=None, **headers):
        host = urllib.parse.urlsplit(self.site.url).netloc
        sent = {"Host": host, "X-Forwarded-Proto": "https"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=PATIENCE)
        connection.request(method, path, headers=sent)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        kept = {name.title(): value for name, value in answer.getheaders()}
        return Answer(answer.status, kept.get("X-Cache", ""), body.decode("latin-1"), kept)

    def says(self, words, path=PAGE):
        return words in self.ask(path).body


def announce(site: RunningSite, words: str, *options: str) -> None:
    text = Path(site.env["VAR_DIR"]) / "policy.md"
    text.write_text(f"# Privacy policy\n\n## Fruit\n\n{words}\n")
    site.manage("import_policy", str(text), "--slug", "privacy", "--announce", *options)


def amend(site: RunningSite, words: str) -> None:
    today = "--effective-from", dt.date.today().isoformat(), "--short-notice-because", "It is better for everybody."
    announce(site, words, "--significance", "amendment", "--kind", "other", "--summary", "The colour changes.", *today)


def comes(true):
    """Whether something becomes true, asked a good many times."""
    for _ in range(600):
        if true():
            return True
        time.sleep(0.1)
    return False


def main_of(folder: Path, *servers: str) -> Path:
    main = folder / "nginx.conf"
    temporary = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main.write_text(
        f"{'user root;' if os.getuid() == 0 else ''} daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ {temporary}\n{''.join(servers)} }}\n"
    )
    return main


@contextmanager
def cached(folder: Path, conf: Callable[[int], tuple[str, dict[str, int]]], **settings: str):
    """A site and a cache in front; `stop` ends the site, and the cache goes on alone."""
    with pytest.MonkeyPatch.context() as patch, ExitStack() as of_the_site, ExitStack() as in_front:
        for name, value in settings.items():
            patch.setenv(name, value)
        patch.setenv("TASKS_BACKEND", "immediate")
        site = of_the_site.enter_context(empty_site(folder, f"filemail://{folder}/mail"))
        announce(site, "Plums are purple.")
        of_the_site.enter_context(served(site))
        text, ports = conf(urllib.parse.urlsplit(site.url).port)
        command = ["nginx", "-p", str(folder), "-c", str(main_of(folder, text))]
        in_front.enter_context(running(command, tuple(ports.values()), folder / "output"))
        yield Cached(site, ports["front"], of_the_site.close, ports.get("purge", 0))


@pytest.fixture
def shipped(tmp_path):
    """Our own cache, which is told of changes."""
    ports = {"front": free_port(), "purge": free_port(), "renew": free_port()}

    def conf(behind):
        text = CONF.read_text()
        for old, new in {
            "/var/cache/nginx/plum": f"{tmp_path}/pages",
            "unix:/run/plum/web.sock": f"127.0.0.1:{behind}",
            "8081;": f"{ports['purge']};",
            "8082;": f"{ports['front']};",
            "8083;": f"{ports['renew']};",
            "8083 1;": f"{ports['renew']} 1;",
        }.items():
            assert old in text, old
            text = text.replace(old, new)
        return text, ports

    told = '{"BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend", "LOCATION": "http://127.0.0.1:%d"}'
    with cached(tmp_path, conf, FRONT_CACHE=told % ports["purge"], FRONT_CACHE_SECONDS="60") as found:
        yield found


@pytest.fixture
def cdn(tmp_path):
    port = free_port()

    def conf(behind):
        return CDN.format(folder=tmp_path, port=port, behind=behind), {"front": port}

    with cached(tmp_path, conf, FRONT_CACHE_SECONDS="1") as found:
        yield found


def test_our_cache_shows_an_announcement_at_once(shipped):
    assert [shipped.ask().cache for _ in range(2)] == ["MISS", "HIT"]
    assert shipped.ask(PAGE + "?utm_source=mail").cache == "HIT"
    amend(shipped.site, "Plums are blue now.")
    assert shipped.ask().cache == "HIT"  # it was fetched anew when it was purged
    assert shipped.says("Plums are blue now.")
    assert shipped.says("The colour changes.", "/policies/feed.atom")


def test_what_our_cache_keeps_is_everybodys(shipped):
    shipped.ask()
    assert "private" in shipped.ask(Cookie="sessionid=x; messages=y").headers["Cache-Control"]
    own = {"Cookie": "a=1; messages=x"}, {"Sec_GPC": "1"}, {"Accept_Datetime": "x"}, {"Authorization": "Basic eA=="}
    for headers in own:
        assert shipped.ask(**headers).cache == "BYPASS", headers
    for path in ("?view=other", "?%76iew=side", "?from=1.0&to=2.0"):
        assert {shipped.ask(PAGE + path).cache for _ in range(2)} == {"BYPASS"}, path
    for path in ("/account/login/", "/contact/", "/nonsense/", "//policies/privacy/", "/policies/privacy?utm=1"):
        assert "HIT" not in {shipped.ask(path).cache for _ in range(2)}, path
    assert shipped.ask(Cookie="_ga=1").cache == "HIT"
    assert shipped.ask(method="POST").cache == ""
    assert shipped.ask("/policies/privacy", port=shipped.port).status == 301
    assert shipped.ask(method="PURGE").status == 405
    assert shipped.ask(port=shipped.renewing).status == 405


def test_our_cache_has_one_form_of_each_page_and_knows_who_has_it(shipped):
    packed, plain = shipped.ask(Accept_Encoding="gzip"), shipped.ask()
    assert (packed.headers["Content-Encoding"], "Content-Encoding" in plain.headers) == ("gzip", False)
    assert "<html" in plain.body
    assert shipped.ask(Accept_Encoding="gzip", If_None_Match=packed.headers["Etag"]).status == 304
    assert shipped.ask(method="HEAD").status == 200


def test_our_cache_goes_on_while_the_site_is_away(shipped):
    before = shipped.ask().body
    shipped.stop()
    assert (shipped.ask().status, shipped.ask().body) == (200, before)
    assert shipped.ask("/policies/").status == 502


def test_a_cdn_asks_again_when_its_time_is_over_and_shows_what_is_new(cdn):
    assert [cdn.ask().cache for _ in range(2)] == ["MISS", "HIT"]
    assert comes(lambda: cdn.ask().cache in {"STALE", "EXPIRED", "REVALIDATED"})
    amend(cdn.site, "Plums are blue now.")
    assert comes(lambda: cdn.says("Plums are blue now."))


def test_a_cdn_goes_on_past_its_time_while_the_site_is_away(cdn):
    before = cdn.ask().body
    cdn.stop()
    assert comes(lambda: cdn.ask().cache == "STALE")
    assert (cdn.ask().status, cdn.ask().body) == (200, before)


def test_the_names_in_the_file_are_those_of_the_site():
    text = CONF.read_text()
    cookies = re.search(r'"~\(\^\|\[;,\]\)\\s\*\(([^)]+)\)', text)[1].split("|")
    assert set(cookies) == set(reader().cookies)
    queries = re.search(r'"~\(\^\|&\)\(([^)]+)\)', text)[1].split("|")
    assert queries == list(QUERIES)


def test_nginx_finds_nothing_to_mend(tmp_path):
    text = CONF.read_text().replace("/var/cache/nginx/plum", f"{tmp_path}/pages")
    done = subprocess.run(
        ["nginx", "-t", "-p", tmp_path, "-c", main_of(tmp_path, text)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "warn" in done.stderr) == (0, False), done.stderr
