// @ts-check
/* The desk at the door: sends each scan, shows its verdict, and goes on by the signed list while there is no network.
   Without this script each scan is a form; the server alone decides what a scan does. */
import { timeInWords } from "./clock.js";
import { camera } from "./hand-over-camera.js";
import { reader } from "./hand-over-codes.js";
import { list } from "./hand-over-list.js";
import { queue } from "./hand-over-queue.js";
import { all, one } from "./page.js";

/** @typedef {{verdict?: string, title?: string, name?: string, organization?: string, reason?: string, refusal?: string}} Said */
/** @typedef {{name: string, told: string, scanned: string, address: string}} Conflict */

const desk = one("#desk");
/** @type {HTMLFormElement} */
const form = one("[data-scan-form]", desk);
const fields = /** @type {Record<string, any>} */ (/** @type {unknown} */ (form.elements));
const { code: field, desk: deskName, nonce: formNonce } = fields;
const {
  page = "",
  scan: scanning = "",
  counts = "",
  list: listed = "",
  reader: pictures = "",
  worker = "",
  zone,
  shift,
  timeFormat = "",
  halves = "",
} = desk.dataset;
const PATIENCE = 4000;
const LOOK = 5000;
const LIST = 30000;
const NAME = "desk:name";
let token = fields.csrfmiddlewaretoken.value;
let isLost = false;
let isSending = false;
let remembered = 0;
let seats = "";
let conflictsShown = "";
let note = "";

/** @param {string} name */
const entryOf = (name) => one(`#desk-words [data-word="${name}"]`);
/** @param {string} name */
const word = (name) => entryOf(name).textContent ?? "";
/** The sentence `name` with its facts. @param {string} name @param {Record<string, any>} facts */
const sentence = (name, facts) => word(name).replace(/%\((\w+)\)s/g, (_whole, fact) => String(facts[fact]));
/** @param {string[]} lines */
const inSentences = (lines) => lines.reduce((first, second) => sentence("in-sentences", { first, second }));
const { readings, isShort } = reader(JSON.parse(desk.dataset.codes ?? ""));
const nonce = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

class SignedOut extends Error {}

/** @param {string} address @param {RequestInit} options */
async function ask(address, options = {}) {
  const response = await fetch(address, {
    credentials: "same-origin",
    signal: AbortSignal.timeout(PATIENCE),
    headers: { Accept: "application/json" },
    ...options,
  });
  if (response.redirected || response.status === 403) throw new SignedOut();
  if (!response.ok && response.status !== 422) throw new Error(`status ${response.status}`);
  return response.json();
}

/* After a new sign-in, forms need a new token. */
async function renewToken() {
  const html = await (await fetch(page, { credentials: "same-origin" })).text();
  /** @type {HTMLInputElement | null} */
  const fresh = new DOMParser()
    .parseFromString(html, "text/html")
    .querySelector("[data-scan-form] [name=csrfmiddlewaretoken]");
  if (fresh) token = fresh.value;
  return Boolean(fresh);
}

/** @param {Record<string, string | undefined>} attempt */
async function send(attempt) {
  const post = () => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...attempt, csrfmiddlewaretoken: token }))
      body.append(name, String(value));
    return ask(scanning, { method: "POST", body });
  };
  try {
    return await post();
  } catch (trouble) {
    if (trouble instanceof SignedOut && (await renewToken())) return post();
    throw trouble;
  }
}

/** @param {Said} said */
function show({ verdict = "red", title, name = "", organization = "", reason = "", refusal }) {
  const place = one("[data-verdict]", desk);
  const box = document.createElement("div");
  box.className = `verdict verdict--${verdict}`;
  box.innerHTML = '<span class="verdict-sign" aria-hidden="true"></span><div></div>';
  const lines = { title: title || refusal, name, organization, reason };
  for (const [part, text] of Object.entries(lines)) {
    if (!text) continue;
    const line = document.createElement("p");
    line.className = `verdict-${part}`;
    line.append(Object.assign(document.createElement("bdi"), { textContent: text }));
    box.lastElementChild?.append(line);
  }
  place.replaceChildren(box);
}

/** @param {string} code */
async function scan(code) {
  const attempt = {
    code,
    nonce: nonce(),
    mode: fields.mode.value,
    desk: deskName.value,
    device_at: new Date().toISOString(),
  };
  try {
    const said = await send(attempt);
    show(said);
    if (said.verdict === "green") remember((await read(code)).digest, said.outcome);
    reached(true);
    look();
  } catch (trouble) {
    show(await judgeAlone(attempt));
    reached(false, trouble instanceof SignedOut);
  }
}

