/* When something changes in the room, asks again for the reader's own turns: within two seconds, spread out so that not all ask at once. */
(() => {
  const place = document.querySelector("[data-own-turns]");
  const room = document.querySelector("[data-room]");
  if (!place || !room || !place.children.length) return;
  let asked = 0;
  async function ask() {
    asked = 0;
    try {
      const answer = await fetch(room.dataset.own, { cache: "no-store" });
      if (answer.ok && !place.contains(document.activeElement)) place.innerHTML = await answer.text();
    } catch { /* asked again with the next change */ }
  }
  room.addEventListener("room:changed", () => { asked = asked || window.setTimeout(ask, Math.random() * 2000); });
})();
