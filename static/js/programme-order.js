// @ts-check
/* The lines of a programme are moved by mouse, finger or keys; the lines after them in their sitting take other hours
   and keep their length. What is no part of a sitting, or is held in another room, keeps its hour. Nothing is saved here: the fields of the page change, and the page is saved as a whole.
   Without this script, position and hour of each line are typed. */
import { all, one } from "./page.js";

/** A line: its row, its hour in minutes, how long it lasts, and the number of its sitting.
 * @typedef {{row: HTMLElement, at: number | null, lasts: number, sitting: number, isEnd: boolean}} Line */
/** @typedef {{from: number, to: number}} Sitting */

const MINUTE = 60_000;
const STEP = 10; // between two positions, so that one can be put between them
const group = one("#slots-group");
const news = one("[data-slots-news]");
const says = news.dataset;
/** @type {HTMLTemplateElement} */
const moves = one("template[data-slot-moves]");
const body = one("tbody", group);
const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const Sortable = /** @type {any} */ (window).Sortable;

/** @param {HTMLElement} within */
const rowsIn = (within) => all("tr.form-row:not(.empty-form)", within);
const rows = () => rowsIn(group);
/** @param {HTMLElement} row @param {string} name @returns {HTMLInputElement} */
const field = (row, name) => one(`[name$="-${name}"]`, row);
/** The field of a line that holds its title. @param {HTMLElement} row @returns {HTMLInputElement} */
const titleOf = (row) => one("input[type=text]", one(".field-title", row));
/** @param {string | undefined} pattern @param {Record<string, unknown>} words */
const filled = (pattern = "", words) => pattern.replace(/%\((\w+)\)s/g, (whole, name) => String(words[name] ?? whole));

/** @typedef {{day: HTMLInputElement, time: HTMLInputElement}} Clock */

/** The fields of one moment of a row. @param {HTMLElement} row @param {string} name @returns {Clock} */
const clock = (row, name) => ({ day: field(row, `${name}_0`), time: field(row, `${name}_1`) });

/** @param {Clock} clock */
function read({ day, time }) {
  const at = Date.parse(`${day.value.trim()}T${time.value.trim().padStart(5, "0").slice(0, 5)}Z`);
  return Number.isNaN(at) ? null : at / MINUTE;
}

/** @param {HTMLElement} row */
const isFloor = (row) => field(row, "kind").value === "floor";

/** The clocks of a line: its own, and, for the line at which the floor opens, that of the meeting.
 * @param {HTMLElement} row @returns {Clock[]} */
function clocksOf(row) {
  const own = clock(row, "starts_at");
  const day = document.querySelector("#id_floor_opens_at_0");
  const time = document.querySelector("#id_floor_opens_at_1");
  const isFirst = rows().find(isFloor) === row;
  if (!isFirst || !(day instanceof HTMLInputElement) || !(time instanceof HTMLInputElement)) return [own];
  const opening = { day, time };
  if (read(own) === null) return [opening];
  return read(own) === read(opening) ? [own, opening] : [own];
}

/** @param {Clock} clock @param {number} at */
function write(clock, at) {
  const [day, time] = new Date(at * MINUTE).toISOString().split("T");
  clock.day.value = day;
  clock.time.value = `${time.slice(0, 5)}:00`;
}

/** @param {HTMLElement} row @param {number} at */
function setMinute(row, at) {
  const clocks = clocksOf(row);
  row.dataset.was ??= clocks[0].time.value.slice(0, 5);
  for (const each of clocks) write(each, at);
}

/** Does a line stand beside those of its sitting: an event, or in a room of its own? @param {HTMLElement} row */
function isBeside(row) {
  const rooms = document.querySelector("#id_has_several_rooms");
  const places = /** @type {HTMLInputElement[]} */ (all(".field-place input[type=text]", row));
  const isElsewhere = rooms instanceof HTMLInputElement && rooms.checked && places.some((each) => each.value.trim());
  return field(row, "kind").value === "event" || isElsewhere;
}

/** The end of a line, if it says one, goes along with its beginning. @param {HTMLElement} row @param {number} by */
function moveEnd(row, by) {
  const own = clock(row, "ends_at");
  const end = read(own);
  if (end !== null) write(own, end + by);
}

/** @returns {Sitting[]} */
function sittings() {
  return rowsIn(one("#sittings-group"))
    .map((row) => ({ from: read(clock(row, "starts_at")), to: read(clock(row, "ends_at")) }))
    .filter((each) => each.from !== null && each.to !== null)
    .map((each) => /** @type {Sitting} */ (each))
    .sort((one, other) => one.from - other.from);
}

/** The lines as they stand, each as long as until the next one of its sitting; the last, to its own end. @param {Sitting[]} held @returns {Line[]} */
function linesNow(held) {
  const lines = rows().map((row) => {
    const at = read(clocksOf(row)[0]);
    const isEnd = (says.ends ?? "").split(" ").includes(field(row, "kind").value);
    const isIn = (/** @type {Sitting} */ each) =>
      at !== null && (isEnd ? at > each.from && at <= each.to : at >= each.from && at < each.to);
    return { row, at, lasts: 0, sitting: isBeside(row) ? -1 : held.findIndex(isIn), isEnd };
  });
  const timed = lines.filter((line) => line.at !== null && !isBeside(line.row));
  timed.forEach((line, number) => {
    const next = timed[number + 1];
    const isFollowed = next && next.sitting === line.sitting;
    const until = isFollowed ? next.at : (read(clock(line.row, "ends_at")) ?? held[line.sitting]?.to);
    line.lasts = Math.max(0, Number(until ?? line.at) - Number(line.at));
  });
  return lines;
}

