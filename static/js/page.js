// @ts-check
/* Finding elements of a page that the server is known to have rendered. */

/** The one element that `selector` finds. @template {Element} [T=HTMLElement]
 * @param {string} selector @param {ParentNode} [within] @returns {T} */
export const one = (selector, within = document) => /** @type {T} */ (within.querySelector(selector));

/** All elements that `selector` finds, in their order. @template {Element} [T=HTMLElement]
 * @param {string} selector @param {ParentNode} [within] @returns {T[]} */
export const all = (selector, within = document) => /** @type {T[]} */ ([...within.querySelectorAll(selector)]);
