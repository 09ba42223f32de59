// @ts-check
/* The board says in words what colleagues change, in the list and in the form of someone who is about to move a row. */
import { root } from "./live.js";

/** @param {HTMLElement | null} place @param {string[]} changes */
function tell(place, changes) {
  if (!place) return;
  const list = document.createElement("ul");
  list.append(...changes.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  place.replaceChildren(place.dataset.words ?? "", list);
  place.hidden = false;
}

root.addEventListener("live:news", (event) => {
  const { changes } = /** @type {CustomEvent<{changes: string[]}>} */ (event).detail;
  tell(root.querySelector("dialog[open] [data-changed]"), changes);
  tell(root.querySelector("[data-news-shown]"), changes);
});
