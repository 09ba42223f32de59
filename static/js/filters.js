// @ts-check
/* The filters of a list unfold over it: Escape folds the open one, and so does a press anywhere else. */

const unfolded = () => /** @type {HTMLDetailsElement | null} */ (document.querySelector("details.filter[open]"));

document.addEventListener("keydown", (event) => {
  const filter = unfolded();
  if (event.key === "Escape" && filter) {
    filter.open = false;
    filter.querySelector("summary")?.focus();
  }
});

document.addEventListener("click", (event) => {
  const filter = unfolded();
  if (filter && event.target instanceof Node && !filter.contains(event.target)) {
    filter.open = false;
  }
});
