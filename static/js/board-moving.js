/* The board: a row is moved by mouse, finger or keys, and every move ends in the form that asks for the reason.
   Without this script the same form is a page of its own, behind each row's "Move". */
(() => {
  const board = document.querySelector("[data-board]");
  const dialog = board?.querySelector("[data-dialog]");
  if (!dialog) return;

  const form = dialog.querySelector("[data-move-form]");
  const live = board.querySelector("[data-board-live]");
  const sentences = board.querySelector("[data-sentences]").dataset;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let held = null; // the row picked up, and where it was: {row, list, next, byKeys}

  const rows = () => [...live.querySelectorAll("[data-rows] > [data-entry]")];
  const filled = (pattern, words) => pattern.replace(/%\((\w+)\)s/g, (whole, name) => words[name] ?? whole);
  const followerOf = (row) => rows()[rows().indexOf(row) + 1];

  function announce(words) {
    board.querySelector("[data-announcer]").textContent = words;
  }

  function take(row, byKeys) {
    held = { row, list: row.parentElement, next: row.nextElementSibling, follower: followerOf(row), byKeys };
    row.classList.add("board-row--held");
    board.dataset.busy = "yes";
  }

  function letGo() {
    if (!held) return;
    const { row } = held;
    held = null;
    row.classList.remove("board-row--held");
    row.querySelector(".board-handle")?.setAttribute("aria-pressed", "false");
    delete board.dataset.busy;
    board.dispatchEvent(new Event("board:idle"));
  }

  function putBack() {
    if (!held) return;
    const { row, list, next } = held;
    list.insertBefore(row, next);
    letGo();
  }

  function putDown() {
    const { row, follower } = held;
    const next = followerOf(row);
    if (next === follower) return putBack();
    if (!next) {
      putBack();
      announce(sentences.last);
      return;
    }
    ask(row, next);
  }

  function ask(row, next) {
    const name = row.dataset.name;
    form.action = row.dataset.moves;
    form.elements.version.value = live.dataset.version;
    const title = form.querySelector("[data-move-title]");
    title.textContent = filled(title.dataset.words, { entry: name });
    const options = rows()
      .filter((other) => other !== row && other.dataset.moves)
      .map((other) => new Option(`${other.dataset.number}. ${other.dataset.name}`, other.dataset.entry));
    form.elements.before.replaceChildren(new Option("–", ""), ...options);
    form.elements.before.value = next ? next.dataset.entry : "";
    form.querySelector("[data-changed]").hidden = true;
    board.dataset.busy = "yes";
    dialog.returnRow = row;
    dialog.showModal();
    (next ? form.elements.reason : form.elements.before).focus();
  }

  function byKey(event) {
    const handle = event.target.closest?.(".board-handle");
    if (!handle) return;
    const row = handle.closest("[data-entry]");
    if (!held) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      take(row, true);
      handle.setAttribute("aria-pressed", "true");
      announce(filled(sentences.taken, { entry: row.dataset.name, number: row.dataset.number }));
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      step(row, event.key === "ArrowUp" ? -1 : 1);
      handle.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      putDown();
    } else if (event.key === "Escape") {
      event.preventDefault();
      putBack();
      handle.focus();
      announce(filled(sentences.back, { entry: row.dataset.name }));
    }
  }

  function step(row, direction) {
    const all = rows();
    const other = all[all.indexOf(row) + direction];
    if (!other) return announce(sentences.last);
    held.isStepping = true;
    other.parentElement.insertBefore(row, direction < 0 ? other : other.nextElementSibling);
    held.isStepping = false;
    row.scrollIntoView({ block: "nearest", behavior: isCalm ? "auto" : "smooth" });
    const next = followerOf(row);
    const number = rows().indexOf(row) + 1;
    announce(next ? filled(sentences.moved, { other: next.dataset.name, number }) : sentences.last);
  }

  function equip() {
    const template = board.querySelector("template[data-handle]");
    for (const row of live.querySelectorAll("[data-moves]")) {
      const handle = template.content.firstElementChild.cloneNode(true);
      handle.setAttribute("aria-label", filled(handle.dataset.words, { entry: row.dataset.name }));
      handle.setAttribute("aria-pressed", "false");
      row.prepend(handle);
    }
    if (!window.Sortable) return;
    for (const list of live.querySelectorAll("[data-rows]")) {
      window.Sortable.create(list, {
        group: "board",
        handle: ".board-handle",
        draggable: "[data-moves]",
        forceFallback: true,
        fallbackTolerance: 4,
        animation: isCalm ? 0 : 120,
        onStart: (event) => take(event.item, false),
        onEnd: putDown,
      });
    }
  }

  live.addEventListener("keydown", byKey);
  live.addEventListener("focusout", (event) => {
    const isOurs = event.target.closest?.(".board-handle");
    if (isOurs && held?.byKeys && !held.isStepping && !dialog.open) putBack();
  });
  live.addEventListener("click", (event) => {
    const link = event.target.closest("[data-move]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    ask(link.closest("[data-entry]"), null);
  });
  dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    putBack();
    delete board.dataset.busy;
    dialog.returnRow?.querySelector(".board-handle")?.focus();
    board.dispatchEvent(new Event("board:idle"));
  });
  board.addEventListener("board:refreshed", equip);
  equip();
})();
