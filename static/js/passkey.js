// @ts-check
/* Passkeys: asks the browser to make one, or to use one, and sends its answer with the form around it.
   Without it, or in a browser that has no passkeys here, codes are typed. */
import { one } from "./page.js";

/** @type {HTMLFormElement} */
const form = one("form[data-passkey]");
const kept = document.getElementById(form.dataset.options ?? "")?.textContent ?? "{}";
/** @type {HTMLElement} */
const trouble = one("[data-trouble]", form);

/** What fido2 writes as {publicKey: …}. @returns {Promise<any>} */
function ask() {
  const { publicKey } = JSON.parse(kept);
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  trouble.hidden = true;
  try {
    /** @type {HTMLInputElement} */
    const field = one("[name=credential]", form);
    field.value = JSON.stringify((await ask()).toJSON());
    form.submit();
  } catch {
    trouble.hidden = false;
  }
});

if ("parseCreationOptionsFromJSON" in (window.PublicKeyCredential ?? {})) {
  form.hidden = false;
  for (const words of document.querySelectorAll("[data-needs-script]")) words.remove();
}
