// @ts-check
/* What receipts, chains, revisions and draws prove, alone and together: the checks of `journal/chain_file.py` and
   `speakers/publishing/`, by WebCrypto and from files alone.  R-08 R-21 R-28 R-58 R-77

   A mark is a verdict ("good", "bad" or "open"), the name of one of the page's sentences, and its facts. */
import { canonical, Refused, read } from "./strict-json.js";
import { address, digits, isHash, kindOf } from "./verify-kinds.js";

/** @typedef {{verdict: "good" | "bad" | "open", word: string, facts: Record<string, any>}} Mark */
/** @typedef {{name: string, kind: string, said: any, sha256: string, asAt: number, isReformatted: boolean}} Known */

export const LARGEST = 32 * 1024 * 1024;
const SAID_TWICE = ["receipt_no", "arrived_at", "recorded_at"];

/** @param {string} word @param {Record<string, any>} facts @returns {Mark} */
const good = (word, facts) => ({ verdict: "good", word, facts });
/** @param {string} word @param {Record<string, any>} facts @returns {Mark} */
const bad = (word, facts) => ({ verdict: "bad", word, facts });
/** @param {string} word @param {Record<string, any>} facts @returns {Mark} */
const open = (word, facts) => ({ verdict: "open", word, facts });

/** @param {ArrayBuffer} digest */
const hexadecimal = (digest) => [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
/** @param {string} text */
const bytesOf = (text) => new TextEncoder().encode(text);
/** @param {string} text */
export const sha256 = async (text) => hexadecimal(await crypto.subtle.digest("SHA-256", bytesOf(text)));

/** @param {string} salt @param {string} text */
async function hmac(salt, text) {
  const raw = Uint8Array.from(salt.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return hexadecimal(await crypto.subtle.sign("HMAC", key, bytesOf(text)));
}

/** The file `name` of these bytes, last changed at `changed` (milliseconds since 1970), or a mark that says why not.
 * @param {{name: string, bytes: ArrayBuffer | Uint8Array<ArrayBuffer>, changed: number}} file
 * @returns {Promise<Known | Mark>} */
async function recognise({ name, bytes, changed }) {
  try {
    const said = read(bytes);
    const kind = kindOf(said);
    const own = canonical(said);
    const asAt = kind === "chain" && said.as_at ? Date.parse(said.as_at) : changed;
    const written = hexadecimal(await crypto.subtle.digest("SHA-256", bytes));
    const hash = await sha256(own);
    return { name, kind, said, sha256: hash, asAt, isReformatted: hash !== written };
  } catch (error) {
    if (error instanceof Refused) return bad("unreadable", { name, why: error.message });
    if (error instanceof RangeError) return bad("unreadable", { name, why: "too-large" });
    throw error;
  }
}

/** The marks of all `files`, alone and together, and of a witness or hash that was `typed`.
 * @param {{name: string, bytes: ArrayBuffer | Uint8Array<ArrayBuffer>, changed: number}[]} files @param {string} typed
 * @returns {Promise<Mark[]>} */
export async function check(files, typed) {
  const found = await Promise.all(files.map(recognise));
  /** @type {Mark[]} */
  const marks = [];
  /** @type {Known[]} */
  const known = [];
  for (const each of found) {
    if ("verdict" in each) marks.push(each);
    else if (!known.some(({ sha256 }) => sha256 === each.sha256)) known.push(each);
  }
  /** @param {string} kind */
  const of = (kind) => known.filter((each) => each.kind === kind);
  const [chains, revisions, receipts, draws] = ["chain", "revision", "receipt", "draw"].map(of);
  marks.push(...ofChains(chains), ...ofRevisions(revisions, typed));
  for (const draw of draws) marks.push(...(await ofDraw(draw)));
  for (const receipt of receipts) marks.push(...(await ofReceipt(receipt, chains, revisions)));
  if (typed.trim()) marks.push(...ofTyped(typed, known));
  return marks;
}

/** The pairs of neighbours within each of the groups that `groupOf` names, in the `order`.
 * @param {Known[]} files @param {(file: Known) => string} groupOf @param {(one: Known, other: Known) => number} order
 * @returns {[Known, Known][]} */
function neighbours(files, groupOf, order) {
  const sorted = [...files].sort((one, other) =>
    groupOf(one) === groupOf(other) ? order(one, other) : groupOf(one) < groupOf(other) ? -1 : 1,
  );
  return sorted
    .slice(1)
    .map((file, place) => /** @type {[Known, Known]} */ ([sorted[place], file]))
    .filter(([one, other]) => groupOf(one) === groupOf(other));
}

/** @param {Known[]} chains @returns {Mark[]} */
function ofChains(chains) {
  /** @param {Known} one @param {Known} other */
  const byMoment = (one, other) => one.asAt - other.asAt || one.said.entries - other.said.entries;
  const pairs = neighbours(chains, (each) => each.said.stream, byMoment);
  const found = pairs.map(([older, newer]) => continuation(older, newer));
  const broken = new Set(pairs.flatMap((pair, place) => (found[place].verdict === "bad" ? pair : [])));
  const compared = new Set(pairs.flat());
  return [...found, ...chains.filter((each) => !broken.has(each)).map((each) => ofChain(each, compared.has(each)))];
}

/** @param {Known} chain @param {boolean} isCompared */
function ofChain({ name, said }, isCompared) {
  const facts = { name, count: said.entries, stream: said.stream };
  return isCompared ? good("chain", facts) : open("chain-alone", facts);
}

/** @param {Known} older @param {Known} newer @returns {Mark} */
function continuation(older, newer) {
  const [had, kept] = [older.said.hashes, newer.said.hashes];
  const facts = { newer: newer.name, older: older.name, kept: kept.length, had: had.length };
  const length = Math.min(had.length, kept.length);
  for (let place = 0; place < length; place += 1) {
    if (had[place] !== kept[place]) return bad("chain-differs", { ...facts, number: place + 1 });
  }
  return kept.length < had.length ? bad("chain-shorter", facts) : good("chain-continues", facts);
}

/** The links between revisions, and each that neither a link nor the hash that was `typed` vouches for.
 * @param {Known[]} revisions @param {string} typed @returns {Mark[]} */
function ofRevisions(revisions, typed) {
  const pairs = neighbours(
    revisions,
    (each) => address(each.said),
    (one, other) => one.said.number - other.said.number,
  );
  const found = pairs.map(([one, other]) => link(one, other));
  const followed = new Set(pairs.filter((_pair, place) => found[place].verdict === "good").map(([one]) => one));
  const alone = revisions.filter((each) => !followed.has(each) && each.sha256 !== digits(typed));
  return [...found, ...alone.map(ofRevision)];
}

/** @param {Known} revision */
function ofRevision({ name, said, sha256, isReformatted }) {
  const facts = { name, meeting: address(said), number: said.number, hash: sha256 };
  return open(isReformatted ? "revision-reformatted" : "revision", facts);
}

/** @param {Known} one @param {Known} other @returns {Mark} */
function link(one, other) {
  const facts = { name: other.name, number: other.said.number, before: one.said.number, meeting: address(one.said) };
  if (other.said.number === one.said.number) return bad("revision-two", facts);
  if (other.said.number > one.said.number + 1) return open("revision-gap", facts);
  return other.said.previous_sha256 === one.sha256
    ? good("revision-follows", facts)
    : bad("revision-does-not-follow", facts);
}

/** @param {Known} draw @returns {Promise<Mark[]>} */
async function ofDraw({ name, said }) {
  if (said.format !== "draw/1") return [bad("draw-format", { name, format: "draw/1" })];
  if (!said.seed) return [open("draw-not-held", { name })];
  const found = [];
  if ((said.secret || said.commitment) && (await sha256(said.secret)) !== said.commitment)
    found.push(bad("draw-secret", { name }));
  if (said.commitment && !(said.beacon && (await sha256(said.secret + said.beacon)) === said.seed))
    found.push(bad("draw-seed", { name }));
  const lots = new Map();
  for (const { code, lot } of said.delegations) {
    lots.set(code, await sha256(said.seed + code));
    if (lots.get(code) !== lot) found.push(bad("draw-lot", { name, code }));
  }
  const inOrder = [...lots.keys()].sort((one, other) => (lots.get(one) < lots.get(other) ? -1 : 1));
  const codes = said.delegations.map((/** @type {any} */ row) => row.code);
  if (
    codes.length !== inOrder.length ||
    codes.some((/** @type {string} */ code, /** @type {number} */ place) => code !== inOrder[place])
  ) {
    found.push(bad("draw-order", { name }));
  }
  return found.length ? found : [good(said.commitment ? "draw" : "draw-of-lots", { name, beacon: said.beacon })];
}

/** @param {Known} receipt @param {Known[]} chains @param {Known[]} revisions @returns {Promise<Mark[]>} */
async function ofReceipt(receipt, chains, revisions) {
  const { name, said } = receipt;
  const facts = { name, receipt: said.receipt_no, number: said.act.sequence };
  const within = await withinReceipt(receipt, facts);
  const own = chains.filter((chain) => chain.said.stream === said.act.stream);
  const listed = revisions.filter((revision) => address(revision.said) === address(said));
  const held = own.map((chain) => inChain(receipt, chain, { ...facts, chain: chain.name, kept: chain.said.entries }));
  if (within.some(({ verdict }) => verdict === "bad"))
    return [...within, ...held.filter((mark) => mark.verdict === "bad")];
  return [
    ...within,
    ...held,
    ...(own.length ? [] : [open("receipt-without-chain", facts)]),
    ...listed.map((revision) => onRevision(revision, within[0].verdict, { ...facts, revision: revision.name })),
  ];
}

/** @param {Known} receipt @param {Record<string, any>} facts @returns {Promise<Mark[]>} */
async function withinReceipt({ said }, facts) {
  const found = [];
  if ((await sha256(canonical(said.act))) !== said.witness) found.push(bad("receipt-witness", facts));
  if (`meeting/${address(said)}` !== said.act.stream) found.push(bad("receipt-list", facts));
  if (!("content" in said)) return found.length ? found : [open("receipt-without-content", facts)];
  const { salt, ...content } = said.content;
  if ((await hmac(salt, canonical(content))) !== said.act.payload_digest) found.push(bad("receipt-content", facts));
  if (SAID_TWICE.some((name) => content.after?.[name] !== said[name])) found.push(bad("receipt-number", facts));
  return found.length ? found : [good("receipt", facts)];
}

/** @param {Known} receipt @param {Known} chain @param {Record<string, any>} facts @returns {Mark} */
function inChain({ said }, chain, facts) {
  const { hashes } = chain.said;
  const number = said.act.sequence;
  if (hashes.length < number) {
    return chain.asAt < Date.parse(said.act.at) ? open("receipt-newer", facts) : bad("receipt-cut", facts);
  }
  const before = number > 1 ? hashes[number - 2] : "";
  const isThere = number > 0 && before === said.act.previous_hash && hashes[number - 1] === said.witness;
  return isThere ? good("receipt-in-chain", facts) : bad("receipt-not-in-chain", facts);
}

/** The place of a receipt on `revision`, as certain as its number, of which the file gave the `verdict`.
 * @param {Known} revision @param {Mark["verdict"]} verdict @param {Record<string, any>} facts @returns {Mark} */
function onRevision(revision, verdict, facts) {
  const row = revision.said.speakers.find((/** @type {any} */ each) => each.receipt_no === facts.receipt);
  if (!row) return open("receipt-not-on-revision", facts);
  return { verdict, word: "receipt-on-revision", facts: { ...facts, delegation: row.delegation, place: row.place } };
}

/** What a `typed` witness or hash is among the files: an entry of a chain, a revision, a commitment.
 * @param {string} typed @param {Known[]} known @returns {Mark[]} */
function ofTyped(typed, known) {
  const hash = digits(typed);
  if (!isHash(hash)) return [bad("witness-wrong", { typed })];
  const found = known.flatMap((each) => typedIn(hash, each));
  if (found.length) return found;
  if (known.some(({ kind }) => kind === "chain")) return [bad("witness-nowhere", {})];
  if (known.some(({ kind }) => kind === "revision")) return [bad("hash-of-no-revision", {})];
  if (known.some(({ kind }) => kind === "draw")) return [bad("commitment-other", {})];
  return [open("witness-without-chain", {})];
}

/** @param {string} hash @param {Known} file @returns {Mark[]} */
function typedIn(hash, { name, kind, said, sha256 }) {
  if (kind === "chain" && said.hashes.includes(hash)) {
    const number = said.hashes.indexOf(hash) + 1;
    return [good("witness", { name, number, count: said.entries })];
  }
  if (kind === "revision" && sha256 === hash) return [good("hash-of-revision", { name, number: said.number })];
  if (kind === "draw" && said.commitment === hash) return [good("commitment", { name })];
  if (kind === "receipt" && said.witness === hash) return [good("witness-of-receipt", { name })];
  return [];
}
