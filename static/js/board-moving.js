// @ts-check
/* The board: a row is moved by mouse, finger or keys, and every move ends in the form that asks for the reason.
   Without this script the same form is a page of its own, behind each row's "Move". */
import { root } from "./live.js";
import { all, one } from "./page.js";

/** @typedef {{row: HTMLElement, list: HTMLElement, next: Element | null, follower?: HTMLElement, byKeys: boolean, isStepping?: boolean}} Held */

/** @type {HTMLDialogElement} */
const dialog = one("[data-dialog]");
/** @type {HTMLFormElement} */
const form = one("[data-move-form]", dialog);
const fields = /** @type {Record<string, any>} */ (/** @type {unknown} */ (form.elements));
const list = one("#board-list");
const sentences = one("[data-sentences]").dataset;
const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const Sortable = /** @type {any} */ (window).Sortable;
const sorted = new WeakSet();
/** @type {Held | null} */
let held = null; // the row picked up, and where it was
/** @type {HTMLElement | null} */
let returnRow = null;

const rows = () => all("[data-rows] > li", list);
/** @param {Element} row */
const isFixed = (row) => row.hasAttribute("data-called");
/** @param {Element} row @returns {HTMLAnchorElement} */
const linkOf = (row) => one("a[href$='/move/']", row);
/** @param {Element} row */
const keyOf = (row) => row.id.replace("e-", "");
/** @param {Element} row */
const nameOf = (row) => one("a", row).textContent;
/** @param {Element} row */
const numberOf = (row) => one("b", row).textContent;
/** @param {string | undefined} pattern @param {Record<string, unknown>} words */
const filled = (pattern = "", words) => pattern.replace(/%\((\w+)\)s/g, (whole, name) => String(words[name] ?? whole));
/** @param {HTMLElement} row @returns {HTMLElement | undefined} */
const followerOf = (row) => rows()[rows().indexOf(row) + 1];
/** @param {HTMLElement | null} row @returns {HTMLElement | null | undefined} */
const handleOf = (row) => row?.querySelector(".board-handle");

/** @param {string | undefined} words */
function announce(words = "") {
  one("[data-announcer]").textContent = words;
}

function rest() {
  delete root.dataset.busy;
  root.dispatchEvent(new Event("live:idle"));
}

/** @param {HTMLElement} row @param {boolean} byKeys */
function take(row, byKeys) {
  const from = /** @type {HTMLElement} */ (row.parentElement);
  held = { row, list: from, next: row.nextElementSibling, follower: followerOf(row), byKeys };
  row.classList.add("board-held");
  root.dataset.busy = "yes";
}

function letGo() {
  if (!held) return;
  const { row } = held;
  held = null;
  row.classList.remove("board-held");
  handleOf(row)?.setAttribute("aria-pressed", "false");
  rest();
}

function putBack() {
  if (!held) return;
  held.list.insertBefore(held.row, held.next);
  letGo();
}

function putDown() {
  if (!held) return;
  const { row, follower } = held;
  const next = followerOf(row);
  if (next === follower) return putBack();
  if (next) return ask(row, next);
  putBack();
  announce(sentences.last);
}

/** @param {HTMLElement} row @param {HTMLElement | null} next */
function ask(row, next) {
  form.action = linkOf(row).href;
  fields.version.value = root.dataset.version;
  const title = one("[data-move-title]", form);
  title.textContent = filled(title.dataset.words, { entry: nameOf(row) });
  const options = rows()
    .filter((other) => other !== row && !isFixed(other))
    .map((other) => new Option(`${numberOf(other)}. ${nameOf(other)}`, keyOf(other)));
  fields.before.replaceChildren(new Option("–", ""), ...options);
  fields.before.value = next ? keyOf(next) : "";
  one("[data-changed]", form).hidden = true;
  root.dataset.busy = "yes";
  returnRow = row;
  dialog.showModal();
  (next ? fields.reason : fields.before).focus();
}

/** @param {KeyboardEvent} event */
function byKey(event) {
  const handle = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".board-handle"));
  if (!handle) return;
  const row = /** @type {HTMLElement} */ (handle.closest("li"));
  const isChosen = event.key === "Enter" || event.key === " ";
  if (!held) {
    if (!isChosen) return;
    take(row, true);
    handle.setAttribute("aria-pressed", "true");
    announce(filled(sentences.taken, { entry: nameOf(row), number: numberOf(row) }));
  } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    step(row, event.key === "ArrowUp" ? -1 : 1);
    handle.focus();
  } else if (isChosen) {
    putDown();
  } else if (event.key === "Escape") {
    putBack();
    handle.focus();
    announce(filled(sentences.back, { entry: nameOf(row) }));
  } else {
    return;
  }
  event.preventDefault();
}

/** @param {HTMLElement} row @param {number} direction */
function step(row, direction) {
  const all = rows();
  const other = all[all.indexOf(row) + direction];
  if (!other || !held) return announce(sentences.last);
  held.isStepping = true;
  other.parentElement?.insertBefore(row, direction < 0 ? other : other.nextElementSibling);
  held.isStepping = false;
  row.scrollIntoView({ block: "nearest", behavior: isCalm ? "auto" : "smooth" });
  const next = followerOf(row);
  const number = rows().indexOf(row) + 1;
  announce(next ? filled(sentences.moved, { other: nameOf(next), number }) : sentences.last);
}

/** Give each row that may be moved its handle; rows that are new may come at any time. */
function equip() {
  /** @type {HTMLTemplateElement} */
  const template = one("template[data-handle]");
  for (const row of rows()) {
    if (isFixed(row)) handleOf(row)?.remove();
    if (isFixed(row) || handleOf(row)) continue;
    const handle = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    handle.setAttribute("aria-label", filled(handle.dataset.words, { entry: nameOf(row) }));
    handle.setAttribute("aria-pressed", "false");
    row.prepend(handle);
  }
  for (const part of all("[data-rows]", list)) {
    if (!Sortable || sorted.has(part)) continue;
    sorted.add(part);
    Sortable.create(part, {
      group: "board",
      handle: ".board-handle",
      draggable: "li:not([data-called])",
      forceFallback: true,
      fallbackTolerance: 4,
      animation: isCalm ? 0 : 120,
      onStart: (/** @type {{item: HTMLElement}} */ { item }) => take(item, false),
      onEnd: putDown,
    });
  }
}

list.addEventListener("keydown", byKey);
list.addEventListener("focusout", (event) => {
  const isOurs = /** @type {Element} */ (event.target).closest(".board-handle");
  if (isOurs && held?.byKeys && !held.isStepping && !dialog.open) putBack();
});
list.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest("a[href$='/move/']");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  ask(/** @type {HTMLElement} */ (link.closest("li")), null);
});
one("[data-cancel]", dialog).addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  putBack();
  handleOf(returnRow)?.focus();
  rest();
});
root.addEventListener("live:changed", equip);
equip();

/* After a move the person is where the row now is, and hears what was done. */
window.addEventListener("load", () => {
  const [done] = all(".messagelist");
  const moved = rows().find((row) => `#${row.id}` === location.hash);
  if (!done || !moved) return;
  handleOf(moved)?.focus();
  announce(done.textContent?.trim());
});
