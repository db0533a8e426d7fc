"""The ways from a page to those who keep it: where its file is edited, and where a mistake in it is reported."""

from __future__ import annotations

from urllib.parse import quote

from msgspec.structs import replace

from atlas.content.declaring import SITE_PATH
from atlas.pages.setting import Setting
from atlas.pages.views import View
from atlas.pages.views.lists import MissingView
from atlas.pages.views.parts import Head
from atlas.problems import Span


def with_contacts(setting: Setting, view: View, span: Span) -> View:
    """The view of a page with the addresses that content/site.yaml gives for it. span: what the page is made from."""
    site = setting.atlas.site
    own = getattr(view, "head", None)
    if not (site.edit_url or site.report_url) or not isinstance(own, Head) or isinstance(view, MissingView):
        return view
    address = next(twin.absolute for twin in own.twins if twin.current)
    report = site.report_url.replace("{title}", quote(own.title, safe=""))
    head = replace(
        own,
        address=address,
        edit_url=site.edit_url.replace("{path}", quote(_file(setting, span))),
        report_url=report.replace("{url}", quote(address, safe="")),
    )
    changed: View = replace(view, head=head)
    return changed


def _file(setting: Setting, span: Span) -> str:
    """The file in which the words of a page stand: its translation's, its own, or what declares the site."""
    record = setting.atlas.addresses.get(setting.path)
    if record is None or record.path != span.path:
        return span.path or SITE_PATH
    language = setting.language.id
    return record.translations[language].path if language in record.translations else record.path
