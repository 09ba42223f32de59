/* The console: sends its forms without leaving the page, keeps the page true, and presses buttons by key.
   Everything works without it; the server alone decides what an act does. */
(() => {
  const page = () => document.getElementById("console");
  const POLL = 2000, PATIENCE = 6000;
  const inHand = new Set();
  let last = Promise.resolve(), failures = 0;

  async function ask(address, options = {}) {
    const response = await fetch(address, { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE), ...options });
    if (!response.ok && response.status !== 422) throw new Error(`status ${response.status}`);
    return response;
  }

  function reached(isReached) {
    failures = isReached ? 0 : failures + 1;
    page().querySelector("[data-lost]").hidden = failures < 2;
  }

  /* Put the parts of a fresh page into this one; those with something typed into them stay. */
  function renew(html, isOwnAct) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const next = fresh.getElementById("console");
    if (!next) { window.location.reload(); return; }
    const focused = nameOf(document.activeElement);
    const open = new Set([...page().querySelectorAll("details[open]")].map((each) => each.className));
    for (const part of page().querySelectorAll("[data-live]")) {
      const other = next.querySelector(`[data-live="${part.dataset.live}"]`);
      if (other && !(part.contains(document.activeElement) && document.activeElement.matches("input[maxlength]") && !isOwnAct)) part.replaceWith(other);
    }
    for (const each of page().querySelectorAll("details")) each.open = open.has(each.className);
    Object.assign(page().dataset, { version: next.dataset.version, advice: next.dataset.advice });
    document.title = fresh.title;
    if (isOwnAct) say(fresh);
    if (focused && document.activeElement === document.body) named(focused)?.focus({ preventScroll: true });
    window.floorClocks?.();
  }

  /* A person working without a mouse keeps their place: a control is identified by what it does, and to whom. */
  function nameOf(control) {
    if (!control?.closest || !control.closest("[data-live]")) return "";
    const { form } = control;
    return form ? `${form.action} ${form.elements.entry?.value ?? ""} ${control.name}` : control.getAttribute("href") ?? control.localName;
  }

  /* The control of that name or, if it is gone, the name of the current speaker, one Tab away from the next button. */
  function named(name) {
    const controls = [...page().querySelectorAll("[data-live] :is(a, button, input, summary)")];
    return controls.find((each) => nameOf(each) === name) ?? page().querySelector(".now-name");
  }

  /* What the server said about the act, in place of what it said before. */
  function say(fresh) {
    document.querySelectorAll("main > .frame > .notice").forEach((old) => old.remove());
    fresh.querySelectorAll("main > .frame > .notice").forEach((notice) => page().before(notice));
  }

  /* Send one form after the other, in the order pressed; a double press of the same form counts once. */
  function send(form) {
    if (inHand.has(form.action)) return;
    inHand.add(form.action);
    page().setAttribute("aria-busy", "true");
    const body = new FormData(form);
    last = last.then(() => post(form.action, body)).finally(() => {
      inHand.delete(form.action);
      if (!inHand.size) page().removeAttribute("aria-busy");
    });
  }

  async function post(address, body) {
    try {
      renew(await (await ask(address, { method: "POST", body })).text(), true);
      reached(true);
    } catch {
      failures = 2;
      reached(false);
    }
  }

  /* An act by anyone; or advice to the officer, which can change with time alone. */
  function isNews({ version, advice }) {
    return String(version) !== page().dataset.version || advice !== page().dataset.advice;
  }

  async function look() {
    if (inHand.size) return;
    try {
      const state = await (await ask(page().dataset.state)).json();
      if (isNews(state) && !inHand.size) {
        const html = await (await ask(window.location.href)).text();
        if (!inHand.size) renew(html, false);
      }
      reached(true);
    } catch {
      reached(false);
    }
  }

  /* With a stream, a colleague's act is seen at once; polling continues beside it. */
  function listen() {
    const { stream, livePort } = page().dataset;
    if (!stream || !window.EventSource) return;
    const origin = livePort ? `${location.protocol}//${location.hostname}:${livePort}` : "";
    new EventSource(origin + stream).addEventListener("state", (event) => {
      if (String(JSON.parse(event.data).version) !== page().dataset.version) look();
    });
  }

  function find(key) { return page().querySelector(`[data-key="${CSS.escape(key)}"]`); }

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !page().contains(event.target)) return;
    event.preventDefault();
    send(event.target);
  });

  const keys = document.getElementById("use-keys");
  document.querySelector("[data-keys-switch]").hidden = false;
  keys.checked = window.localStorage.getItem("console-keys") !== "off";
  keys.addEventListener("change", () => window.localStorage.setItem("console-keys", keys.checked ? "on" : "off"));

  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.target.matches("input:not([type=checkbox]), textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const target = find(event.key.toLowerCase());
    if (!target) return;
    event.preventDefault();
    if (target.matches("input") || "careful" in target.dataset) target.focus();
    else target.click();
  });

  listen();
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  window.addEventListener("online", look);
  window.addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  window.setInterval(look, POLL);
})();
