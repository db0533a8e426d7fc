"""What each kind of page shows, and nothing else: frozen values that templates read.

A view is the whole of what its template knows besides the frame of its language. Every name that
ends in `html` holds markup that is safe to print; everything else is plain text, to be escaped.
Addresses are relative to the page.
"""

from __future__ import annotations

from atlas.pages.changes.views import ChangesView, FeedView
from atlas.pages.compare.views import CompareView, DimensionView, FieldsView, PairView, ScaleView
from atlas.pages.data.views import DataView
from atlas.pages.explore.views import ExploreView
from atlas.pages.indexes.views import IndexView
from atlas.pages.machines.views import LlmsView, RobotsView
from atlas.pages.map.views import MapView
from atlas.pages.network.views import NetworkView
from atlas.pages.print.views import PrintView
from atlas.pages.records.views import RecordView
from atlas.pages.redirects.views import RedirectView
from atlas.pages.search.views import SearchView
from atlas.pages.site.views import HomeView, MissingView, SitemapView
from atlas.pages.sources.views import SourcesView, SourceView
from atlas.pages.timeline.views import TimelineView

View = (
    RecordView
    | IndexView
    | SourcesView
    | SourceView
    | HomeView
    | PrintView
    | MissingView
    | RedirectView
    | SitemapView
    | CompareView
    | DimensionView
    | PairView
    | FieldsView
    | ScaleView
    | ExploreView
    | NetworkView
    | MapView
    | TimelineView
    | DataView
    | ChangesView
    | FeedView
    | RobotsView
    | LlmsView
    | SearchView
)
"""The view of any page."""