/* What this device called green is known here before the list is fetched again. */
/** @param {string | undefined} digest @param {string} outcome */
function remember(digest, outcome) {
  if (!digest) return;
  const now = timeInWords(Date.now() + Number(shift) * 1000, zone, timeFormat, halves);
  queue.note(digest, { outcome, at: outcome === "handed_over" ? now : queue.done(digest)?.at });
  remembered += 1;
}

/** @param {string} name @param {any} [entry] @param {string} [reason] @returns {Said} */
const answer = (name, entry, reason) => ({
  verdict: entryOf(name).dataset.verdict,
  title: word(name),
  name: entry?.name,
  organization: entry?.organization,
  reason: reason || word(`${name}-reason`),
});

/* The reading of a code that is on the signed list, and what is kept of it; if none is, the likeliest. */
/** @param {string} code */
async function read(code) {
  for (const reading of readings(code)) {
    const entry = await list.find(reading).catch(() => undefined);
    if (entry) return { reading, entry, digest: await list.digest(reading) };
  }
  const [reading] = readings(code);
  return { reading, entry: await list.find(reading).catch(() => undefined), digest: await list.digest(reading) };
}

/* The answer without a network, and the scan kept for the server: of the code only its digest. */
/** @param {{code: string, nonce: string, mode: string, desk: string, device_at: string}} attempt */
async function judgeAlone({ code, ...attempt }) {
  const { reading, entry, digest } = await read(code);
  if (isShort(reading)) return answer("short");
  if (!digest) return answer("not-kept");
  const said = judge(entry, digest, attempt.mode);
  queue.add({ ...attempt, code_digest: digest, told: said.verdict });
  return said;
}

/* By the signed list, and by what this device has done since: the list says what either makes of the next scan. */
/** @param {any} entry @param {string} digest @param {string} mode */
function judge(entry, digest, mode) {
  if (entry === undefined) return answer("no-list");
  if (entry === null) return answer("unlisted");
  const here = queue.done(digest);
  const outcome = here ? entry.after[here.outcome][mode] : entry.says[mode];
  if (entryOf(outcome).dataset.verdict === "green") remember(digest, outcome);
  const before = here?.at ? sentence("used-here", { time: here.at }) : sentence("used-before", { where: entry.before });
  const reason = outcome === "already" ? before : word(`${outcome}-reason`);
  return answer(outcome, entry, inSentences([reason, word("by-list")]));
}

/* Send what waits, in its order. What the server cannot confirm stands under “to be cleared up”. */
async function synchronize() {
  if (isSending || !queue.all().length) return;
  isSending = true;
  let done = 0;
  let conflicts = 0;
  try {
    for (const attempt of queue.all()) {
      const said = await send(attempt);
      queue.remove(attempt.nonce);
      done += 1;
      conflicts += said.is_conflict ? 1 : 0;
      if (said.refusal) show(said);
    }
    fetchList();
  } catch (trouble) {
    reached(false, trouble instanceof SignedOut);
  } finally {
    isSending = false;
  }
  if (!done) return;
  note = sentence("synchronized", { number: done });
  if (conflicts) note = inSentences([note, sentence("conflicts", { number: conflicts })]);
}

async function look() {
  try {
    const said = await ask(counts);
    await synchronize();
    const now = queue.all().length ? said : await ask(counts);
    for (const place of all("[data-count]", desk)) place.textContent = now[place.dataset.count ?? ""];
    showSeats(now.seats);
    showConflicts(now.conflicts);
    reached(true);
  } catch (trouble) {
    reached(false, trouble instanceof SignedOut);
  }
}

/* The picture comes from the server, and is touched only if a seat has changed. */
/** @param {string} html */
function showSeats(html) {
  const [place] = all("[data-seats]", desk);
  if (!place || html === seats) return;
  place.innerHTML = html;
  seats = html;
}

/** Shown again only if they have changed, so that someone who is on a link among them stays there.
 * @param {Conflict[]} conflicts */
function showConflicts(conflicts) {
  const text = JSON.stringify(conflicts);
  if (text === conflictsShown) return;
  conflictsShown = text;
  const section = one("[data-conflicts]", desk);
  const focused = section.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  section.hidden = !conflicts.length;
  one("ul", section).replaceChildren(
    ...conflicts.map((each) => {
      const row = document.createElement("li");
      const name = document.createElement("strong");
      name.textContent = each.name || "–";
      row.append(name, ` ${each.told} ${each.scanned} `);
      const settling = Object.assign(document.createElement("a"), { href: each.address, textContent: word("settle") });
      if ("supervisor" in desk.dataset) row.append(settling);
      return row;
    }),
  );
  if (focused)
    all("a", section)
      .find((link) => link.getAttribute("href") === focused)
      ?.focus();
}

