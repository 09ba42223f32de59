/* Lets every clock of a statement run, and every time of day (`data-time`, a zone): by the server's time (`data-now`), never by this machine's.  R-35 R-36
   A page that brings new clocks calls window.floorClocks(). */
(() => {
  const AMBER_FROM = 30;
  const ahead = new WeakMap();

  function moment(text) { return text ? Date.parse(text) : null; }

  function left(clock, now) {
    const { began, paused, pausedSeconds, limit } = clock.dataset;
    if (!began) return Number(limit);
    const until = moment(paused) ?? now;
    return Number(limit) - Math.max(0, (until - moment(began)) / 1000 - Number(pausedSeconds));
  }

  function face(seconds) {
    const whole = seconds < 0 ? Math.floor(-seconds) : Math.ceil(seconds);
    return `${seconds < 0 ? "+" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  }

  function show(clock) {
    const seconds = left(clock, since(clock));
    const colour = seconds <= 0 ? "red" : seconds <= AMBER_FROM ? "amber" : "green";
    for (const other of ["green", "amber", "red"]) clock.classList.toggle(`clock--${other}`, other === colour);
    write(clock.querySelector("[data-clock-face]"), face(seconds));
    write(clock.querySelector("[data-clock-words]"), clock.dataset[colour]);
  }

  function since(place) {
    if (!ahead.has(place)) ahead.set(place, moment(place.dataset.now) - Date.now());
    return Date.now() + ahead.get(place);
  }

  function tell(place) {
    write(place, window.timeOfDay(since(place), place.dataset.time, place.dataset.halves, true));
  }

  function write(place, words) { if (place && place.textContent !== words) place.textContent = words; }

  window.floorClocks = () => {
    document.querySelectorAll("[data-clock]").forEach(show);
    document.querySelectorAll("[data-time]").forEach(tell);
  };
  window.floorClocks();
  window.setInterval(window.floorClocks, 200);
})();
