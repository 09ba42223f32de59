/* Counts on what the server wrote: the time left until `data-until`, by the server's clock (`data-now`), not the browser's. */
(() => {
  const place = document.querySelector("[data-countdown]");
  if (!place || !Intl.ListFormat) return;
  const language = document.documentElement.lang || "en";
  const pattern = place.dataset.countdown;
  const until = Date.parse(place.dataset.until);
  const ahead = Date.parse(place.dataset.now) - Date.now();
  const inWords = (count, unit) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);
  const list = new Intl.ListFormat(language, { type: "conjunction" });

  function left(seconds) {
    const days = Math.floor(seconds / 86400);
    const hours = Math.floor(seconds / 3600) % 24;
    const minutes = Math.floor(seconds / 60) % 60;
    const parts = days ? [[days, "day"], [hours, "hour"]] : hours ? [[hours, "hour"], [minutes, "minute"]] : [[minutes, "minute"], [seconds % 60, "second"]];
    const told = parts.filter(([count]) => count);
    return list.format((told.length ? told : parts.slice(-1)).map(([count, unit]) => inWords(count, unit)));
  }

  function show() {
    const seconds = Math.floor((until - Date.now() - ahead) / 1000);
    const words = seconds < 0 ? place.dataset.over : pattern.replace("%(left)s", left(seconds));
    if (place.textContent !== words) place.textContent = words;
    if (seconds >= 0) window.setTimeout(show, 1000);
  }

  show();
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
})();
