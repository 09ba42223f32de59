// @ts-check
/* Adds and removes rows of a request without a round trip, and hides what does not apply. Without it, the buttons
   send the form, which comes back with a row more or less and everything that was typed. */
import { all, one } from "./page.js";

const OTHER_SCRIPT = /(?!\p{Script=Latin})\p{L}/u;

/* The Latin form of a name is asked for while the name is in another script. */
/** @param {HTMLElement} row */
function watchNames(row) {
  const latin = row.querySelector(".latin-form");
  if (!latin) return;
  /** @type {HTMLInputElement[]} */
  const fields = all("[name$='first_name'], [name$='last_name']", row);
  const names = fields.filter((field) => !latin.contains(field));
  const update = () => {
    const isNeeded = names.some((field) => OTHER_SCRIPT.test(field.value));
    latin.toggleAttribute("hidden", !isNeeded && !latin.querySelector("[aria-invalid]"));
  };
  row.addEventListener("input", update);
  update();
}

/** @param {HTMLElement} row */
function watch(row) {
  watchNames(row);
  /** @type {HTMLInputElement[]} */
  const dependent = all("[data-needs]", row);
  if (!dependent.length) return;
  const needed = dependent[0].dataset.needs;
  const update = () => {
    /** @type {HTMLInputElement[]} */
    const fields = all("input, select, textarea", row);
    const shown = Boolean(fields.find((field) => field.name.split("-").pop() === needed)?.checked);
    for (const field of dependent) field.disabled = !shown;
    one(".speech", row).hidden = !shown;
  };
  row.addEventListener("change", update);
  update();
}

for (const row of all("[data-row]")) watch(row);

const form = one("[data-rows]");
/** @type {HTMLTemplateElement} */
const template = one("[data-row-template]");

if (form && template) {
  const list = one("[data-row-list]", form);
  /** @type {HTMLInputElement} */
  const total = one("[name$='-TOTAL_FORMS']", form);
  const adding = one("[data-add-row]", form);
  const limit = Number(form.dataset.limit);

  /** @param {Element} row @param {number} position */
  const renumber = (row, position) => {
    for (const element of all("*", row)) {
      for (const name of ["id", "name", "for", "aria-describedby", "aria-labelledby", "href"]) {
        const value = element.getAttribute(name);
        if (value)
          element.setAttribute(name, value.replace(/representative-(\d+|__prefix__)-/g, `representative-${position}-`));
      }
    }
    for (const place of all("[data-row-number]", row)) place.textContent = String(position + 1);
    for (const button of all("[data-remove-row]", row)) button.setAttribute("value", String(position));
  };

  const settle = () => {
    const rows = [...list.children];
    rows.forEach(renumber);
    total.value = String(rows.length);
    adding.hidden = rows.length >= limit;
    for (const button of all("[data-remove-row]", list)) button.hidden = rows.length < 2;
  };

  adding.addEventListener("click", (event) => {
    event.preventDefault();
    const row = one("*", /** @type {DocumentFragment} */ (template.content.cloneNode(true)));
    const removing = one("[data-remove-row]", row).cloneNode(true);
    if (!list.querySelector("[data-remove-row]")) list.firstElementChild?.append(removing);
    list.append(row);
    settle();
    watch(row);
    one("input", row).focus();
  });

  list.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-remove-row]");
    if (!button) return;
    event.preventDefault();
    button.closest("[data-row]")?.remove();
    settle();
    one("[data-row]:last-child input", list).focus();
  });
}
