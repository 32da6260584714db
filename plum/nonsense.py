"""What Wagtail's own views of the CMS crash on, though somebody has only sent nonsense: answered as "not found".

Each entry is a bug of Wagtail 7.4 that was seen, by the name of the address and the kind of error; everything else that
goes wrong there stays an error, with its traceback in the log. To be taken out again as Wagtail mends them.
"""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

CRASHES: dict[str, type[Exception] | tuple[type[Exception], ...]] = {
    # The root of the tree has no parent.
    "wagtailadmin_pages:set_page_position": AttributeError,
    "wagtailadmin_pages:lock": AttributeError,
    "wagtailadmin_pages:unlock": AttributeError,
    # A key that is no number, such as "²".
    "wagtaildocs_chooser:chosen": ValueError,
    "wagtailimages_chooser:chosen": ValueError,
    "wagtailsnippetchoosers_home_addedcookie:chosen": ValueError,
    # A snippet that is not to be made from a chooser.
    "wagtailsnippetchoosers_home_addedcookie:create": AttributeError,
    # A field that is not there.
    "wagtailadmin_pages:copy": KeyError,
    "wagtailadmin_choose_page_external_link": AttributeError,
    "wagtailredirects:process_import": KeyError,
    # No file, where many can be sent.
    "wagtaildocs:add_multiple": KeyError,
    "wagtailimages:add_multiple": KeyError,
}


def answered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view of Wagtail's admin."""

    @wraps(view)
    def answering(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Raises: Http404: Wagtail crashed in a way that CRASHES lists for this address."""
        try:
            return view(request, *args, **kwargs)
        except Exception as error:
            name = request.resolver_match.view_name if request.resolver_match else ""
            if isinstance(error, CRASHES.get(name, ())):
                raise Http404(f"{name} knows no such thing.") from error
            raise

    return answering
