/* Keeps a page true to the room: by a stream where there is one, by asking every few seconds where there is none.

   `[data-room]` names the addresses. Inside it, `data-show="current.name"` holds a value of the state, `data-if="message"`
   is shown while there is one, `data-when="state=suspended"` while it is so, and `[data-clock]` counts by the server's clock. */
(() => {
  const room = document.querySelector("[data-room]");
  if (!room) return;
  const { stream, state: address, livePort, zone } = room.dataset;
  const SILENT = 12000; // a stream says something every five seconds
  const PAUSE = 5000; // between two questions, where there is no stream
  const ASLEEP = 3000; // a second that took longer than this was slept through
  const LOST = 15000;
  let source = null;
  let shown = null;
  let ahead = null;
  let heardAt = Date.now();
  let openedAt = 0;
  let askedAt = 0;
  let tickedAt = Date.now();

  /* The server's clock. Of several messages the least delayed tells it best; a leap is believed (a rehearsal's clock is shifted). */
  function setClock(now) {
    const lead = Date.parse(now) - Date.now();
    ahead = ahead === null || Math.abs(lead - ahead) > PAUSE ? lead : Math.max(ahead, lead);
  }
  const serverNow = () => Date.now() + (ahead || 0);

  function take(state) {
    heardAt = Date.now();
    if (shown && state.version < shown.version && state.now < shown.now) return;
    setClock(state.now);
    const isNew = !shown || state.version !== shown.version;
    shown = state;
    fill();
    tick();
    if (isNew) room.dispatchEvent(new CustomEvent("room:changed", { detail: state, bubbles: true }));
  }

  const valueAt = (path) => path.split(".").reduce((value, name) => (value === null || value === undefined ? value : value[name]), shown);
  const isThere = (value) => !(value === null || value === undefined || value === "" || value === false || value === 0);

  function write(place, words) {
    const text = isThere(words) || words === 0 ? String(words) : "";
    if (place.textContent !== text) place.textContent = text;
  }

  /* Long names are set smaller, so that the clock below them stays on the screen. */
  const lengthOf = (words) => (words.length > 30 ? "long" : words.length > 14 ? "middling" : "short");

  function fill() {
    for (const place of room.querySelectorAll("[data-show]")) {
      write(place, valueAt(place.dataset.show));
      if ("length" in place.dataset) place.dataset.length = lengthOf(place.textContent);
    }
    for (const place of room.querySelectorAll("[data-if]")) place.hidden = !isThere(valueAt(place.dataset.if));
    for (const place of room.querySelectorAll("[data-unless]")) place.hidden = isThere(valueAt(place.dataset.unless));
    for (const place of room.querySelectorAll("[data-when]")) {
      const [path, wanted] = place.dataset.when.split("=");
      place.hidden = !wanted.split("|").includes(String(valueAt(path)));
    }
  }

  /* (end or now) − begin − pauses, against the limit; negative is overtime. */
  function secondsLeft(current) {
    if (!current.began_at) return current.limit_seconds;
    const until = current.paused_at ? Date.parse(current.paused_at) : serverNow();
    return current.limit_seconds - Math.max(0, (until - Date.parse(current.began_at)) / 1000 - current.paused_seconds);
  }

  function minutes(seconds) {
    const whole = seconds > 0 ? Math.ceil(seconds) : Math.floor(-seconds);
    return `${seconds <= 0 ? "+" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  }

  function tick() {
    if (!shown) return;
    const left = shown.current ? secondsLeft(shown.current) : null;
    const colour = left === null ? "none" : left <= 0 ? "red" : left <= 30 ? "amber" : "green";
    if (room.dataset.colour !== colour) room.dataset.colour = colour;
    for (const place of room.querySelectorAll("[data-clock]")) write(place, left === null ? "" : minutes(left));
    for (const place of room.querySelectorAll("[data-time]")) {
      write(place, window.timeOfDay(serverNow(), zone, place.dataset.halves, false));
    }
  }

  function setConnection(word) {
    if (room.dataset.connection !== word) room.dataset.connection = word;
    for (const place of room.querySelectorAll("[data-lost]")) place.hidden = word !== "lost";
  }

  async function ask() {
    askedAt = Date.now();
    try {
      const answer = await fetch(address, { cache: "no-store", headers: { Accept: "application/json" } });
      if (answer.ok) take(await answer.json());
    } catch { /* the next question comes in a few seconds; that the connection is lost is shown */ }
  }

  function open() {
    if (source) source.close();
    openedAt = Date.now();
    if (!window.EventSource) return;
    source = new EventSource((livePort ? `${location.protocol}//${location.hostname}:${livePort}` : "") + stream);
    source.addEventListener("state", (event) => take(JSON.parse(event.data)));
  }

  const isStreaming = () => source && source.readyState === EventSource.OPEN;

  function look() {
    const now = Date.now();
    const hasSlept = now - tickedAt > ASLEEP;
    tickedAt = now;
    if (hasSlept) { ahead = null; ask(); open(); }
    else if (now - heardAt > SILENT && now - openedAt > SILENT) open();
    if (!isStreaming() && now - askedAt > PAUSE) ask();
    setConnection(now - heardAt > LOST ? "lost" : isStreaming() ? "live" : "asking");
  }

  open();
  ask();
  window.setInterval(look, 1000);
  window.setInterval(tick, 200);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { ask(); look(); } });
  window.addEventListener("online", () => { ask(); open(); });
})();
