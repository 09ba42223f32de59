// @ts-check
/* Keeps a page true: the server renders its fragments, this module shows them.

   `[data-live]` is the page, and each `[data-fragment]` in it a fragment with an id. `data-stream` is a stream that
   carries the fragments; `data-hints` one that only says that something happened. Without a stream, and beside hints,
   the page asks `data-news` every `data-every` milliseconds; if what it is to `data-watch` differs, it fetches itself.
   While hints are heard, a page with `data-beside` asks only so often, in case one was lost.
   While `data-busy` is set, nothing is shown. If what has the focus is gone, it goes to `[data-home-here]` in its
   fragment or `[data-home]`. `[data-from]` is a fragment of this reader's own, fetched after a change. */
import { hear, onWaking, tick } from "./clock.js";
import { morph } from "./morph.js";

/** @typedef {{version: number, now: string, stamp?: string, fragments?: Record<string, string>} & Record<string, unknown>} Said */

const SILENT = 7000; // a stream says something every five seconds
const PATIENCE = 6000; // for an answer
const SPREAD = 2000; // within which all readers ask for what is their own
const LOST = 3; // questions without an answer

export const root = /** @type {HTMLElement} */ (document.querySelector("[data-live]"));
const { stream, hints, news = "", livePort } = root.dataset;
const every = Number(root.dataset.every);
const beside = Number(root.dataset.beside ?? 0);
const watched = (root.dataset.watch ?? "").split(" ");
const origin = livePort ? `${location.protocol}//${location.hostname}:${livePort}` : "";

/** @type {EventSource | null} */
let source = null;
let [version, now, stamp] = [Number(root.dataset.version), root.dataset.now ?? "", ""];
let [heardAt, spokenAt, openedAt, askedAt] = [performance.now(), -Infinity, -Infinity, -Infinity];
let [isAsking, isStale, isOwnDue] = [false, false, false];
let hinted = -1; // the last hint that was followed

/** @param {string} address @param {RequestInit} options */
export async function get(address, options = {}) {
  const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options });
  if (answer.status === 404 && address.startsWith(`${news}?`)) location.reload(); // a link was revoked: the page ends
  if (!answer.ok && answer.status !== 422) throw new Error(`status ${answer.status}`);
  return answer;
}

/** Say whether the site was reached; the line `[data-lost]` is shown once it has not been for a while.
 * @param {boolean} isReached */
export function reached(isReached) {
  heardAt = isReached ? performance.now() : -Infinity;
  showConnection();
}

const isStreaming = () => source?.readyState === EventSource.OPEN;

function showConnection() {
  const isLost = performance.now() - heardAt > LOST * every;
  const word = isLost ? "lost" : isStreaming() ? "live" : "asking";
  if (root.dataset.connection !== word) root.dataset.connection = word;
  const line = /** @type {HTMLElement | null} */ (root.querySelector("[data-lost]"));
  if (line) line.hidden = !isLost;
}

/** Give the focus to the heading of `part`, or to that of the page, and keep it in view.
 * @param {Element} [part] */
export function goHome(part) {
  const heading = part?.querySelector("[data-home], [data-home-here]") ?? root.querySelector("[data-home]");
  const home = /** @type {HTMLElement | null} */ (heading);
  home?.focus({ preventScroll: true });
  home?.scrollIntoView({ block: "nearest" });
}

/** Do `change`; focus stays where it was or, if that is gone, goes home in its part of the page. @param {() => void} change */
function keepingFocus(change) {
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  const part = focused?.closest("[data-fragment]");
  change();
  if (part && document.activeElement !== focused) {
    if (focused.isConnected) focused.focus({ preventScroll: true });
    else goHome(part);
  }
  tick();
  root.dispatchEvent(new Event("live:changed"));
}

/** @param {string} html */
const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

/** Show the fragments of the page in `html`. Returns that page, or null if it is another one.
 * @param {string} html */
