// @ts-check
/* The kinds of files that the page of checks knows, each by what is in it.  R-28 R-58

   What is refused here is refused by the commands too: `tests/verifying/cases.json` holds them to each other. */
import { Refused } from "./strict-json.js";

const ACT = {
  ...{ stream: "string", sequence: "number", at: "string", act: "string", subject: "string" },
  ...{ actor_role: "string", payload_digest: "string", previous_hash: "string" },
};
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** @param {any} value */
export const isHash = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
/** @param {any} facts @param {Record<string, string>} kinds */
function has(facts, kinds) {
  if (facts === null || typeof facts !== "object" || Array.isArray(facts)) return false;
  return Object.entries(kinds).every(([name, kind]) =>
    kind === "list" ? Array.isArray(facts[name]) : name in facts && typeof facts[name] === kind,
  );
}
/** @param {any} said */
const namesItsList = (said) => !("list" in said) || typeof said.list === "string";
/** @param {any} said */
export const address = (said) => [said.meeting, said.list].filter(Boolean).join("/");

/** A witness or a hash as people paste it: “ABCD-EF01 23…” with spaces, dashes, capitals.
 * @param {string} typed */
export const digits = (typed) =>
  typed
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/** Which kind of file the content `said` is, by what is in it; a shape that does not fit is `Refused`.
 * @param {any} said @returns {string} */
export function kindOf(said) {
  if (!has(said, {})) throw new Refused("another-kind");
  if ("hashes" in said) return asChain(said);
  if ("witness" in said) return asReceipt(said);
  if ("speakers" in said) return asRevision(said);
  if ("delegations" in said) return asDraw(said);
  throw new Refused("another-kind");
}

/** @param {any} said */
function asChain(said) {
  if (said.format !== "journal-hashes/1") throw new Refused("another-format");
  const isRight = has(said, { stream: "string", hashes: "list" }) && said.hashes.every(isHash);
  if (!isRight || ("as_at" in said && !isMoment(said.as_at))) throw new Refused("another-form");
  if (said.hashes.length !== said.entries || new Set(said.hashes).size !== said.entries) {
    throw new Refused("entries-missing");
  }
  return "chain";
}

/** @param {any} text */
const isMoment = (text) => typeof text === "string" && MOMENT.test(text) && !Number.isNaN(Date.parse(text));

/** @param {any} said */
function asReceipt(said) {
  const kinds = { meeting: "string", receipt_no: "number", arrived_at: "string", recorded_at: "string", act: "object" };
  const isRight = said.format === "receipt/1" && has(said, kinds) && namesItsList(said) && isHash(said.witness);
  if (!isRight || !has(said.act, ACT) || Object.keys(said.act).length !== Object.keys(ACT).length) {
    throw new Refused("another-structure");
  }
  if ("content" in said && !isContent(said.content)) throw new Refused("another-structure");
  return "receipt";
}

/** @param {any} content */
function isContent(content) {
  const isRight = has(content, { actor_name: "string", reason: "string" }) && isHash(content.salt);
  return isRight && "before" in content && "after" in content && Object.keys(content).length === 5;
}

/** @param {any} said */
function asRevision(said) {
  if (said.provisional === true && !("number" in said)) throw new Refused("live-list");
  const kinds = { meeting: "string", number: "number", as_at: "string", previous_sha256: "string", speakers: "list" };
  const ofRow = { place: "number", delegation: "string", receipt_no: "number" };
  const isRight = has(said, kinds) && namesItsList(said);
  if (!isRight || !said.speakers.every((/** @type {any} */ row) => has(row, ofRow))) {
    throw new Refused("another-structure");
  }
  return "revision";
}

/** @param {any} said */
function asDraw(said) {
  const text = "string";
  const kinds = { format: text, meeting: text, commitment: text, beacon: text, secret: text, seed: text };
  const isRight = has(said, { ...kinds, delegations: "list" });
  const ofRow = { code: text, lot: text, name: text };
  if (!isRight || !said.delegations.every((/** @type {any} */ row) => has(row, ofRow))) {
    throw new Refused("another-structure");
  }
  return "draw";
}
