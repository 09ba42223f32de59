// @ts-check
/* Makes an element like another, touching only what differs: what is focused, opened or typed stays.

   Children are found again by their id; a form by its address and the entry it is about, so that a button never turns
   into another under someone's finger. What a script has added is marked `data-local` and left alone. */

/** @param {Node} node */
function keyOf(node) {
  if (!(node instanceof Element)) return "";
  if (node.id) return `#${node.id}`;
  if (!(node instanceof HTMLFormElement)) return "";
  const entry = node.querySelector("input[name=entry]");
  return `${node.getAttribute("action")} ${entry?.getAttribute("value") ?? ""}`;
}

/** @param {Node} node */
const isLocal = (node) => node instanceof Element && node.hasAttribute("data-local");

/** @param {Node} one @param {Node} other */
function isAlike(one, other) {
  if (one.nodeName !== other.nodeName || keyOf(one) !== keyOf(other)) return false;
  return !(one instanceof Element && other instanceof Element) || one.classList[0] === other.classList[0];
}

/** @param {Element} from @param {Element} to */
function copyAttributes(from, to) {
  for (const { name } of [...from.attributes]) {
    const isTheirs = name === "open" && from.localName === "details";
    if (!isTheirs && !to.hasAttribute(name)) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (name !== "open" && from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
}

/** A field that someone is using keeps what is in it; any other shows what the server says.
 * @param {HTMLInputElement} from @param {HTMLInputElement} to */
function morphInput(from, to) {
  const isUsed =
    from === document.activeElement || from.value !== from.defaultValue || from.checked !== from.defaultChecked;
  copyAttributes(from, to);
  if (isUsed) return;
  from.value = to.defaultValue;
  from.checked = to.defaultChecked;
}

/** @param {Element} from @param {Element} to */
function morphChildren(from, to) {
  const wanted = new Set([...to.childNodes].map(keyOf));
  const known = new Map([...from.childNodes].map((child) => [keyOf(child), child]));
  /** @type {ChildNode | null} */
  let place = from.firstChild;
  const next = (/** @type {(node: ChildNode) => boolean} */ isOver) => {
    while (place && (isLocal(place) || isOver(place))) {
      const passed = place;
      place = place.nextSibling;
      if (!isLocal(passed)) passed.remove();
    }
  };
  for (const child of [...to.childNodes]) {
    next((node) => keyOf(node) !== "" && !wanted.has(keyOf(node)));
    const same = keyOf(child) ? known.get(keyOf(child)) : place;
    if (!same || !isAlike(same, child)) {
      from.insertBefore(child, place);
      continue;
    }
    if (same === place) place = place.nextSibling;
    else from.insertBefore(same, place);
    if (same instanceof Element) morph(same, /** @type {Element} */ (child));
    else if (same.nodeValue !== child.nodeValue) same.nodeValue = child.nodeValue;
  }
  next(() => true);
}

/** Make `from` like `to`. Where nothing differs, nothing is touched. @param {Element} from @param {Element} to */
export function morph(from, to) {
  if (from instanceof HTMLInputElement && to instanceof HTMLInputElement) return morphInput(from, to);
  copyAttributes(from, to);
  return morphChildren(from, to);
}
