"""Links from a page to edit its file and to report an error."""

from __future__ import annotations

from urllib.parse import quote

from msgspec.structs import replace

from atlas.content.site_config import SITE_PATH
from atlas.core.problems import Span
from atlas.pages.context import PageContext
from atlas.pages.view_parts import PageView, View


def with_contacts(context: PageContext, view: View, span: Span) -> View:
    """Return a view with the URLs at which readers edit its file or report an error, as site.yaml declares them.

    Args:
        context: the page.
        view: its view.
        span: the source of the page.
    """
    site = context.atlas.site
    if not (site.edit_url or site.report_url) or not isinstance(view, PageView):
        return view
    own = view.head
    address = next(alternate.absolute for alternate in own.alternates if alternate.current)
    report = site.report_url.replace("{title}", quote(own.title, safe=""))
    head = replace(
        own,
        address=address,
        edit_url=site.edit_url.replace("{path}", quote(_file(context, span))),
        report_url=report.replace("{url}", quote(address, safe="")),
    )
    return replace(view, head=head)


def _file(context: PageContext, span: Span) -> str:
    """Return the file with the text of a page: that of the translation, of the record, or of the site."""
    record = context.atlas.addresses.get(context.path)
    if record is None or record.path != span.path:
        return span.path or SITE_PATH
    language = context.language.id
    return record.translations[language].path if language in record.translations else record.path
