// Keeps one page and its dress for when the network is away. Everything else always comes from the house itself.
"use strict";
const about = JSON.parse("{{ about|escapejs }}");

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(about.cache).then((cache) => cache.addAll(about.kept)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const older = (names) => names.filter((name) => name.startsWith("pupitre-") && name !== about.cache);
  event.waitUntil(
    caches.keys().then((names) => Promise.all(older(names).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const asked = new URL(request.url);
  if (request.method !== "GET" || asked.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(about.kept[0])));
  } else if (about.kept.includes(asked.pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(asked.pathname)));
  }
});