async function fetchList() {
  const isWhole = !queue.all().length;
  const before = remembered;
  try {
    const isKept = await list.keep(await ask(listed));
    if (isKept && isWhole && before === remembered) queue.forget(); // the list says itself what this device did
  } catch {
    /* the list that is there stays */
  }
}

/** Say in words whether the server is there, and how much waits for it.
 * @param {boolean} isThere */
async function reached(isThere, isSignedOut = false) {
  const waiting = queue.all().length;
  if (isLost && isThere && !waiting) fetchList();
  isLost = !isThere;
  const made = await list.madeAt();
  const lines = [];
  if (isSignedOut) lines.push(word("signed-out"));
  else if (isLost) lines.push(made ? sentence("lost", { moment: made }) : word("lost-no-list"));
  else if (note) lines.push(note);
  if (waiting) lines.push(sentence("kept", { number: waiting }));
  const place = one("[data-state]", desk);
  const text = lines.length ? inSentences(lines) : "";
  place.hidden = !text;
  place.classList.toggle("is-lost", isLost);
  if (place.textContent !== text) place.textContent = text;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const code = field.value.trim();
  field.value = "";
  note = "";
  if (code) scan(code);
});

/* Hand scanners type wherever the focus is: it comes back to the field whenever it is nowhere else, and what is typed on
   a button or a line goes there too; a space still presses the button. */
const focus = () => field.focus({ preventScroll: true });
const isElsewhere = () => document.activeElement && document.activeElement !== document.body;
const isTyping = () => document.activeElement?.matches("input:not([type=radio])");
let isByTab = false; // who leaves the page by Tab is let go
document.addEventListener("focusout", () =>
  window.setTimeout(() => {
    if (!isElsewhere() && !isByTab) focus();
  }),
);
document.addEventListener("pointerdown", () => {
  isByTab = false;
});
document.addEventListener("keydown", (event) => {
  isByTab = event.key === "Tab";
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!isElsewhere() || (!isTyping() && event.key !== " ")) field.focus();
});
for (const mode of fields.mode)
  mode.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    if (event.detail) focus();
  });

deskName.value ||= window.localStorage.getItem(NAME) || "";
const rename = () => {
  window.localStorage.setItem(NAME, deskName.value);
  for (const other of /** @type {HTMLInputElement[]} */ (all(".door-found [name=desk]", desk)))
    other.value = deskName.value;
};
deskName.addEventListener("input", rename);
rename();

const switcher = one("[data-camera-switch]", desk);
switcher.hidden = !camera.isThere;
switcher.addEventListener("click", async () => {
  if (camera.isOn()) camera.stop();
  else
    await camera.start(scan).catch(() => {
      camera.stop();
      show({ verdict: "amber", title: word("no-camera") });
    });
  field.inputMode = camera.isOn() ? "none" : "";
  switcher.textContent = word(camera.isOn() ? "camera-off" : "camera-on");
  focus();
});

/* Signing out leaves nothing on the device, unless scans would be lost. */
one("[data-sign-out]").addEventListener("submit", (event) => {
  const waiting = queue.all().length;
  if (waiting) {
    event.preventDefault();
    show({ verdict: "amber", title: sentence("not-yet", { number: waiting }) });
    return;
  }
  list.forget();
  queue.forget();
  window.caches?.delete("hand-over");
});

/* Keep the page, so that it can be loaded again without a network. */
async function keepPage() {
  if (!navigator.serviceWorker || !window.caches) return;
  await navigator.serviceWorker.register(worker);
  const cache = await window.caches.open("hand-over");
  const shell = await fetch(`${page}?shell`, { credentials: "same-origin" });
  if (shell.ok && !shell.redirected) await cache.put(page, shell);
  /** @type {any[]} */
  const named = all("link[rel=stylesheet], link[rel=icon], script[src]");
  const files = named.map((each) => each.href || each.src);
  await cache.addAll([...files, pictures]);
}

/* After a search one is at what was found, and after an act at what became of it. */
function begin() {
  const [told] = all("[data-told], .door-find [aria-invalid]", desk);
  if (told) told.focus();
  else focus();
}

formNonce.disabled = true;
begin();
fetchList();
look();
keepPage().catch(() => {
  /* the open page goes on without it */
});
window.setInterval(look, LOOK);
window.setInterval(() => {
  if (!isLost) fetchList();
}, LIST);
window.addEventListener("online", look);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    look();
    focus();
  }
});
