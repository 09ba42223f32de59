// @ts-check
/* Makes what is said of the speakers as large as leaves the clock, the message and the foot whole on the screen. */
import { root } from "./live.js";

const [LEAST, STEP] = [0.4, 0.05];
const scrolls = matchMedia("(max-width: 48rem)"); // on a telephone the page is as long as it needs to be

function fit() {
  for (let size = 1; size >= LEAST; size -= STEP) {
    root.style.setProperty("--fit", String(size));
    if (scrolls.matches || document.documentElement.scrollHeight <= window.innerHeight) return;
  }
}

fit();
for (const change of ["live:changed", "in-turn"]) root.addEventListener(change, fit);
window.addEventListener("resize", fit);
document.fonts.ready.then(fit);
