/* Keeps the page of one desk readable without a network. The page itself caches what it needs; this worker only tries
   the network first and then the cache. Anything that is not the page or a file of the site is left alone. */
"use strict";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  const isPage = request.mode === "navigate" && address.href.split("?")[0] === self.registration.scope;
  const isFile = ["style", "script", "font", "image"].includes(request.destination) && address.origin === self.location.origin;
  if (request.method !== "GET" || !(isPage || isFile)) return;
  event.respondWith(fetch(request).catch(async () => (await caches.match(isPage ? self.registration.scope : request, { ignoreSearch: isPage })) || Response.error()));
});
