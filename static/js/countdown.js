// @ts-check
/* Counts on what the server wrote: the time left until `data-until`, by the server's clock, not the browser's. When it is
   over, the parts of the page become what the server wrote for then: their words `data-then`, their class
   `data-then-class`, whether they are hidden `data-then-hidden` (“yes” or “no”), where the form in them is sent
   `data-then-action`, and the words on its button `data-then-button`. No fetch is needed for that, and nothing that was
   typed is touched. A little later each page asks the server whether it is so. */
import { hear, now, onWaking, write } from "./clock.js";
import { all } from "./page.js";

const language = document.documentElement.lang || "en";
const PARTS = "[data-then], [data-then-hidden], [data-then-action]";
const SPREAD = 20_000; // within which all pages that saw the same moment ask

/** @param {number} count @param {string} unit */
const inWords = (count, unit) =>
  new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);

/** As the server writes a length: `together` is its pattern for two units.
 * @param {number} seconds @param {string} together */
function left(seconds, together) {
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
  const [longer, shorter] = (told.length ? told : parts.slice(-1)).map(([count, unit]) => inWords(count, unit));
  return shorter ? together.replace("%(longer)s", longer).replace("%(shorter)s", shorter) : longer;
}

/** The time left, or that it is over, in words. @param {HTMLElement} place @param {number} milliseconds */
const wordsFor = ({ dataset: { countdown, over, together = "" } }, milliseconds) =>
  (milliseconds <= 0 ? over : countdown?.replace("%(left)s", left(Math.floor(milliseconds / 1000), together))) ?? "";

/** What a part of the page can change in. @param {HTMLElement} part */
const look = (part) => ({
  text: part.childElementCount ? "" : (part.textContent ?? ""),
  className: part.className,
  hidden: part.hidden,
  action: part.querySelector("form")?.getAttribute("action") ?? "",
  button: part.querySelector("form [type=submit]")?.textContent ?? "",
});

/** @type {Map<HTMLElement, ReturnType<typeof look>>} */
const before = new Map();
const places = /** @type {HTMLElement[]} */ (all("[data-countdown]"));
const [place] = places;
let isOver = false;
let isStill = false; // whether the form goes on as it was, because the server says so

/** @param {HTMLElement} part @param {ReturnType<typeof look>} was */
function turn(part, was) {
  const { then, thenClass, thenHidden, thenAction, thenButton } = part.dataset;
  const isTurned = isOver && !(isStill && part.closest("[data-mode]"));
  if (then !== undefined) write(part, isTurned ? then : was.text);
  if (thenClass) part.className = isTurned ? thenClass : was.className;
  if (thenHidden) part.hidden = isTurned ? thenHidden === "yes" : was.hidden;
  if (!thenAction) return;
  part.querySelector("form")?.setAttribute("action", isTurned ? thenAction : was.action);
  write(part.querySelector("form [type=submit]"), isTurned ? (thenButton ?? "") : was.button);
}

function turnAll() {
  for (const [part, was] of before) turn(part, was);
}

function show() {
  const milliseconds = Date.parse(place.dataset.until ?? "") - now();
  for (const each of places) write(each, wordsFor(each, milliseconds));
  if (isOver === milliseconds <= 0) return;
  isOver = milliseconds <= 0;
  turnAll();
  if (isOver) setTimeout(ask, 1000 + Math.random() * SPREAD);
}

/** Take over what the server says of the same parts and places; a page that has others is not this one any more.
 * @param {Document} page */
function takeOver(page) {
  const [fresh] = /** @type {HTMLElement[]} */ (all("[data-countdown]", page));
  const parts = /** @type {HTMLElement[]} */ (all(PARTS, page));
  if (!fresh || parts.length !== before.size) return;
  for (const each of places) Object.assign(each.dataset, fresh.dataset);
  [...before.keys()].forEach((part, number) => {
    Object.assign(part.dataset, parts[number].dataset);
    before.set(part, look(parts[number]));
  });
  hear(fresh.dataset.now);
}

/** Ask the server again what its clock shows, until when it counts, and what the form is then. */
async function askAgain() {
  const answer = await fetch(location.href, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  isStill = /** @type {HTMLElement | null} */ (page.querySelector("[data-mode]"))?.dataset.mode === "extended";
  takeOver(page);
  turnAll();
}

/* No network: counted on by this machine's clock. */
const ask = () => askAgain().catch(() => {});

if (place) {
  for (const part of /** @type {HTMLElement[]} */ (all(PARTS))) before.set(part, look(part));
  hear(place.dataset.now);
  show();
  setInterval(show, 1000);
  onWaking(ask);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
