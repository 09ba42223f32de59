// @ts-check
/* The signed list of vouchers on this device: checked, kept, asked. It names a person only to a desk that holds their voucher.

   list.keep(answer) checks and stores what the server gave, and says whether it did; list.find(code) gives the
   entry of a code as { says, after, name, organization, before }, null where it is not on the list, undefined where there
   is no list. `says` names an outcome for each mode, `after` the same for each green outcome of this device since.
   list.digest(code) is all that this device keeps of a code, undefined where the browser cannot make it. */
const desk = /** @type {HTMLElement} */ (document.getElementById("desk"));
const PLACE = `desk:${desk.dataset.meeting}:list`;
const canCheck = Boolean(window.crypto?.subtle);
/** @typedef {{text: string, signature: string}} Signed */
/** @type {any} */
let content = null; // what was signed, once checked
let isForgotten = false;

/** @param {string} base64 */
const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
/** @param {string} text */
const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
/** @param {ArrayBuffer} buffer */
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
/** @param {Uint8Array[]} parts */
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
/** @param {string} text */
const ascii = (text) => new TextEncoder().encode(text);
/** @param {Uint8Array[]} parts */
const digest = (...parts) => crypto.subtle.digest("SHA-256", joined(...parts));

/** The content of the list if it bears our signature, is for this meeting and is not too old; otherwise nothing.
 * @param {Signed} kept */
async function checked(kept) {
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("raw", bytes(desk.dataset.key ?? ""), curve, false, ["verify"]);
  const isOurs = await crypto.subtle.verify(
    { name: "ECDSA", hash: "SHA-256" },
    key,
    bytes(kept.signature),
    ascii(kept.text),
  );
  if (!isOurs) return null;
  const said = JSON.parse(kept.text);
  return said.after && said.meeting === desk.dataset.meeting && Date.parse(said.good_until) > Date.now() ? said : null;
}

/** @param {Signed} answer */
async function keep(answer) {
  const said = canCheck ? await checked(answer) : null;
  if (!said || isForgotten) return false;
  content = said;
  window.localStorage.setItem(PLACE, JSON.stringify({ text: answer.text, signature: answer.signature }));
  return true;
}

/* What was kept before this page was loaded. A list that is not ours, or too old, is deleted. */
async function load() {
  const kept = window.localStorage.getItem(PLACE);
  if (!kept || !canCheck || content) return;
  let said = null;
  try {
    said = await checked(JSON.parse(kept));
  } catch {
    /* not a list of ours */
  }
  if (!said) window.localStorage.removeItem(PLACE);
  else if (!content) content = said;
}

/** @param {string} code */
async function find(code) {
  if (!content) return undefined;
  const salt = fromHex(content.salt);
  const entry = content.vouchers[hex(await digest(ascii("find"), salt, ascii(code)))];
  if (!entry) return null;
  const key = await crypto.subtle.importKey("raw", await digest(ascii("read"), salt, ascii(code)), "AES-GCM", false, [
    "decrypt",
  ]);
  const sealed = bytes(entry.sealed);
  const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.slice(0, 12) }, key, sealed.slice(12));
  const [name, organization, before] = JSON.parse(new TextDecoder().decode(opened));
  return { says: entry.says, after: content.after, name, organization, before };
}

const loaded = load();
export const list = {
  keep,
  /** @param {string} code */
  digest: async (code) => (canCheck ? hex(await digest(ascii(code))) : undefined),
  /** @param {string} code */
  find: async (code) => {
    await loaded;
    return find(code);
  },
  madeAt: async () => {
    await loaded;
    return content?.made_at;
  },
  forget: () => {
    content = null;
    isForgotten = true;
    window.localStorage.removeItem(PLACE);
  },
};