/** Give the lines of a sitting, in their new order, the hours that follow from how long they last.
 * @param {Line[]} lines @param {number} begin */
function follow(lines, begin) {
  let at = begin;
  for (const line of lines.filter((each) => !each.isEnd)) {
    if (at !== line.at) {
      moveEnd(line.row, at - Number(line.at));
      setMinute(line.row, at);
    }
    at += line.lasts;
  }
}

/** @param {Line[]} lines in their new order @param {Line} moved @param {Sitting[]} held */
function retime(lines, moved, held) {
  if (moved.at === null || moved.isEnd || moved.sitting < 0) return;
  const before = new Map();
  for (const each of lines) {
    if (each.at !== null && !each.isEnd)
      before.set(each.sitting, Math.min(each.at, before.get(each.sitting) ?? each.at));
  }
  const place = lines.indexOf(moved);
  const isTimed = (/** @type {Line} */ line) => line.at !== null && !isBeside(line.row);
  const last = lines.slice(0, place).filter(isTimed).at(-1);
  const next = lines.slice(place + 1).find(isTimed);
  const left = moved.sitting;
  moved.sitting = (last && !last.isEnd ? last : (next ?? last ?? moved)).sitting;
  for (const number of new Set([left, moved.sitting])) {
    const own = lines.filter((line) => line.at !== null && line.sitting === number);
    if (number >= 0) follow(own, before.get(number) ?? held[number].from);
  }
}

function renumber() {
  const given = rows()
    .map((row) => Number.parseInt(field(row, "position").value, 10))
    .sort((one, other) => one - other);
  const isWhole = given.every((each, number) => each > (given[number - 1] ?? -1));
  rows().forEach((row, number) => {
    field(row, "position").value = String(isWhole ? given[number] : STEP * (number + 1));
  });
}

/** Show which lines have other hours than those that are stored. @returns {number} how many */
function mark() {
  for (const row of rows()) {
    const now = clocksOf(row)[0].time.value.slice(0, 5);
    const was = row.dataset.was ?? now;
    row.classList.toggle("has-other-hour", was !== now);
    row.querySelector(".slot-was")?.remove();
    if (was === now) continue;
    const note = document.createElement("span");
    note.className = "slot-was";
    note.textContent = filled(field(row, "starts_at_1").value ? says.was : says.floor, { was, now });
    one(".field-starts_at", row).append(note);
  }
  return all(".has-other-hour", group).length;
}

/** After `row` was put elsewhere among the rows: hours and positions follow, and it is said aloud.
 * @param {HTMLElement} row @param {Line[]} before */
function moved(row, before) {
  const held = sittings();
  const order = rows();
  const lines = order.map((each) => /** @type {Line} */ (before.find((line) => line.row === each)));
  const line = lines[order.indexOf(row)];
  retime(lines, line, held);
  renumber();
  const changed = mark();
  const facts = { line: titleOf(row).value, number: order.indexOf(row) + 1, count: order.length };
  const time = line.at === null ? "" : clocksOf(row)[0].time.value.slice(0, 5);
  const where = filled(time ? says.at : says.moved, { ...facts, time });
  news.textContent = `${where} ${filled(says.times, { changed })}`;
  equip();
}

/** @param {HTMLElement} row @param {number} by */
function step(row, by) {
  const order = rows();
  const other = order[order.indexOf(row) + by];
  if (!other) return;
  const before = linesNow(sittings());
  body.insertBefore(row, by < 0 ? other : other.nextElementSibling);
  moved(row, before);
  row.scrollIntoView({ block: "nearest", behavior: isCalm ? "auto" : "smooth" });
}

/** Give each row its grip and its arrows, and name them; the first cannot go up, nor the last down. */
function equip() {
  const order = rows();
  order.forEach((row, number) => {
    const cell = one("td.original", row);
    if (!cell.querySelector(".slot-moves")) cell.prepend(moves.content.cloneNode(true));
    for (const button of all("[data-move]", cell)) {
      const by = Number(button.dataset.move);
      button.setAttribute("aria-label", filled(button.dataset.words, { line: titleOf(row).value || `${number + 1}` }));
      button.setAttribute("aria-disabled", String(!order[number + by]));
    }
    if (!field(row, "position").value) {
      const given = order.map((each) => Number(field(each, "position").value));
      field(row, "position").value = String(Math.max(0, ...given) + STEP);
    }
  });
}

/** @type {Line[]} */
let atTheStart = [];
if (group.querySelector("[name$='-position']")) {
  group.classList.toggle("is-ordered", !group.querySelector(".field-position .errorlist"));
  equip();
  group.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-move]");
    if (!(button instanceof HTMLElement)) return;
    step(/** @type {HTMLElement} */ (button.closest("tr")), Number(button.dataset.move));
    button.focus();
  });
  document.addEventListener("formset:added", equip);
  if (Sortable) {
    Sortable.create(body, {
      handle: ".slot-grip",
      draggable: "tr.form-row:not(.empty-form)",
      forceFallback: true,
      fallbackTolerance: 4,
      animation: isCalm ? 0 : 120,
      onStart: () => {
        atTheStart = linesNow(sittings());
      },
      onEnd: (/** @type {{item: HTMLElement}} */ { item }) => moved(item, atTheStart),
    });
  }
}
