// @ts-check
/* The console: sends its forms without leaving the page, and presses buttons by key.
   Everything works without it; the server alone decides what an act does. */
import { get, goHome, reached, root, show } from "./live.js";
import { keep } from "./switches.js";

/** @type {Set<string>} */
const inHand = new Set();
let last = Promise.resolve();

/** What the server said about the act, in place of what it said before. @param {Document} page */
function say(page) {
  for (const old of document.querySelectorAll("main > .frame > .notice")) old.remove();
  for (const notice of page.querySelectorAll("main > .frame > .notice")) {
    notice.removeAttribute("autofocus");
    root.before(notice);
  }
}

/** @param {HTMLFormElement} form */
const typed = (form) => String(new URLSearchParams(/** @type {any} */ (new FormData(form))));

/** Send one form after the other, in the order pressed; a double press of the same form counts once. What is focused in
 * it is left at once: the next key is an act, and not something to show on the screens. @param {HTMLFormElement} form */
function send(form) {
  const address = form.action;
  if (inHand.has(address)) return;
  inHand.add(address);
  root.dataset.busy = "yes";
  root.setAttribute("aria-busy", "true");
  const words = typed(form);
  const body = new FormData(form);
  if (document.activeElement?.matches("input") && form.contains(document.activeElement)) leave(form);
  last = last
    .then(() => post(form, address, body, words))
    .finally(() => {
      inHand.delete(address);
      if (inHand.size) return;
      root.removeAttribute("aria-busy");
      delete root.dataset.busy;
      root.dispatchEvent(new Event("live:idle"));
    });
}

/** @param {HTMLFormElement} form @param {string} address @param {FormData} body @param {string} words what was sent */
async function post(form, address, body, words) {
  try {
    const html = await (await get(address, { method: "POST", body })).text();
    const isAsSent = typed(form) === words;
    const page = show(html);
    if (!page) return location.reload();
    say(page);
    /** @type {HTMLElement | null} */ (
      root.querySelector("[data-asked]") ?? form.querySelector("[aria-invalid]")
    )?.focus();
    if (isAsSent && !page.querySelector(".notice--error, .invalid-feedback")) form.reset();
    reached(true);
  } catch {
    reached(false);
  }
}

/** @param {Element} element */
const leave = (element) => goHome(element.closest("[data-fragment]") ?? undefined);

/** @param {string} key @returns {HTMLElement | null} */
const find = (key) => root.querySelector(`[data-key="${CSS.escape(key)}"]`);

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (event.defaultPrevented || !root.contains(form)) return;
  event.preventDefault();
  send(form);
});

/* “No, wait”: the question is taken away, and nothing was done. */
root.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest("[data-wait]");
  if (!link) return;
  event.preventDefault();
  document.getElementById("console-asked")?.replaceChildren();
  goHome();
});

const keys = /** @type {HTMLInputElement} */ (document.getElementById("use-keys"));
/** @type {HTMLElement} */ (document.querySelector("[data-keys-switch]")).hidden = false;
keep(keys, root.dataset.person, true, () => {});

document.addEventListener("keydown", (event) => {
  if (!keys.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const focused = /** @type {HTMLElement} */ (event.target);
  if (focused.matches("input:not([type=checkbox]), textarea, select")) {
    if (event.key === "Escape") focused.blur();
    return;
  }
  const target = find(event.key.toLowerCase());
  if (!target) return;
  event.preventDefault();
  if (target.matches("input") || "careful" in target.dataset) target.focus();
  else target.click();
});
