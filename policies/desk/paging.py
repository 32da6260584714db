"""Pages of long lists."""

from django.core.paginator import Page
from wagtail.admin.paginator import WagtailPaginator


class FromEitherEnd(WagtailPaginator):
    """Passes over the rows before a page by their numbers alone, and from the end that is nearer.

    Skipping rows costs the database as much as reading them, with all that is joined to them. The list must be a query
    whose order is total.
    """

    def page(self, number: int | str) -> Page:
        at = self.validate_number(number)
        first = (at - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        numbers = self.object_list.values_list("pk", flat=True)
        if first > self.count // 2:
            chosen = numbers.reverse()[self.count - last : self.count - first]
        else:
            chosen = numbers[first:last]
        return self._get_page(self.object_list.filter(pk__in=list(chosen)), at, self)
