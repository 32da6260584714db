"""What a page costs the reader who opens it for the first time: requests, and bytes on the wire."""

from dataclasses import dataclass

from playwright.sync_api import Browser


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer.

    Attributes:
        size: bytes on the wire, as they are packed; its headers come to those.
        headers: their bytes on the wire.
        packing: as its Content-Encoding says.
    """

    url: str
    size: int
    headers: int
    packing: str


def first_view(browser: Browser, url: str) -> list[Fetched]:
    """Open a page in a browser that knows nothing of the site; return what it fetched."""
    context = browser.new_context()
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    answers: dict[str, tuple[str, str, int]] = {}
    fetched: list[Fetched] = []

    def answered(event: dict) -> None:
        answer = event["response"]
        packing = {name.lower(): value for name, value in answer["headers"].items()}.get("content-encoding", "")
        answers[event["requestId"]] = answer["url"], packing, int(answer["encodedDataLength"])

    def finished(event: dict) -> None:
        url, packing, headers = answers[event["requestId"]]
        if whole := int(event["encodedDataLength"]):  # nothing where the browser had it already
            fetched.append(Fetched(url, whole - headers, headers, packing))

    wire.on("Network.responseReceived", answered)
    wire.on("Network.loadingFinished", finished)
    page.goto(url, wait_until="networkidle")
    context.close()
    return fetched
