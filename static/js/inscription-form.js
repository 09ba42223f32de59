// Hides the fields that do not apply to what was chosen. Without it, every field shows and the server checks.
"use strict";

for (const form of document.querySelectorAll("form")) {
  const dependent = [...form.querySelectorAll("[data-only-if], [data-only-unless]")];

  const named = (name) =>
    [...form.elements].filter((field) => field.name === name || field.name.endsWith("-" + name));

  const chosen = (name) => {
    const fields = named(name);
    const box = fields.find((field) => field.type === "checkbox");
    if (box) return box.checked;
    const one = fields.find((field) => field.type !== "radio" || field.checked);
    return one ? one.value : "";
  };

  const applies = (field) => {
    if (field.dataset.onlyUnless) return !chosen(field.dataset.onlyUnless);
    const [name, value] = field.dataset.onlyIf.split("=");
    return chosen(name) === value;
  };

  const update = () => {
    for (const field of dependent) {
      const shown = applies(field);
      field.disabled = !shown;
      field.closest("[id^=div_id_]").hidden = !shown;
    }
  };

  if (dependent.length) {
    form.addEventListener("change", update);
    update();
  }
}
