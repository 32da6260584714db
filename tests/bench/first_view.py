"""`python -m tests.bench.first_view`: what a first view is like on a telephone, from Chromium's traces. Needs chromium.

The processor is four times slower and the network a slow mobile one, as Lighthouse has them. LCP: when the largest
part is painted. CLS: how much jumps about. Blocking: what tasks take beyond 50 ms, from the first paint on.
"""

import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.journeys.running import RunningSite, demo_site
from tests.journeys.weighing import first_view

POLICY = "/policies/privacy/"
PAGES = ("/", POLICY, f"{POLICY}compare/1.0/2.0/", f"{POLICY}versions/", "/account/login/")
TIMES = 5
SLOWER = 4
# 1.6 Mbit/s and 150 ms there and back: Lighthouse's slow 4G.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
CATEGORIES = ["loading", "devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing", "toplevel"]
LONG = 50_000  # microseconds


def traced(browser: Browser, url: str) -> list[dict[str, Any]]:
    """Open a page on a slow telephone; return the events of Chromium's trace."""
    context = browser.new_context(viewport={"width": 412, "height": 823}, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(500)
    events: list[dict[str, Any]] = json.loads(browser.stop_tracing())["traceEvents"]
    context.close()
    return events


def figures(events: list[dict[str, Any]], url: str) -> tuple[float, float, float]:
    """Return LCP in milliseconds, CLS, and the blocking time in milliseconds."""
    began = next(
        event
        for event in events
        if event["name"] == "navigationStart" and event["args"]["data"].get("documentLoaderURL", "") == url
    )
    start, frame = began["ts"], began["args"]["frame"]
    painted = [event for event in events if event["name"] == "largestContentfulPaint::Candidate"]
    largest = max((event["ts"] for event in painted if event["args"]["frame"] == frame), default=start)
    first = min(event["ts"] for event in events if event["name"] == "firstContentfulPaint")
    shifts = [event["args"]["data"] for event in events if event["name"] == "LayoutShift"]
    jumps = sum(shift["score"] for shift in shifts if not shift.get("had_recent_input"))
    tasks = [event for event in events if event["name"].endswith("RunTask") and event["tid"] == began["tid"]]
    blocking = sum(task["dur"] - LONG for task in tasks if task.get("dur", 0) > LONG and task["ts"] >= first)
    return (largest - start) / 1000, jumps, blocking / 1000


def run(site: RunningSite, browser: Browser) -> None:
    sys.stdout.write(f"processor ÷ {SLOWER}, 1.6 Mbit/s, 150 ms; medians of {TIMES}\n")
    for path in PAGES:
        url = site.url + path
        first_view(browser, url)
        fetched = first_view(browser, url)
        found = [figures(traced(browser, url), url) for _ in range(TIMES)]
        lcp, cls, blocking = (statistics.median(column) for column in zip(*found, strict=True))
        weight, headers = sum(one.size for one in fetched), sum(one.headers for one in fetched)
        says = f"LCP {lcp:5.0f} ms, CLS {cls:.3f}, blocking {blocking:4.0f} ms"
        sys.stdout.write(f"{path:38} {says}; {len(fetched)} requests, {weight:6,} bytes and {headers:5,} of headers\n")


def main() -> None:
    chromium = shutil.which("chromium")
    if not chromium:
        sys.exit("no chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as var, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with demo_site(Path(var), "memorymail://") as site:
            run(site, browser)
        browser.close()


if __name__ == "__main__":
    main()
