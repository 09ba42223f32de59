// @ts-check
/* The one clock of pages: the server's moment, the time left of a statement, the time of day.  R-03 R-35 R-36

   Time is measured by `performance.now()` from the moment that the server last said: a computer's own clock may be
   wrong, and may be set while the page is open. The arithmetic is that of `floor/clock/` and is held to it by
   `tests/floor/clock/cases.json`. */

const LEAP = 5000; // a difference from which the server's clock is believed to have been moved, in milliseconds
const ASLEEP = 3000; // a second that took longer than this was slept through

/** @type {number | null} */
let ahead = null; // the server's moment less `performance.now()`
let isSure = false; // false until the server was heard, and after a sleep until it is heard again

/** Take in what the server's clock shows. Of several messages the least delayed tells it best; a leap is believed.
 * @param {string | undefined} moment ISO 8601 */
export function hear(moment) {
  if (!moment) return;
  const lead = Date.parse(moment) - performance.now();
  ahead = ahead === null || !isSure || Math.abs(lead - ahead) > LEAP ? lead : Math.max(ahead, lead);
  isSure = true;
}

/** The server's moment now, in milliseconds since 1970. */
export const now = () => performance.now() + (ahead ?? Date.now() - performance.now());

/** Call `wake` when this machine has slept or its clock was set. Some machines stop `performance.now()` while they
 * sleep: until the server is heard again, their own clock tells for how long. One that was set back is not believed.
 * @param {() => void} wake */
export function onWaking(wake) {
  let wall = Date.now();
  let elapsed = performance.now();
  setInterval(() => {
    const slept = Date.now() - wall;
    const drift = slept - (performance.now() - elapsed);
    wall = Date.now();
    elapsed = performance.now();
    if (slept <= ASLEEP && Math.abs(drift) <= ASLEEP) return;
    if (ahead !== null && drift > ASLEEP) ahead += drift;
    isSure = false;
    wake();
  }, 1000);
}

/** The seconds left of a statement: its limit less (end of the pause or now − beginning − pauses); negative is overtime.
 * @param {{began?: string | null, paused?: string | null, pausedSeconds?: string | number, limit?: string | number}} facts
 * @param {number} at milliseconds since 1970 */
export function secondsLeft({ began, paused, pausedSeconds, limit }, at) {
  if (!began) return Number(limit);
  const until = paused ? Date.parse(paused) : at;
  return Number(limit) - Math.max(0, (until - Date.parse(began)) / 1000 - Number(pausedSeconds));
}

/** @param {number} seconds @param {number} amberFrom */
export const colourOf = (seconds, amberFrom) => (seconds <= 0 ? "red" : seconds <= amberFrom ? "amber" : "green");

/** Seconds as “2:05”; overtime, which is negative, as “+0:12”. A second that has begun counts in full.
 * @param {number} seconds */
export function face(seconds) {
  const whole = seconds < 0 ? Math.floor(-seconds) : Math.ceil(seconds);
  return `${seconds < 0 ? "+" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** The time of day as the server writes it: `halves` are its words for before and after noon (“a.m.|p.m.”), empty where
 * 24 hours are counted.
 * @param {number} at @param {string | undefined} timeZone @param {string | undefined} halves @param {boolean} withSeconds */
export function timeOfDay(at, timeZone, halves, withSeconds) {
  const parts = new Intl.DateTimeFormat("en-US", {
    hour: halves ? "numeric" : "2-digit",
    minute: "2-digit",
    second: withSeconds ? "2-digit" : undefined,
    hourCycle: halves ? "h12" : "h23",
    timeZone,
  }).formatToParts(at);
  const isLate = parts.some((part) => part.type === "dayPeriod" && part.value === "PM");
  const clock = parts
    .filter((part) => part.type !== "dayPeriod")
    .map((part) => part.value)
    .join("")
    .trim();
  return halves ? `${clock} ${halves.split("|")[Number(isLate)]}` : clock;
}

/** The time of day in a sentence, as the server writes it there: `format` is that of the language (“G \\h i”).
 * @param {number} at @param {string | undefined} timeZone @param {string} format @param {string} halves */
export function timeInWords(at, timeZone, format, halves) {
  const clock = new Intl.DateTimeFormat("en-US", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
  const [hour, minute] = clock.format(at).split(":");
  /** @type {Record<string, string>} */
  const said = {
    H: hour,
    G: String(Number(hour)),
    g: String(Number(hour) % 12 || 12),
    i: minute,
    a: halves.split("|")[Number(Number(hour) >= 12)],
  };
  return format.replace(/\\(.)|[HGgia]/g, (letter, literal) => literal ?? said[letter]);
}

/** Write `words` only if they differ, so that nothing is read aloud twice.
 * @param {Element | null} place @param {string} words */
export function write(place, words) {
  if (place && place.textContent !== words) place.textContent = words;
}

/** @param {HTMLElement} clock */
function showLeft(clock) {
  const left = secondsLeft(clock.dataset, now());
  const colour = colourOf(left, Number(clock.dataset.amberFrom));
  if (clock.dataset.colour !== colour) clock.dataset.colour = colour;
  write(clock.querySelector("[data-clock-face]"), face(left));
}

/** Let the page show this moment: `data-clock` the time left, `data-time` the time of day in a zone; what has a
 * `data-ends` is hidden once that moment has come. */
export function tick() {
  if (ahead === null) return;
  for (const each of document.querySelectorAll("[data-ends]")) {
    const place = /** @type {HTMLElement} */ (each);
    place.hidden ||= Date.parse(place.dataset.ends ?? "") <= now();
  }
  for (const clock of document.querySelectorAll("[data-clock]")) showLeft(/** @type {HTMLElement} */ (clock));
  for (const each of document.querySelectorAll("[data-time]")) {
    const { time, halves, seconds } = /** @type {HTMLElement} */ (each).dataset;
    write(each, timeOfDay(now(), time, halves, seconds !== undefined));
  }
}