export function show(html) {
  const page = parsed(html);
  const fresh = /** @type {HTMLElement | null} */ (page.querySelector("[data-live]"));
  if (!fresh) return null;
  keepingFocus(() => {
    for (const part of fresh.querySelectorAll("[data-fragment]")) {
      const place = document.getElementById(part.id);
      if (place) morph(place, part);
    }
  });
  for (const name of watched) root.dataset[name] = fresh.dataset[name];
  document.title = page.title;
  hear(fresh.dataset.now);
  [stamp, isStale] = ["", false];
  return page;
}

/** @param {Element} place @param {string} html */
function fill(place, html) {
  const part = /** @type {Element} */ (place.cloneNode());
  part.innerHTML = html;
  morph(place, part);
}

/** @param {Said} said */
const isNews = (said) => watched.some((name) => name in said && String(said[name]) !== root.dataset[name]);

/** @param {MessageEvent<string>} event */
function take({ data }) {
  /** @type {Said} */
  const said = JSON.parse(data);
  spokenAt = performance.now();
  if (said.version < version && said.now < now) return;
  hear(said.now);
  if (!said.fragments) {
    follow(said);
    return;
  }
  [version, now] = [said.version, said.now];
  reached(true);
  if (said.stamp === stamp) return;
  stamp = said.stamp ?? "";
  const isNew = isNews(said);
  const { fragments } = said;
  keepingFocus(() => {
    for (const part of root.querySelectorAll("[data-fragment]"))
      if (part.id in fragments) fill(part, fragments[part.id]);
  });
  for (const name of watched) root.dataset[name] = String(said[name]);
  if (isNew && !isOwnDue) setTimeout(askOwn, Math.random() * SPREAD);
  isOwnDue ||= isNew;
}

/** Follow a hint, once: its version is that of the whole meeting, and the page's may be that of one list.
 * @param {Said} said */
function follow(said) {
  if (beside) reached(true);
  if (isAsking || said.version === hinted) return;
  hinted = said.version;
  if (isNews(said)) ask();
}

async function askOwn() {
  isOwnDue = false;
  for (const place of root.querySelectorAll("[data-from]")) {
    if (!place.children.length) continue;
    try {
      const html = await (await get(/** @type {HTMLElement} */ (place).dataset.from ?? "")).text();
      keepingFocus(() => fill(place, html));
    } catch {
      /* asked again with the next change */
    }
  }
}

/** Fetch this page and show it, unless someone is in the middle of something. */
async function renew() {
  if (root.dataset.busy) return;
  const html = await (await get(location.href)).text();
  if (!root.dataset.busy && !show(html)) throw new Error("another page");
}

/** Ask whether there is news. */
async function ask() {
  if (isAsking) return;
  isAsking = true;
  askedAt = performance.now();
  try {
    /** @type {Said} */
    const said = await (await get(`${news}?since=${version}`)).json();
    hear(said.now);
    if (isNews(said)) {
      isStale = true;
      if (said.version !== version) root.dispatchEvent(new CustomEvent("live:news", { detail: said }));
    }
    [version, now] = [said.version, said.now ?? now];
    if (isStale) await renew();
    reached(true);
  } catch {
    hinted = -1;
    showConnection();
  } finally {
    isAsking = false;
  }
}

function open() {
  source?.close();
  const address = stream ?? hints;
  if (!address || !window.EventSource) return;
  openedAt = performance.now();
  source = new EventSource(origin + address);
  source.addEventListener("state", take);
}

function look() {
  const at = performance.now();
  if (at - spokenAt > SILENT && at - openedAt > SILENT) open();
  const pause = beside && isStreaming() ? beside : every;
  if (!(stream && isStreaming()) && at - askedAt > pause - 100) ask();
  showConnection();
}

function askAtOnce() {
  open();
  ask();
}

hear(root.dataset.now);
tick();
open();
setInterval(tick, 200);
setInterval(look, 1000);
onWaking(askAtOnce);
root.addEventListener("live:idle", () => {
  if (isStale) renew().catch(showConnection);
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) ask();
});
window.addEventListener("online", askAtOnce);
window.addEventListener("pageshow", (event) => {
  if (event.persisted) askAtOnce();
});
