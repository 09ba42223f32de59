// @ts-check
/* Scans that the server has not answered yet, in the order in which they were made, kept over a reload; and what this
   device called green by its list, so that it does not say so twice. No code is kept, only its digest. */
const { meeting } = /** @type {HTMLElement} */ (document.getElementById("desk")).dataset;
const WAITING = `desk:${meeting}:waiting`,
  DONE = `desk:${meeting}:done`;

/** @typedef {{nonce: string, mode: string, desk: string, device_at: string, code_digest: string, told?: string}} Attempt */
/** @typedef {{outcome: string, at?: string}} Done */

/** @param {string} place @param {string} otherwise */
const read = (place, otherwise) => JSON.parse(window.localStorage.getItem(place) || otherwise);
/** @param {string} place @param {unknown} value */
const write = (place, value) => window.localStorage.setItem(place, JSON.stringify(value));

export const queue = {
  all: () => /** @type {Attempt[]} */ (read(WAITING, "[]")),
  /** @param {Attempt} attempt */
  add: (attempt) => write(WAITING, [...read(WAITING, "[]"), attempt]),
  /** @param {string} nonce */
  remove: (nonce) =>
    write(
      WAITING,
      read(WAITING, "[]").filter((/** @type {Attempt} */ each) => each.nonce !== nonce),
    ),
  /** @param {string} digest @returns {Done | undefined} */
  done: (digest) => read(DONE, "{}")[digest],
  /** @param {string} digest @param {Done} done */
  note: (digest, done) => write(DONE, { ...read(DONE, "{}"), [digest]: done }),
  forget: () => {
    window.localStorage.removeItem(DONE);
  },
};
