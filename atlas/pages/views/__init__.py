"""What each kind of page shows, and nothing else: frozen values that templates read.

A view is the whole of what its template knows besides the frame of its language. Every name that
ends in `html` holds markup that is safe to print; everything else is plain text, to be escaped.
Addresses are relative to the page.
"""

from __future__ import annotations

from atlas.pages.views.comparisons import CompareView, DimensionView, FieldsView, PairView, ScaleView
from atlas.pages.views.data import ChangesView, DataView, FeedView, LlmsView, RobotsView, SitemapView
from atlas.pages.views.lists import (
    ExploreView,
    HomeView,
    IndexView,
    MissingView,
    RedirectView,
    SearchView,
    SourcesView,
    SourceView,
)
from atlas.pages.views.pictures import MapView, NetworkView, TimelineView
from atlas.pages.views.records import PrintView, RecordView

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
