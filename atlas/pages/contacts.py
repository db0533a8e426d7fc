"""Links from a page to edit its file and to report an error."""

from __future__ import annotations

from urllib.parse import quote

from atlas.content.site_config import SITE_PATH
from atlas.core.problems import Span
from atlas.pages.context import PageContext
from atlas.pages.view_parts import PageView


def contacts(context: PageContext, view: PageView, span: Span) -> dict[str, str]:
    """Return the fields of a page's head that say where it is edited and errors are reported.

    There are none unless the site has `edit_url`, `report_url` or `contact`.

    Args:
        context: the page.
        view: what it shows.
        span: the file that the page is made from.
    """
    site = context.atlas.site
    if not (site.edit_url or site.report_url or site.contact):
        return {}
    own = view.head
    address = next(alternate.absolute for alternate in own.alternates if alternate.current)
    by_mail = f"mailto:{site.contact}?subject={{title}}&body={{url}}" if site.contact else ""
    report = (site.report_url or by_mail).replace("{title}", quote(own.title, safe=""))
    return {
        "address": address,
        "edit_url": site.edit_url.replace("{path}", quote(_file(context, span))),
        "report_url": report.replace("{url}", quote(address, safe="")),
    }


def _file(context: PageContext, span: Span) -> str:
    """Return the file with the text of a page: that of the translation, of the record, or of the site."""
    record = context.atlas.addresses.get(context.path)
    if record is None or record.path != span.path:
        return span.path or SITE_PATH
    language = context.language.id
    return record.translations[language].path if language in record.translations else record.path
