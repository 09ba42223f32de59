// Adds and removes rows of a request without a round trip, and hides what does not apply. Without it, the buttons
// send the form, which comes back with a row more or less and everything that was typed.
"use strict";

const fields = (row, name) => [...row.querySelectorAll("input, select, textarea")].filter((field) => field.name.split("-").pop() === name);

function watch(row) {
  const dependent = [...row.querySelectorAll("[data-needs]")];
  if (!dependent.length) return;
  const update = () => {
    const shown = fields(row, dependent[0].dataset.needs)[0].checked;
    for (const field of dependent) field.disabled = !shown;
    row.querySelector(".speech").hidden = !shown;
  };
  row.addEventListener("change", update);
  update();
}

for (const row of document.querySelectorAll("[data-row]")) watch(row);

const form = document.querySelector("[data-rows]");
const template = document.querySelector("[data-row-template]");

if (form && template) {
  const list = form.querySelector("[data-row-list]");
  const total = form.querySelector("[name$='-TOTAL_FORMS']");
  const adding = form.querySelector("[data-add-row]");
  const limit = Number(form.dataset.limit);

  const renumber = (row, position) => {
    for (const element of row.querySelectorAll("*")) {
      for (const name of ["id", "name", "for", "aria-describedby", "aria-labelledby", "href"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replace(/representative-(\d+|__prefix__)-/g, `representative-${position}-`));
      }
    }
    for (const place of row.querySelectorAll("[data-row-number]")) place.textContent = position + 1;
    for (const button of row.querySelectorAll("[data-remove-row]")) button.value = position;
  };

  const settle = () => {
    const rows = [...list.children];
    rows.forEach(renumber);
    total.value = rows.length;
    adding.hidden = rows.length >= limit;
    for (const button of list.querySelectorAll("[data-remove-row]")) button.hidden = rows.length < 2;
  };

  adding.addEventListener("click", (event) => {
    event.preventDefault();
    const row = template.content.cloneNode(true).firstElementChild;
    if (!list.querySelector("[data-remove-row]")) list.firstElementChild.append(row.querySelector("[data-remove-row]").cloneNode(true));
    list.append(row);
    settle();
    watch(row);
    row.querySelector("input").focus();
  });

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove-row]");
    if (!button) return;
    event.preventDefault();
    button.closest("[data-row]").remove();
    settle();
    list.lastElementChild.querySelector("input").focus();
  });
}
