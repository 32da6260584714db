"""The addresses of a notice's pages in the CMS."""

LIST = "/cms/notices/"


def page_of(notice, *more) -> str:
    return f"{LIST}inspect/{notice.pk}/" if not more else f"{LIST}{notice.pk}/" + "/".join(more) + "/"


def history_of(notice) -> str:
    return f"{LIST}history/{notice.pk}/"
