// @ts-check
/* The floor on paper: renewed every so many minutes, and printed where the officer asked for it in this browser.
   While the site cannot be reached, what was made last stays on the screen and says so. */
import { one } from "./page.js";

/** @type {HTMLInputElement} */
const box = one("#print-itself");
const AGAIN = 30000; // between two attempts to reach the site

one("[data-print-switch]").hidden = false;
box.checked = localStorage.getItem("print-itself") === "on";
box.addEventListener("change", () => {
  localStorage.setItem("print-itself", box.checked ? "on" : "off");
  if (box.checked) print();
});

async function renew() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    // The query says that the page renews itself: that keeps no session of staff alive.
    if (answer.ok && !answer.redirected) return location.replace(`${location.pathname}?renewed`);
  } catch {
    /* no network: tried again */
  }
  one("[data-lost]").hidden = false;
  setTimeout(renew, AGAIN);
}
setTimeout(renew, Number(one("[data-every]").dataset.every) * 60000);

if (box.checked) print();
