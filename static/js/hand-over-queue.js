/* Scans that the server has not answered yet, in the order in which they were made, kept over a reload; and what this
   device called green by its list, so that it does not say so twice. No code is kept, only its digest. */
window.deskQueue = (() => {
  "use strict";
  const { meeting } = document.getElementById("desk").dataset;
  const WAITING = `desk:${meeting}:waiting`, DONE = `desk:${meeting}:done`;

  const read = (place, otherwise) => JSON.parse(window.localStorage.getItem(place) || otherwise);
  const write = (place, value) => window.localStorage.setItem(place, JSON.stringify(value));

  return {
    all: () => read(WAITING, "[]"),
    add: (attempt) => write(WAITING, [...read(WAITING, "[]"), attempt]),
    remove: (nonce) => write(WAITING, read(WAITING, "[]").filter((each) => each.nonce !== nonce)),
    done: (digest) => read(DONE, "{}")[digest],
    note: (digest, done) => write(DONE, { ...read(DONE, "{}"), [digest]: done }),
    forget: () => { window.localStorage.removeItem(DONE); },
  };
})();
