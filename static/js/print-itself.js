/* The floor on paper: renewed every so many minutes, and printed where the officer asked for it in this browser.
   While the site cannot be reached, what was made last stays on the screen and says so. */
(() => {
  const box = document.getElementById("print-itself");
  const paper = document.querySelector("[data-every]");
  const AGAIN = 30000; // between two attempts to reach the site

  document.querySelector("[data-print-switch]").hidden = false;
  box.checked = window.localStorage.getItem("print-itself") === "on";
  box.addEventListener("change", () => {
    window.localStorage.setItem("print-itself", box.checked ? "on" : "off");
    if (box.checked) window.print();
  });

  async function renew() {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (answer.ok) { location.reload(); return; }
    } catch { /* no network: tried again */ }
    document.querySelector("[data-lost]").hidden = false;
    window.setTimeout(renew, AGAIN);
  }
  window.setTimeout(renew, Number(paper.dataset.every) * 60000);

  if (box.checked) window.print();
})();
