"""The headers of an answer on its way from an application to the server."""

from collections.abc import Callable
from types import TracebackType
from wsgiref.types import StartResponse

Headers = list[tuple[str, str]]
# Of an error that the application answers for: sys.exc_info().
Error = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]


def with_headers(start_response: StartResponse, change: Callable[[Headers], Headers]) -> StartResponse:
    """Return what begins an answer with changed headers.

    Source: PEP 3333, “The start_response() Callable”.
    """

    def start(status: str, headers: Headers, error: Error | None = None, /) -> Callable[[bytes], object]:
        return start_response(status, change(headers), *((error,) if error else ()))

    return start
