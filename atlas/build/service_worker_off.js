// Removes the service worker that an earlier build published, and all that it kept.
"use strict";

const remove = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(`atlas ${self.registration.scope} `)).map((name) => caches.delete(name)));
  await self.registration.unregister();
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(remove()));
