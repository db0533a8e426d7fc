"""Links from a page to edit its file and to report an error."""

from __future__ import annotations

from urllib.parse import quote

from msgspec.structs import replace

from atlas.content.site_config import SITE_PATH
from atlas.core.problems import Span
from atlas.pages.context import PageContext
from atlas.pages.view_parts import PageView, View


def with_contacts(context: PageContext, view: View, span: Span) -> View:
    """The view of a page with the addresses that content/site.yaml gives for it. span: what the page is made from."""
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
    """The file in which the words of a page stand: its translation's, its own, or what declares the site."""
    record = context.atlas.addresses.get(context.path)
    if record is None or record.path != span.path:
        return span.path or SITE_PATH
    language = context.language.id
    return record.translations[language].path if language in record.translations else record.path
