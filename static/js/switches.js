// @ts-check
/* Boxes that a person ticks for themselves: kept on this device under the person, for several may share it. */

/** Show `box` as the person left it, and call `use` with it now and whenever it is ticked or not.
 * @param {HTMLInputElement} box @param {string | undefined} person @param {boolean} otherwise before it was ever touched
 * @param {(isOn: boolean, isPressed: boolean) => void} use */
export function keep(box, person, otherwise, use) {
  const place = `${box.id}:${person ?? ""}`;
  const kept = localStorage.getItem(place);
  box.checked = kept === null ? otherwise : kept === "on";
  use(box.checked, false);
  box.addEventListener("change", () => {
    localStorage.setItem(place, box.checked ? "on" : "off");
    use(box.checked, true);
  });
}
