// @ts-check
/* Beside the page In the room, so that it can be installed and its alerts shown on a locked telephone. It answers no
   request and keeps no page: what a telephone shows comes from the site each time. */

const worker = /** @type {any} */ (self);

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));

/* A press on an alert comes back to the page. */
worker.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  const scope = worker.registration.scope;
  event.waitUntil(
    worker.clients.matchAll({ type: "window" }).then((/** @type {any[]} */ pages) => {
      const page = pages.find((each) => each.url.startsWith(scope));
      return page ? page.focus() : worker.clients.openWindow(scope);
    }),
  );
});
