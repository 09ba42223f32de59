/* The board shows what colleagues change: it asks every few seconds where the journal stands, says in words what
   happened, and shows the list again. While a row is picked up or a reason is being typed, it only says so. */
(() => {
  const board = document.querySelector("[data-board]");
  if (!board) return;

  const EVERY = 4000;
  const live = board.querySelector("[data-board-live]");
  const shown = board.querySelector("[data-news-shown]");
  const dialog = board.querySelector("[data-dialog]");
  let told = Number(live.dataset.version);
  let isStale = false;

  function tell(place, changes) {
    const list = document.createElement("ul");
    list.append(...changes.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
    place.replaceChildren(place.dataset.words, list);
    place.hidden = false;
  }

  async function ask() {
    const response = await fetch(`${board.dataset.news}?since=${told}`, { headers: { Accept: "application/json" } });
    if (!response.ok || response.redirected) return;
    const { version, changes } = await response.json();
    if (version <= told) return;
    told = version;
    isStale = true;
    if (dialog?.open) tell(dialog.querySelector("[data-changed]"), changes);
    tell(shown, changes);
    await refresh();
  }

  async function refresh() {
    if (!isStale || board.dataset.busy) return;
    const response = await fetch(location.pathname);
    if (!response.ok || response.redirected || board.dataset.busy) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-board-live]");
    if (!fresh || board.dataset.busy) return;
    isStale = false;
    show(fresh);
  }

  function show(fresh) {
    const opened = [...live.querySelectorAll("details")].map((each) => each.open);
    const focused = live.contains(document.activeElement) ? wayTo(document.activeElement) : null;
    live.replaceChildren(...fresh.childNodes);
    live.dataset.version = fresh.dataset.version;
    told = Math.max(told, Number(fresh.dataset.version));
    live.querySelectorAll("details").forEach((each, number) => { each.open = opened[number] ?? each.open; });
    board.dispatchEvent(new Event("board:refreshed"));
    if (focused) live.querySelector(focused)?.focus();
  }

  function wayTo(element) {
    const row = element.closest("[data-entry]");
    if (!row) return null;
    const kind = [".board-handle", "[data-move]", ".board-unpin"].find((each) => element.matches(each)) ?? "a";
    return `#${row.id} ${kind}`;
  }

  async function watch() {
    if (document.visibilityState === "visible") {
      try {
        await ask();
      } catch (error) {
        console.debug("The list is asked for again in a moment.", error);
      }
    }
    setTimeout(watch, EVERY);
  }

  board.addEventListener("board:idle", () => { refresh().catch(() => { isStale = true; }); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") refresh(); });
  setTimeout(watch, EVERY);
})();
