"""Finds the home page and the plain pages by their whole address in one query.

Wagtail asks for the site, for each step of the way to a page, and for the restrictions on each of these: six queries
and more, which take longer than the page itself.
"""

from collections.abc import Callable
from functools import cache, wraps
from typing import Final

from django.apps import apps
from django.db.models import Exists, Model, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

View = Callable[..., HttpResponseBase]

HOME: Final = "home.HomePage"
PLAIN: Final = "home.StandardPage"
ADDRESS: Final = "an address, to be filled in"
SLUG: Final = "a slug, to be filled in"


def found_at_once(view: View) -> View:
    """Tell Wagtail's view which page is asked for where one query tells; elsewhere Wagtail finds it by itself.

    Source: `Page.route_for_request`, which takes what the request knows already.
    """

    @wraps(view)
    def serving(request: HttpRequest, *args: str, **kwargs: object) -> HttpResponseBase:
        if args and (page := page_at(args[0])):
            vars(request)["_wagtail_route_for_request"] = RouteResult(page)
        return view(request, *args, **kwargs)

    return serving


def page_at(path: str) -> Page | None:
    """Return the live page at an address of the only site; nothing where Wagtail is to look for it.

    Args:
        path: without the first slash, with the last one.
    """
    label, slug = (PLAIN, path.split("/")[-2]) if path else (HOME, "")
    model = apps.get_model(label)
    sql, values = _query(label)
    filled = {ADDRESS: path, SLUG: slug}
    return next(iter(model.objects.raw(sql, [filled.get(str(value), value) for value in values])), None)


@cache
def _query(label: str) -> tuple[str, tuple[object, ...]]:
    """Return the query in SQL, put together once: that takes longer than the database needs for the answer."""
    others = Site.objects.filter(is_default_site=False)
    found: QuerySet[Model] = (
        apps.get_model(label)
        .objects.filter(~Exists(others), live=True)
        .annotate(is_everybodys=~Exists(PageViewRestriction.objects.all()))
    )
    if label == HOME:
        found = found.filter(sites_rooted_here__is_default_site=True)
    else:
        root = Site.objects.filter(is_default_site=True).values("root_page__url_path")[:1]
        found = found.filter(slug=SLUG, url_path=Concat(Subquery(root), Value(ADDRESS)))
    sql, values = found.query.sql_with_params()
    return sql, tuple(values)
