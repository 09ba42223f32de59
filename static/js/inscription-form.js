// @ts-check
/* Hides the fields that do not apply to what was chosen. Without it, every field shows and the server checks. */
import { all } from "./page.js";

for (const form of /** @type {HTMLFormElement[]} */ (all("form"))) {
  /** @type {HTMLInputElement[]} */
  const dependent = all("[data-only-if], [data-only-unless]", form);
  const fields = /** @type {HTMLInputElement[]} */ ([...form.elements]);

  /** @param {string} name */
  const chosen = (name) => {
    const named = fields.filter((field) => field.name === name || field.name.endsWith(`-${name}`));
    const box = named.find((field) => field.type === "checkbox");
    if (box) return box.checked;
    return named.find((field) => field.type !== "radio" || field.checked)?.value ?? "";
  };

  /** @param {HTMLInputElement} field */
  const applies = ({ dataset: { onlyUnless, onlyIf = "" } }) => {
    if (onlyUnless) return !chosen(onlyUnless);
    const [name, value] = onlyIf.split("=");
    return value === undefined ? Boolean(chosen(name)) : chosen(name) === value;
  };

  const update = () => {
    for (const field of dependent) {
      const shown = applies(field);
      field.disabled = !shown;
      const around = /** @type {HTMLElement | null} */ (field.closest("[id^=div_id_]"));
      if (around) around.hidden = !shown;
    }
  };

  if (dependent.length) {
    form.addEventListener("change", update);
    update();
  }
}
