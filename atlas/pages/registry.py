"""Lists the kinds of pages in the order of planning. A new kind is one more entry."""

from __future__ import annotations

from typing import Final

from atlas.pages.book.views import (
    BookContentsView,
    BookCoverView,
    BookNamesView,
    BookPackageView,
    BookPagesView,
    BookPartView,
    BookPicturesView,
    BookRecordView,
    BookReferencesView,
    BookTitleView,
)
from atlas.pages.changes.change_pages import CHANGES, change_pages, feed_files
from atlas.pages.changes.views import ChangesView, FeedView
from atlas.pages.compare.columns import COMPARE
from atlas.pages.compare.compare_pages import compare_pages, dimension_pages
from atlas.pages.compare.field_pages import field_pages
from atlas.pages.compare.pair_pages import pair_pages
from atlas.pages.compare.scale_pages import scale_pages
from atlas.pages.compare.views import CompareView, DimensionView, FieldsView, PairView, ScaleView
from atlas.pages.data.data_files import DATA
from atlas.pages.data.data_pages import data_pages
from atlas.pages.data.views import DataView
from atlas.pages.editions.edition_pages import edition_pages
from atlas.pages.editions.views import EditionsView
from atlas.pages.explore.explore_pages import EXPLORE, explore_pages
from atlas.pages.explore.views import ExploreView
from atlas.pages.indexes.index_pages import index_pages
from atlas.pages.indexes.views import IndexView
from atlas.pages.locale_site import EDITIONS
from atlas.pages.machines.machine_pages import llms_files, robots_files
from atlas.pages.machines.views import LlmsView, RobotsView
from atlas.pages.map.map_pages import MAP, map_pages
from atlas.pages.map.views import MapView
from atlas.pages.network.network_pages import NETWORK, network_pages
from atlas.pages.network.views import NetworkView
from atlas.pages.page_kinds import PageKind
from atlas.pages.parallel.parallel_pages import parallel_pages
from atlas.pages.parallel.views import ParallelView
from atlas.pages.pictures.embed_pages import embed_pages
from atlas.pages.pictures.embed_views import EmbedView
from atlas.pages.pictures.picture_files import picture_svgs, picture_tables
from atlas.pages.pictures.views import PictureFileView, PictureTableView
from atlas.pages.print.print_pages import PRINT, print_pages
from atlas.pages.print.views import PrintView
from atlas.pages.records.datasets import dataset_pages
from atlas.pages.records.record_pages import record_pages
from atlas.pages.records.views import DatasetRowsView, RecordView
from atlas.pages.redirects.views import RedirectView
from atlas.pages.relations.relation_pages import relation_pages
from atlas.pages.relations.views import RelationListView
from atlas.pages.search.search_pages import search_pages
from atlas.pages.search.views import SearchView
from atlas.pages.site.site_pages import home_pages, missing_files
from atlas.pages.site.views import HomeView, MissingView, SitemapIndexView, SitemapView
from atlas.pages.sources.source_pages import source_pages, sources_pages
from atlas.pages.sources.views import SourcesView, SourceView
from atlas.pages.timeline.timeline_pages import TIMELINE, timeline_pages
from atlas.pages.timeline.views import TimelineView
from atlas.schema.families import FAMILIES

