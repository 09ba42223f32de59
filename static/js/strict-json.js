// @ts-check
/* JSON as all readers must understand it alike, and its one canonical text, as in `journal/canonical.py`.  R-58

   A name that occurs twice, a number that is not whole or too long for a reader, half a character, and levels without
   end are refused here as there: `tests/verifying/cases.json` holds the two to each other. */

export const MOST_DIGITS = 15;
export const DEEPEST = 20;

/** Why a text is refused: `message` names one of the page's sentences. */
export class Refused extends Error {}

const SPACE = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON allows none of them in a string
const STRING = /"(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const NAME = /true|false|null/y;

/** The content of a file, or `Refused`.
 * @param {ArrayBuffer | Uint8Array<ArrayBuffer>} bytes */
export function read(bytes) {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refused("not-json");
  }
  return new Reader(text).whole();
}

class Reader {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  whole() {
    const content = this.value(DEEPEST);
    this.space();
    if (this.at < this.text.length) throw new Refused("not-json");
    return content;
  }

  /** What `pattern` finds here, and go on behind it; undefined if it finds nothing.
   * @param {RegExp} pattern */
  take(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  space() {
    this.take(SPACE);
  }

  /** Go on behind `sign` and the space before it, if it is next.
   * @param {string} sign */
  has(sign) {
    this.space();
    if (this.text[this.at] !== sign) return false;
    this.at += 1;
    return true;
  }

  /** @param {string} sign */
  need(sign) {
    if (!this.has(sign)) throw new Refused("not-json");
  }

  /** @param {number} levels @returns {any} */
  value(levels) {
    this.space();
    const first = this.text[this.at];
    if ((first === "{" || first === "[") && !levels) throw new Refused("too-deep");
    if (first === "{") return this.object(levels - 1);
    if (first === "[") return this.list(levels - 1);
    if (first === '"') return this.string();
    const name = this.take(NAME);
    return name ? JSON.parse(name) : this.number();
  }

  /** @param {number} levels */
  object(levels) {
    this.need("{");
    const found = Object.create(null);
    if (this.has("}")) return found;
    do {
      this.space();
      const name = this.string();
      if (name in found) throw new Refused("name-twice");
      this.need(":");
      found[name] = this.value(levels);
    } while (this.has(","));
    this.need("}");
    return found;
  }

  /** @param {number} levels */
  list(levels) {
    this.need("[");
    /** @type {any[]} */
    const found = [];
    if (this.has("]")) return found;
    do found.push(this.value(levels));
    while (this.has(","));
    this.need("]");
    return found;
  }

  string() {
    const found = this.take(STRING);
    if (found === undefined) throw new Refused("not-json");
    const text = JSON.parse(found);
    if (hasHalfACharacter(text)) throw new Refused("half-a-character");
    return text;
  }

  number() {
    const found = this.take(NUMBER);
    if (found === undefined) throw new Refused("not-json");
    if (/[.eE]/.test(found) || found.replace("-", "").length > MOST_DIGITS) throw new Refused("no-whole-number");
    return Number(found) || 0; // zero has no sign
  }
}

/** @param {string} text */
const hasHalfACharacter = (text) => /\p{Surrogate}/u.test(text);

/** The one text of plain `content`: names in the order of their characters, no spaces.
 * @param {any} content @returns {string} */
export function canonical(content) {
  if (Array.isArray(content)) return `[${content.map(canonical).join(",")}]`;
  if (content === null || typeof content !== "object") return JSON.stringify(content);
  const names = Object.keys(content).sort(byCharacter);
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(content[name])}`).join(",")}}`;
}

/** The order of Python, by whole characters; that of JavaScript is by halves of them.
 * @param {string} one @param {string} other */
function byCharacter(one, other) {
  const [ours, theirs] = [[...one], [...other]];
  for (let place = 0; place < Math.min(ours.length, theirs.length); place += 1) {
    const difference = (ours[place].codePointAt(0) ?? 0) - (theirs[place].codePointAt(0) ?? 0);
    if (difference) return difference;
  }
  return ours.length - theirs.length;
}
