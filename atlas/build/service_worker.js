// Keeps visited pages for reading without a network. Pages and styles come from the network where there is one; files
// of the search index, whose names change with their content, come from the cache. Each build has its own cache.
"use strict";

const VERSION = "<<version>>";
const CORE = <<core>>;
const MAX_FILES = 500; // files kept besides those of CORE; the oldest go first
const IMMUTABLE = /\/search\/index\/[^/]+\/[^/]+\.json$/;
const scope = self.registration.scope;
const prefix = `atlas ${scope} `; // other atlases may have the same origin
const core = new Set(CORE.map((path) => new URL(path, scope).href));

// The address that a file is kept under: a query such as that of the search changes no file.
const withoutQuery = (address) => {
  const url = new URL(address, scope);
  url.search = url.hash = "";
  return url.href;
};

// Opened once: a worker that is replaced while it answers does not make a cache again that its successor has deleted.
let opening = null;
const own = () => (opening ||= caches.open(prefix + VERSION));

const keep = async (cache, address, answer) => {
  if (!answer.ok || answer.redirected || answer.type !== "basic") return;
  await cache.put(withoutQuery(address), answer);
  const others = (await cache.keys()).filter((request) => !core.has(request.url));
  for (const request of others.slice(0, Math.max(0, others.length - MAX_FILES))) await cache.delete(request);
};

const renew = async (cache, address) => keep(cache, address, await fetch(withoutQuery(address), { cache: "no-cache" }));

const install = async () => {
  const cache = await own();
  await Promise.allSettled([...core].map((address) => renew(cache, address)));
  await self.skipWaiting();
};

// The caches of earlier builds, in the order in which they were made. One that is made after that of this worker belongs
// to its successor.
const oldCaches = async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix));
  return names.slice(0, Math.max(0, names.indexOf(prefix + VERSION)));
};

// A file that never changes is only asked for, not loaded. What is gone from the site goes here too; if the server or the
// network fails, the copy of the earlier build stays.
const renewOne = async (cache, address, copy) => {
  const lasts = IMMUTABLE.test(address);
  const answer = await fetch(address, { cache: "no-cache", method: lasts ? "HEAD" : "GET" }).catch(() => null);
  if (answer && [404, 410].includes(answer.status)) return;
  if (answer?.ok && !lasts) await keep(cache, address, answer);
  else if (!(await cache.match(address))) await cache.put(address, copy);
};

// What was visited is fetched again, so that nothing is older than this build. A worker that the browser ends meanwhile
// goes on when it answers again.
const renewOld = async () => {
  const cache = await own();
  for (const name of await oldCaches()) {
    const old = await caches.open(name);
    for (const { url } of await old.keys()) {
      if (!(await cache.match(url))) await renewOne(cache, url, await old.match(url));
    }
    await caches.delete(name);
  }
};

let renewing = null;
const renewOnce = () => (renewing ||= renewOld().catch(() => (renewing = null)));

// Browsers answer nothing while a worker activates: it does not wait for the files of earlier builds.
const activate = async () => {
  await self.clients.claim();
  renewOnce();
};

const answerTo = async (event) => {
  const { request } = event;
  const cache = await own();
  const address = withoutQuery(request.url);
  const kept = async () => (await cache.match(address)) || caches.match(address); // perhaps not renewed yet
  if (IMMUTABLE.test(request.url)) {
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

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isMedia = ["audio", "video"].includes(request.destination) || request.headers.has("range");
  if (request.method === "GET" && request.url.startsWith(scope) && !isMedia) event.respondWith(answerTo(event));
  event.waitUntil(renewOnce());
});

// A page that was open before this worker sends the list of its files.
self.addEventListener("message", (event) => {
  const wanted = event.data.filter((address) => address.startsWith(scope));
  const all = async () => {
    const cache = await own();
    await Promise.allSettled(wanted.map(async (address) => (await cache.match(withoutQuery(address))) || renew(cache, address)));
  };
  event.waitUntil(all());
});
