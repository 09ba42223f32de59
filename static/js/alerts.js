// @ts-check
/* Alerts on a telephone: each own turn rings once when it comes to a mark, while the page is open.  R-45

   The server says the mark of each turn (`data-mark`, the smaller the nearer). The nearest one that rang is kept on the
   telephone, so that a turn that moves back and forth, or a page that is opened again, does not ring a second time. */
import { root } from "./live.js";
import { all, one } from "./page.js";
import { keep } from "./switches.js";
import { open, openWithAPress, sound } from "./tone.js";

const BUZZ = [300, 150, 300];
const { worker, scope, icon } = root.dataset;
const box = /** @type {HTMLInputElement} */ (one("#ring"));
const banner = one("[data-rung]");
let isFirstLook = true;

/** @param {Element} turn */
const wordsOf = (turn) =>
  [".room-heading", ".own-state"].map((part) => (one(part, turn).textContent ?? "").replace(/\s+/g, " ").trim());

/** Show it on the locked screen, where the person allowed it. @param {string} title @param {string} body @param {string} tag */
async function notify(title, body, tag) {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const registration = await navigator.serviceWorker?.getRegistration(scope);
  await registration?.showNotification(title, { body, tag, icon });
}

/** @param {HTMLElement} turn @param {string} name */
function ring(turn, name) {
  const [title, body] = wordsOf(turn);
  const words = one("[data-rung-words]", banner);
  words.textContent = (words.dataset.pattern ?? "").replace(/%\((name|words)\)s/g, (_whole, fact) =>
    fact === "name" ? title : body,
  );
  banner.hidden = false;
  if (!box.checked) return;
  sound(3);
  navigator.vibrate?.(BUZZ);
  notify(title, body, name).catch(() => {
    /* shown on the page all the same */
  });
}

/** Ring for each turn that is nearer than it was. What was near already when the page was opened is read on it. */
function look() {
  for (const turn of all("[data-mark]")) {
    const { turn: name = "", mark } = turn.dataset;
    const place = `rung:${name}`;
    const nearest = Number(localStorage.getItem(place) ?? Number.POSITIVE_INFINITY);
    if (!mark || Number(mark) >= nearest) continue;
    localStorage.setItem(place, mark);
    if (!isFirstLook || Number.isFinite(nearest)) ring(turn, name);
  }
  isFirstLook = false;
}

const stayAwake = () =>
  navigator.wakeLock?.request("screen").catch(() => {
    /* the telephone saves its battery */
  });

keep(box, "", false, (isOn, isPressed) => {
  if (!isOn) return;
  stayAwake();
  if (!isPressed) return openWithAPress();
  open();
  sound(1);
  if ("Notification" in window && Notification.permission === "default") Notification.requestPermission();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && box.checked) stayAwake();
});
one("[data-rung-close]", banner).addEventListener("click", () => {
  banner.hidden = true;
});

const install = one("[data-install]");
window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  install.hidden = false;
  install.onclick = () => {
    install.hidden = true;
    /** @type {any} */ (event).prompt();
  };
});

navigator.serviceWorker?.register(worker ?? "", { scope }).catch(() => {
  /* no alerts on the locked screen; those on the page stay */
});
one("[data-alerts]").hidden = false;
look();
root.addEventListener("live:changed", look);
