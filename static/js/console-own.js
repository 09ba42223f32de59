// @ts-check
/* What an officer sets for themselves on the console: less on a small screen, and a tone when the colour changes. */
import { root } from "./live.js";
import { one } from "./page.js";
import { keep } from "./switches.js";
import { open, openWithAPress, sound } from "./tone.js";

const TONES = /** @type {Record<string, number>} */ ({ amber: 1, red: 2 });
const { person } = root.dataset;
let isSounding = false;
const sounded = new Set();

one("[data-own]").hidden = false;

keep(one("#compact"), person, false, (isOn) => {
  root.toggleAttribute("data-compact", isOn);
});

keep(one("#tone"), person, false, (isOn, isPressed) => {
  isSounding = isOn;
  if (!isOn) return;
  if (isPressed) open();
  else openWithAPress();
});

/* Each colour of a statement sounds once, though the server may tell of it again. */
new MutationObserver((changes) => {
  for (const { target } of changes) {
    const { colour = "", began } = /** @type {HTMLElement} */ (target).dataset;
    const name = `${began} ${colour}`;
    if (!began || !TONES[colour] || sounded.has(name)) continue;
    sounded.add(name);
    if (isSounding) sound(TONES[colour]);
  }
}).observe(root, { subtree: true, attributeFilter: ["data-colour"] });
