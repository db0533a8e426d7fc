// Keeps visited pages for reading without a network. Pages and styles come from the network where there is one; files
// of the search index, whose names change with their content, come from the cache. Each build has its own cache.
"use strict";

const VERSION = "<<version>>";
const CORE = <<core>>;
const MOST = 500; // files kept besides those of CORE; the oldest go first
const LASTING = /\/search\/index\/[^/]+\/[^/]+\.json$/;
const scope = self.registration.scope;
const prefix = `atlas ${scope} `; // other atlases may have the same origin
const core = new Set(CORE.map((path) => new URL(path, scope).href));

// The address that a file is kept under: a query such as that of the search changes no file.
const bare = (address) => {
  const url = new URL(address, scope);
  url.search = url.hash = "";
  return url.href;
};

// Opened once: a worker that is replaced while it answers does not make a cache again that its successor has deleted.
let opening = null;
const own = () => (opening ||= caches.open(prefix + VERSION));

const keep = async (cache, address, answer) => {
  if (!answer.ok || answer.redirected || answer.type !== "basic") return;
  await cache.put(bare(address), answer);
  const others = (await cache.keys()).filter((request) => !core.has(request.url));
  for (const request of others.slice(0, Math.max(0, others.length - MOST))) await cache.delete(request);
};

const renew = async (cache, address) => keep(cache, address, await fetch(bare(address), { cache: "no-cache" }));

const begin = async () => {
  const cache = await own();
  await Promise.allSettled([...core].map((address) => renew(cache, address)));
  await self.skipWaiting();
};

// What was visited is fetched again, so that nothing is older than this build; what is gone from the site goes here too.
const takeOver = async () => {
  const cache = await own();
  await self.clients.claim();
  for (const name of await caches.keys()) {
    if (!name.startsWith(prefix) || name === prefix + VERSION) continue;
    const old = await caches.open(name);
    for (const request of await old.keys()) {
      if (LASTING.test(request.url) || (await cache.match(request.url))) continue;
      const copy = await old.match(request);
      await renew(cache, request.url).catch(() => cache.put(request.url, copy));
    }
    await caches.delete(name);
  }
};

const answerTo = async (event) => {
  const { request } = event;
  const cache = await own();
  const kept = () => cache.match(bare(request.url));
  if (LASTING.test(request.url)) {
    const found = await kept();
    if (found) return found;
  }
  try {
    const answer = await fetch(request);
    event.waitUntil(keep(cache, request.url, answer.clone()).catch(() => {})); // the disk may be full
    return answer;
  } catch (error) {
    const found = await kept();
    if (found) return found;
    throw error;
  }
};

self.addEventListener("install", (event) => event.waitUntil(begin()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isMedia = ["audio", "video"].includes(request.destination) || request.headers.has("range");
  if (request.method === "GET" && request.url.startsWith(scope) && !isMedia) event.respondWith(answerTo(event));
});

// A page that was open before this worker tells which files it is made of.
self.addEventListener("message", (event) => {
  const wanted = event.data.filter((address) => address.startsWith(scope));
  const all = async () => {
    const cache = await own();
    await Promise.allSettled(wanted.map(async (address) => (await cache.match(bare(address))) || renew(cache, address)));
  };
  event.waitUntil(all());
});
