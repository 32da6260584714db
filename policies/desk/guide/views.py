"""Shows the editors' guide inside the CMS, and its pictures."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from policies.desk.guide.page import PICTURE, PICTURES, Guide, read_guide


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "policies/desk/guide/guide.html"
    header_icon = "help"
    request: HttpRequest

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        """Read the guide.

        Raises:
            Http404: it was not installed.
        """
        super().setup(request, *args, **kwargs)
        guide = read_guide()
        if guide is None:
            raise Http404("The guide for editors, docs/editors.md, was not installed with the site.")
        self.guide: Guide = guide

    def get_page_title(self) -> str:
        return self.guide.title

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(guide=self.guide, **kwargs)


def picture(request: HttpRequest, name: str) -> FileResponse:
    """Send a picture of the guide.

    Raises:
        Http404: there is none of that name.
    """
    path = PICTURES / name
    if not PICTURE.fullmatch(name) or not path.is_file():
        raise Http404("The guide has no such picture.")
    return FileResponse(path.open("rb"), content_type=f"image/{path.suffix[1:]}")
