// @ts-check
/* Counts on what the server wrote: the time left until `data-until`, by the server's clock, not the browser's. */
import { hear, now, onWaking, write } from "./clock.js";

const language = document.documentElement.lang || "en";
const list = new Intl.ListFormat(language, { type: "conjunction" });

/** @param {number} count @param {string} unit */
const inWords = (count, unit) =>
  new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);

/** @param {number} seconds */
function left(seconds) {
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const parts = /** @type {[number, string][]} */ (
    days
      ? [
          [days, "day"],
          [hours, "hour"],
        ]
      : hours
        ? [
            [hours, "hour"],
            [minutes, "minute"],
          ]
        : [
            [minutes, "minute"],
            [seconds % 60, "second"],
          ]
  );
  const told = parts.filter(([count]) => count);
  return list.format((told.length ? told : parts.slice(-1)).map(([count, unit]) => inWords(count, unit)));
}

/** @param {Document} page @returns {HTMLElement | null} */
const placeIn = (page) => page.querySelector("[data-countdown]");

/** @param {HTMLElement} place */
function show(place) {
  const seconds = Math.floor((Date.parse(place.dataset.until ?? "") - now()) / 1000);
  write(place, (seconds < 0 ? place.dataset.over : place.dataset.countdown?.replace("%(left)s", left(seconds))) ?? "");
}

/* After a sleep the elapsed time is not known: the page says again what the server's clock shows, and until when.
   @param {HTMLElement} place */
async function askAgain(/** @type {HTMLElement} */ place) {
  const answer = await fetch(location.href, { cache: "no-store" });
  const fresh = placeIn(new DOMParser().parseFromString(await answer.text(), "text/html"));
  if (!fresh) return;
  place.dataset.until = fresh.dataset.until;
  hear(fresh.dataset.now);
}

const place = placeIn(document);
if (place) {
  hear(place.dataset.now);
  show(place);
  setInterval(show, 1000, place);
  onWaking(() => {
    askAgain(place).catch(() => {
      /* no network: counted on by this machine's clock */
    });
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