PAGE_KINDS: Final = (
    PageKind(templates=("home.html",), view=HomeView, make=home_pages),
    PageKind(templates=("compare.html",), view=CompareView, make=compare_pages, option="compare", path=COMPARE),
    PageKind(templates=("dimension.html",), view=DimensionView, make=dimension_pages, option="compare"),
    PageKind(templates=("pair.html",), view=PairView, make=pair_pages, option="compare"),
    PageKind(templates=("fields.html",), view=FieldsView, make=field_pages, option="compare"),
    PageKind(templates=("scale.html",), view=ScaleView, make=scale_pages, option="compare"),
    PageKind(templates=("explore.html",), view=ExploreView, make=explore_pages, option="explore", path=EXPLORE),
    PageKind(templates=("data.html",), view=DataView, make=data_pages, option="data", path=f"/{DATA}", foot=2),
    PageKind(templates=("changes.html",), view=ChangesView, make=change_pages, option="changes", path=CHANGES, foot=3),
    PageKind(templates=("editions.html",), view=EditionsView, make=edition_pages, path=EDITIONS),
    PageKind(templates=("search.html",), view=SearchView, make=search_pages, option="search"),
    PageKind(
        templates=tuple(f"{family.id}.html" for family in FAMILIES),
        view=RecordView,
        make=record_pages,
        gives_way=True,
    ),
    PageKind(templates=("dataset_rows.html",), view=DatasetRowsView, make=dataset_pages),
    PageKind(templates=("parallel.html",), view=ParallelView, make=parallel_pages, option="parallel", once=True),
    PageKind(templates=("index.html",), view=IndexView, make=index_pages),
    PageKind(templates=("sources.html",), view=SourcesView, make=sources_pages),
    PageKind(templates=("source.html",), view=SourceView, make=source_pages),
    PageKind(templates=("print.html",), view=PrintView, make=print_pages, option="print", path=PRINT, foot=1),
    PageKind(templates=("network.html",), view=NetworkView, make=network_pages, option="network", path=NETWORK),
    PageKind(templates=("map.html",), view=MapView, make=map_pages, option="map", path=MAP),
    PageKind(templates=("relations.html",), view=RelationListView, make=relation_pages),
    PageKind(templates=("timeline.html",), view=TimelineView, make=timeline_pages, option="timeline", path=TIMELINE),
    PageKind(templates=("picture.svg",), view=PictureFileView, make=picture_svgs),
    PageKind(templates=("picture.txt",), view=PictureTableView, make=picture_tables),
    PageKind(templates=("embed.html",), view=EmbedView, make=embed_pages),
    PageKind(templates=("404.html",), view=MissingView, make=missing_files),
    PageKind(templates=("feed.xml",), view=FeedView, make=feed_files, option="feeds"),
    PageKind(templates=("robots.txt",), view=RobotsView, make=robots_files, once=True),
    PageKind(templates=("llms.txt",), view=LlmsView, make=llms_files, once=True),
    PageKind(templates=("redirect.html",), view=RedirectView),
    PageKind(templates=("sitemap.xml",), view=SitemapView),
    PageKind(templates=("sitemap-index.xml",), view=SitemapIndexView),
    PageKind(templates=("book/cover.html", "book/cover.svg"), view=BookCoverView),
    PageKind(templates=("book/title.html",), view=BookTitleView),
    PageKind(templates=("book/contents.html",), view=BookContentsView),
    PageKind(templates=("book/part.html",), view=BookPartView),
    PageKind(templates=("book/record.html",), view=BookRecordView),
    PageKind(templates=("book/pictures.html",), view=BookPicturesView),
    PageKind(templates=("book/references.html",), view=BookReferencesView),
    PageKind(templates=("book/names.html",), view=BookNamesView),
    PageKind(templates=("book/package.xml", "book/style.txt"), view=BookPackageView),
    PageKind(templates=("book/pages.typ",), view=BookPagesView),
)
PAGE_TEMPLATES: Final = tuple(template for kind in PAGE_KINDS for template in kind.templates)
"""The templates of all pages."""
OPTIONAL_PATHS: Final = frozenset(kind.path for kind in PAGE_KINDS if kind.path)
"""The paths of the optional pages, which exist only if the atlas has something to show there."""
_STATEMENT: Final = "/accessibility/"
"""Where authors may write how accessible the atlas is."""
FOOT: Final = (*(kind.path for kind in sorted(PAGE_KINDS, key=lambda kind: kind.foot) if kind.foot), _STATEMENT)
"""The paths of the pages with a link at the foot of every page, if they exist."""
