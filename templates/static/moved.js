// Redirects from an old address and keeps the fragment and the query string. Without this script the page redirects
// without them.
"use strict";

const target = new URL(document.querySelector("main a").href);
target.search = location.search;
target.hash = location.hash;
location.replace(target);
