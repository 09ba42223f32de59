// @ts-check
/* What the secretariat's pages say about an act gets the focus: what is wrong or, if nothing is, what was done.
   An address that names a place on the page leads there instead. */

const told = document.querySelector(".errornote:not([hidden], [data-needs-script]), .messagelist");
if (told instanceof HTMLElement && !location.hash) {
  told.tabIndex = -1;
  told.focus();
}
