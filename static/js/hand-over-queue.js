/* Scans that the server has not answered yet, in the order in which they were made, kept over a reload; and the
   vouchers to which this device said green, so that it does not say so twice. */
window.deskQueue = (() => {
  "use strict";
  const { meeting } = document.getElementById("desk").dataset;
  const WAITING = `desk:${meeting}:waiting`, USED = `desk:${meeting}:used`;

  const read = (place, otherwise) => JSON.parse(window.localStorage.getItem(place) || otherwise);
  const write = (place, value) => window.localStorage.setItem(place, JSON.stringify(value));

  return {
    all: () => read(WAITING, "[]"),
    add: (attempt) => write(WAITING, [...read(WAITING, "[]"), attempt]),
    remove: (nonce) => write(WAITING, read(WAITING, "[]").filter((each) => each.nonce !== nonce)),
    usedAt: (code) => read(USED, "{}")[code],
    use: (code, time) => write(USED, { ...read(USED, "{}"), [code]: time }),
    forget: () => { window.localStorage.removeItem(USED); },
  };
})();
