// @ts-check
/* A screen that shows several languages in turn: the server renders all of them, this module shows one after the other. */
import { root } from "./live.js";
import { all } from "./page.js";

const LONG = 10_000; // milliseconds for each language

const parts = all("[data-in-turn]");
const languages = [...new Set(parts.map((part) => part.lang))];
let shown = 0;

function showNext() {
  shown = (shown + 1) % languages.length;
  for (const part of parts) {
    part.hidden = part.lang !== languages[shown];
    if (!part.hidden) [document.documentElement.lang, document.documentElement.dir] = [part.lang, part.dir];
  }
  root.dispatchEvent(new Event("in-turn"));
}

if (languages.length > 1) setInterval(showNext, LONG);
