// @ts-check
/* The page that checks receipts, chains, revisions and draws where it is read. No file leaves the computer: what is
   dropped, chosen or pasted is read by `verify-files.js`. Saved as one file, the page works in the same way.  R-77 */
import { check, LARGEST } from "./verify-files.js";

/** @typedef {import("./verify-files.js").Mark} Mark */

const MOST_FILES = 50;
const SHAPES = { good: "✓", bad: "✗", open: "?" };

/** @param {string} selector */
const part = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));
const tool = part("[data-verify]");
const drop = part("[data-drop]");
const chooser = /** @type {HTMLInputElement} */ (part("[data-files]"));
const paste = /** @type {HTMLTextAreaElement} */ (part("[data-typed]"));
/** @type {File[]} */
let files = [];
let latest = 0;

/** @param {string} name */
const word = (name) => document.querySelector(`[data-words] [data-word="${name}"]`)?.textContent ?? "";

/** The sentence `name` with its facts.
 * @param {string} name @param {Record<string, any>} facts */
const sentence = (name, facts) =>
  word(name).replace(/%\((\w+)\)[sd]|%%/g, (whole, fact) =>
    whole === "%%" ? "%" : fact === "why" ? word(facts.why) : String(facts[fact]),
  );

/** What `file` holds; nothing if it cannot be read, as a folder cannot.
 * @param {File} file */
async function contentOf(file) {
  const bytes = await file.arrayBuffer().catch(() => null);
  return bytes && { name: file.name, bytes, changed: file.lastModified };
}

/** Check all files and what was pasted, and show a mark for each finding. */
async function show() {
  latest += 1;
  const turn = latest;
  const fitting = files.filter((file) => file.size <= LARGEST).slice(0, MOST_FILES);
  const contents = await Promise.all(fitting.map(contentOf));
  const marks = await check(
    contents.filter((each) => each !== null),
    paste.value,
  );
  if (turn !== latest) return;
  const left = files.filter((file) => !contents[fitting.indexOf(file)]);
  render([...left.map(leftOut), ...marks]);
}

/** @param {File} file @returns {Mark} */
function leftOut({ name, size }) {
  const why = size > LARGEST ? "too-large" : files.length > MOST_FILES ? "too-many" : "not-read";
  return { verdict: "bad", word: "unreadable", facts: { name, why } };
}

/** @param {Mark[]} marks */
function render(marks) {
  const sorted = ["bad", "open", "good"].flatMap((verdict) => marks.filter((mark) => mark.verdict === verdict));
  part("[data-summary]").textContent = sorted.length ? word(`summary-${sorted[0].verdict}`) : "";
  part("[data-marks]").replaceChildren(...sorted.map(item));
  part("[data-results]").hidden = !marks.length;
}

/** @param {Mark} mark */
function item({ verdict, word: name, facts }) {
  const row = document.createElement("li");
  row.className = `verify-mark verify-mark--${verdict}`;
  row.dataset.verdict = verdict;
  const shape = add(row, "span", SHAPES[verdict], "verify-shape");
  shape.ariaHidden = "true";
  add(row, "strong", word(`verdict-${name}`) || word(`verdict-${verdict}`), "verify-verdict");
  const said = add(row, "p", sentence(name, facts), "verify-said");
  said.dataset.name = name;
  const limit = sentence(`${name}-limit`, facts);
  if (limit) add(row, "p", limit, "verify-limit");
  return row;
}

/** @param {Element} row @param {string} tag @param {string} text @param {string} look */
function add(row, tag, text, look) {
  const made = document.createElement(tag);
  made.className = look;
  made.textContent = text;
  row.append(made);
  return made;
}

/** @param {Iterable<File>} more */
function take(more) {
  files = [...files, ...more];
  part("[data-names]").textContent = files.map((file) => file.name).join(", ");
  show();
}

function begin() {
  part("[data-reader]").hidden = false;
  chooser.addEventListener("change", () => {
    take(chooser.files ?? []);
    chooser.value = "";
  });
  tool.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  tool.addEventListener("reset", () => {
    files = [];
    setTimeout(take, 0, []); // once the fields are empty
  });
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) drop.addEventListener(kind, over);
}

/** @param {Event} event */
function over(event) {
  event.preventDefault();
  drop.classList.toggle("is-over", event.type === "dragenter" || event.type === "dragover");
  if (event.type === "drop") take(/** @type {DragEvent} */ (event).dataTransfer?.files ?? []);
}

if (globalThis.crypto?.subtle) begin();
else part("[data-no-crypto]").hidden = false;
