// Leads on from an old address with the part of the page that it names, and the words of a search. Without this script
// the page leads on to the top.
"use strict";

const target = new URL(document.querySelector("main a").href);
target.search = location.search;
target.hash = location.hash;
location.replace(target);
