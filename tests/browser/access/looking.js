/* What is asked of a page that axe does not ask. Each function returns the elements at fault, as selectors. */

const named = (element) =>
  element.tagName.toLowerCase() +
  (element.id ? `#${element.id}` : "") +
  [...element.classList].map((each) => `.${each}`).join("");

const all = (selector) => [...document.querySelectorAll(selector)];

/* Does anything between the element and the page scroll or cut it? */
const isWithinFrame = (element) => {
  for (let each = element.parentElement; each && each !== document.body; each = each.parentElement) {
    if (getComputedStyle(each).overflowX !== "visible") return true;
  }
  return false;
};

window.looking = {
  /* The page is wider than the window: what sticks out of it. */
  overflow() {
    const root = document.documentElement;
    const wide = root.scrollWidth - root.clientWidth;
    if (wide <= 0) return [];
    const isRtl = getComputedStyle(root).direction === "rtl";
    const out = all("body *").filter((each) => {
      const box = each.getBoundingClientRect();
      const sticks = isRtl ? box.left < -1 : box.right > root.clientWidth + 1;
      return box.width && sticks && !isWithinFrame(each);
    });
    return [`${wide} px: ${out.slice(-3).map(named).join(" ")}`];
  },

  /* Something moves although the reader wishes that nothing does. */
  moving() {
    const moves = (each) => {
      const style = getComputedStyle(each);
      return style.animationName !== "none" || style.transitionDuration.split(", ").some((one) => one !== "0s");
    };
    return [...new Set(all("body *").filter(moves).map(named))].slice(0, 3);
  },

  /* The current page of a navigation looks like the others, except in its colour of text. */
  current() {
    const look = (each) => {
      const style = getComputedStyle(each);
      const mark = getComputedStyle(each, "::before").content;
      const edges = ["BlockEnd", "InlineStart"].map((side) => [
        style[`border${side}Width`],
        style[`border${side}Color`],
      ]);
      return JSON.stringify([style.fontWeight, style.textDecorationLine, mark, edges]);
    };
    return all("nav [aria-current], ul [aria-current]")
      .filter((each) => {
        const list = each.closest("ul, ol");
        const others = [...(list?.querySelectorAll("a, button") ?? [])].filter((other) => !other.ariaCurrent);
        return others.length > 0 && others.some((other) => look(other) === look(each));
      })
      .map(named);
  },

  /* What has the focus lies wholly under something that sticks to an edge. */
  hidden() {
    const fields = all("a[href], button, input, select, textarea, summary, [tabindex='0']").filter((each) => {
      const box = each.getBoundingClientRect();
      return each.checkVisibility({ visibilityProperty: true }) && box.width > 2 && box.height > 2;
    });
    const covers = (each) => {
      each.focus();
      if (document.activeElement !== each) return false;
      const box = each.getBoundingClientRect();
      const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [x, y]));
      const above = points.map(([x, y]) =>
        document.elementFromPoint(box.left + box.width * x, box.top + box.height * y),
      );
      return above.every((other) => other && !each.contains(other) && !other.contains(each) && sticks(other));
    };
    const sticks = (element) => {
      for (let each = element; each; each = each.parentElement) {
        if (["sticky", "fixed"].includes(getComputedStyle(each).position)) return true;
      }
      return false;
    };
    const some = fields.length > 80 ? [...fields.slice(0, 40), ...fields.slice(-40)] : fields;
    return [...some, ...[...some].reverse()].filter(covers).slice(0, 3).map(named);
  },
};
