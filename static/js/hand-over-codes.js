// @ts-check
/* The codes that a scanned or typed text may stand for, by the table that the server gives the page as `data-codes`;
   see registration/door/reading.py. */

/** @typedef {{long: string, short: string, symbology: string, ignored: string, keys: string[], keyboards: string[][]}} Codes */

/** @param {string} text */
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** @param {Codes} codes */
export function reader(codes) {
  const ignored = new RegExp(codes.ignored, "g");
  const long = new RegExp(`^${codes.symbology}(${codes.long})$`);
  const short = new RegExp(`^${codes.short}$`);
  const keyboards = codes.keyboards.map((keyboard) => {
    const meant = new Map(keyboard.map((written, position) => [written, codes.keys[position]]));
    const longestFirst = [...keyboard].sort((one, other) => other.length - one.length);
    return { meant, all: new RegExp(longestFirst.map(escaped).join("|"), "g") };
  });
  /** @param {string} code */
  const isShort = (code) => short.test(code);
  /** The codes, likeliest first; if there is none, the text itself.
   * @param {string} text @returns {string[]} */
  const readings = (text) => {
    const plain = text.normalize("NFKC").replace(ignored, "").toUpperCase();
    const typed = text.replace(/\s+/g, "").toUpperCase();
    const written = [plain, ...keyboards.map(({ meant, all }) => typed.replace(all, (key) => meant.get(key) ?? key))];
    const found = written.map((each) => long.exec(each)?.[1]).filter((each) => each !== undefined);
    const codesRead = [...new Set([...(isShort(plain) ? [plain] : []), ...found])];
    return codesRead.length ? codesRead : [plain];
  };
  return { readings, isShort };
}
