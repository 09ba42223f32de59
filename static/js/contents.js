// @ts-check
/* The contents of a long page: what is being read is marked, and the folded list closes once a place was chosen. */

const lists = [...document.querySelectorAll(".contents ol")].map((list) => [...list.querySelectorAll("a")]);

/** Has the heading to which `link` leads passed the upper third of the window? @param {HTMLAnchorElement} link */
function isPassed(link) {
  const heading = document.getElementById(link.hash.slice(1));
  return heading !== null && heading.getBoundingClientRect().top < innerHeight / 3;
}

function mark() {
  const isAtTheEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  for (const links of lists) {
    const passed = links.filter(isPassed).length;
    const read = links[isAtTheEnd ? links.length - 1 : Math.max(passed - 1, 0)];
    for (const link of links) {
      if (link === read) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  }
}

for (const link of lists.flat()) {
  link.addEventListener("click", () => link.closest("details")?.removeAttribute("open"));
}
addEventListener("scroll", mark, { passive: true });
mark();
