/* The desk at the door: sends each scan, shows its verdict, and goes on by the signed list while there is no network.
   Without this script each scan is a form; the server alone decides what a scan does. */
(() => {
  "use strict";
  const desk = document.getElementById("desk");
  const form = desk.querySelector("[data-scan-form]");
  const { code: field, desk: deskName, nonce: formNonce } = form.elements;
  const { deskList: list, deskQueue: queue, deskCamera: camera } = window;
  const PATIENCE = 4000, LOOK = 5000, LIST = 30000;
  const NAME = "desk:name";
  const DIGITS = { hour: "2-digit", minute: "2-digit" };
  let token = form.elements.csrfmiddlewaretoken.value;
  let isLost = false, isSending = false, remembered = 0, note = "";

  const entryOf = (name) => document.querySelector(`#desk-words [data-word="${name}"]`);
  const word = (name) => entryOf(name).textContent;
  const normal = (code) => code.replace(/[\s\x1c-\x1f\x85]+/g, "").toUpperCase();
  const nonce = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  class SignedOut extends Error {}

  async function ask(address, options = {}) {
    const response = await fetch(address, { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE), headers: { Accept: "application/json" }, ...options });
    if (response.redirected || response.status === 403) throw new SignedOut();
    if (!response.ok && response.status !== 422) throw new Error(`status ${response.status}`);
    return response.json();
  }

  /* After a new sign-in, forms need a new token. */
  async function renewToken() {
    const html = await (await fetch(desk.dataset.page, { credentials: "same-origin" })).text();
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-scan-form] [name=csrfmiddlewaretoken]");
    if (fresh) token = fresh.value;
    return Boolean(fresh);
  }

  async function send(attempt) {
    const post = () => {
      const body = new FormData();
      for (const [name, value] of Object.entries({ ...attempt, csrfmiddlewaretoken: token })) body.append(name, value);
      return ask(desk.dataset.scan, { method: "POST", body });
    };
    try {
      return await post();
    } catch (trouble) {
      if (trouble instanceof SignedOut && (await renewToken())) return post();
      throw trouble;
    }
  }

  function show({ verdict = "red", title, name = "", organization = "", reason = "", refusal }) {
    const place = desk.querySelector("[data-verdict]");
    const box = document.createElement("div");
    box.className = `verdict verdict--${verdict}`;
    box.innerHTML = '<span class="verdict-sign" aria-hidden="true"></span><div></div>';
    const lines = { title: title || refusal, name, organization, reason };
    for (const [part, text] of Object.entries(lines)) {
      if (!text) continue;
      const line = document.createElement("p");
      line.className = `verdict-${part}`;
      line.append(document.createElement("bdi"));
      line.firstChild.textContent = text;
      box.lastElementChild.append(line);
    }
    place.replaceChildren(box);
  }

  async function scan(code) {
    const attempt = { code, nonce: nonce(), mode: form.elements.mode.value, desk: deskName.value, device_at: new Date().toISOString() };
    try {
      const said = await send(attempt);
      show(said);
      if (said.verdict === "green") remember(await list.digest(normal(code)), said.outcome);
      reached(true);
      look();
    } catch (trouble) {
      show(await judgeAlone(attempt));
      reached(false, trouble instanceof SignedOut);
    }
  }

  /* What this device called green is known here before the list is fetched again. */
  function remember(digest, outcome) {
    if (!digest) return;
    const now = new Date().toLocaleTimeString(document.documentElement.lang, DIGITS);
    queue.note(digest, { outcome, at: outcome === "handed_over" ? now : queue.done(digest)?.at });
    remembered += 1;
  }

  const answer = (name, entry, reason) => ({ verdict: entryOf(name).dataset.verdict, title: word(name), name: entry?.name, organization: entry?.organization, reason: reason || word(`${name}-reason`) });

  /* The answer without a network, and the scan kept for the server: of the code only its digest. */
  async function judgeAlone({ code, ...attempt }) {
    const digest = await list.digest(normal(code));
    if (!digest) return answer("not-kept");
    const said = await judge(code, digest, attempt.mode);
    queue.add({ ...attempt, code_digest: digest, told: said.verdict });
    return said;
  }

  /* By the signed list, and by what this device has done since: the list says what either makes of the next scan. */
  async function judge(code, digest, mode) {
    const entry = await list.find(normal(code)).catch(() => undefined);
    if (entry === undefined) return answer("no-list");
    if (entry === null) return answer("unlisted");
    const here = queue.done(digest);
    const outcome = here ? entry.after[here.outcome][mode] : entry.says[mode];
    if (entryOf(outcome).dataset.verdict === "green") remember(digest, outcome);
    const before = here?.at ? `${word("used-here")} ${here.at}.` : `${word("used-before")} ${entry.before}.`;
    const reason = outcome === "already" ? before : word(`${outcome}-reason`);
    return answer(outcome, entry, `${reason} ${word("by-list")}`);
  }

  /* Send what waits, in its order. What the server cannot confirm stands under “to be cleared up”. */
  async function synchronize() {
    if (isSending || !queue.all().length) return;
    isSending = true;
    let done = 0, conflicts = 0;
    try {
      for (const attempt of queue.all()) {
        const said = await send(attempt);
        queue.remove(attempt.nonce);
        done += 1;
        conflicts += said.is_conflict ? 1 : 0;
        if (said.refusal) show(said);
      }
      fetchList();
    } catch (trouble) {
      reached(false, trouble instanceof SignedOut);
    } finally {
      isSending = false;
    }
    if (done) note = `${word("synchronized")} ${done}.${conflicts ? ` ${word("conflicts")} ${conflicts}.` : ""}`;
  }

  async function look() {
    try {
      const said = await ask(desk.dataset.counts);
      await synchronize();
      const now = queue.all().length ? said : await ask(desk.dataset.counts);
      for (const place of desk.querySelectorAll("[data-count]")) place.textContent = now[place.dataset.count];
      showConflicts(now.conflicts);
      reached(true);
    } catch (trouble) {
      reached(false, trouble instanceof SignedOut);
    }
  }

  function showConflicts(conflicts) {
    const section = desk.querySelector("[data-conflicts]");
    section.hidden = !conflicts.length;
    section.querySelector("ul").replaceChildren(...conflicts.map((each) => {
      const row = document.createElement("li");
      const name = document.createElement("strong");
      name.textContent = each.name || "–";
      row.append(name, ` ${each.title}. ${each.reason} ${word("scanned")} ${each.where}.`);
      return row;
    }));
  }

  async function fetchList() {
    const isWhole = !queue.all().length, before = remembered;
    try {
      const isKept = await list.keep(await ask(desk.dataset.list));
      if (isKept && isWhole && before === remembered) queue.forget(); // the list says itself what this device did
    } catch { /* the list that is there stays */ }
  }

  /* Say in words whether the server is there, and how much waits for it. */
  async function reached(isThere, isSignedOut = false) {
    const waiting = queue.all().length;
    if (isLost && isThere && !waiting) fetchList();
    isLost = !isThere;
    const made = await list.madeAt();
    const lines = [];
    if (isSignedOut) lines.push(word("signed-out"));
    else if (isLost) lines.push(made ? `${word("lost")} ${made}.` : word("lost-no-list"));
    else if (note) lines.push(note);
    if (waiting) lines.push(`${word("kept")} ${waiting}.`);
    const place = desk.querySelector("[data-state]");
    const text = lines.join(" ");
    place.hidden = !text;
    place.classList.toggle("is-lost", isLost);
    if (place.textContent !== text) place.textContent = text;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = field.value.trim();
    field.value = "";
    note = "";
    if (code) scan(code);
  });

  /* Hand scanners type wherever the focus is: it comes back to the field whenever it is nowhere else. */
  const focus = () => field.focus({ preventScroll: true });
  const isElsewhere = () => document.activeElement && document.activeElement !== document.body;
  document.addEventListener("focusout", () => window.setTimeout(() => { if (!isElsewhere()) focus(); }));
  document.addEventListener("keydown", (event) => { if (!isElsewhere() && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) focus(); });
  for (const mode of form.elements.mode) mode.addEventListener("click", (event) => { if (event.detail) focus(); });

  deskName.value ||= window.localStorage.getItem(NAME) || "";
  const rename = () => {
    window.localStorage.setItem(NAME, deskName.value);
    for (const other of desk.querySelectorAll(".door-found [name=desk]")) other.value = deskName.value;
  };
  deskName.addEventListener("input", rename);
  rename();

  const switcher = desk.querySelector("[data-camera-switch]");
  switcher.hidden = !camera.isThere;
  switcher.addEventListener("click", async () => {
    if (camera.isOn()) camera.stop();
    else await camera.start(scan).catch(() => { camera.stop(); show({ verdict: "amber", title: word("no-camera") }); });
    field.inputMode = camera.isOn() ? "none" : "";
    switcher.textContent = word(camera.isOn() ? "camera-off" : "camera-on");
    focus();
  });

  /* Signing out leaves nothing on the device, unless scans would be lost. */
  document.querySelector("[data-sign-out]").addEventListener("submit", (event) => {
    const waiting = queue.all().length;
    if (waiting) {
      event.preventDefault();
      show({ verdict: "amber", title: `${word("not-yet")} ${waiting}` });
      return;
    }
    list.forget();
    queue.forget();
    window.caches?.delete("hand-over");
  });

  /* Keep the page, so that it can be loaded again without a network. */
  async function keepPage() {
    if (!navigator.serviceWorker || !window.caches) return;
    await navigator.serviceWorker.register(desk.dataset.worker);
    const cache = await window.caches.open("hand-over");
    const shell = await fetch(`${desk.dataset.page}?shell`, { credentials: "same-origin" });
    if (shell.ok && !shell.redirected) await cache.put(desk.dataset.page, shell);
    const files = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((each) => each.href || each.src);
    await cache.addAll([...files, desk.dataset.reader]);
  }

  formNonce.disabled = true;
  focus();
  fetchList();
  look();
  keepPage().catch(() => { /* the open page goes on without it */ });
  window.setInterval(look, LOOK);
  window.setInterval(() => { if (!isLost) fetchList(); }, LIST);
  window.addEventListener("online", look);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { look(); focus(); } });
})();
