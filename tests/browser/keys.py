"""A person without a mouse: presses keys, and always sees where the focus is and that nothing lies over it."""

import time

from playwright.sync_api import expect

PATIENCE = 15
"""Seconds after which the focus is lost, and not only late."""

# What is wrong with how the focus is seen: empty if nothing is. A field may be drawn by the label around or behind it.
# Of something larger than the window, the part in the window is looked at.
UNSEEN = """() => {
  const each = document.activeElement;
  if (!each || each === document.body) return "nothing has the focus";
  const label = each.closest("label") ?? [...(each.labels ?? [])].find((one) => one.previousElementSibling === each);
  const drawn = [each, label].filter(Boolean).map((one) => getComputedStyle(one));
  const isDrawn = drawn.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  if (!isDrawn && each.localName !== "main") return "no outline";
  const box = (each.matches("input[type=radio], input[type=checkbox]") && label ? label : each).getClientRects()[0];
  if (!box) return "not shown";
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  if (left >= right || top >= bottom) return "outside of the window";
  const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const isOwn = over && (each.contains(over) || over.contains(each) || label?.contains(over));
  return isOwn ? "" : `under ${over?.outerHTML.slice(0, 80)}`;
}"""
FOCUSED = "() => document.activeElement.outerHTML.slice(0, 200)"
# Is the end of the page reached, where the browser takes the focus?
IS_AWAY = "() => document.activeElement === document.body || !document.hasFocus()"


class Keys:
    """The keyboard of the person who looks at `page`."""

    def __init__(self, page):
        self.page = page

    def press(self, *names):
        for name in names:
            self.page.keyboard.press(name)

    def type(self, words):
        self.page.keyboard.type(words)

    def is_on(self, target):
        """Fail unless `target` has the focus, or gets it soon, and is seen to have it."""
        expect(target).to_be_focused(timeout=PATIENCE * 1000)
        self.sees()

    def sees(self):
        """Fail unless the focus is seen, or will be once the page has scrolled to it."""
        end = time.monotonic() + 2
        while wrong := self.page.evaluate(UNSEEN):
            assert time.monotonic() < end, f"{wrong}: {self.page.evaluate(FOCUSED)}"
            self.page.wait_for_timeout(50)

    def go_to(self, target, *, by="Tab", most=150):
        """Press `by` until `target` has the focus, which is seen at every stop on the way."""
        for _stop in range(most):
            self.press(by)
            self.sees()
            if target.evaluate("each => each === document.activeElement"):
                return
        raise AssertionError(f"{target} is not reached by {by}; the last stop is {self.page.evaluate(FOCUSED)}")

    def use(self, target, *, by="Tab"):
        """Go to `target` and press Enter on it."""
        self.go_to(target, by=by)
        self.press("Enter")

    def walk(self):
        """Press Tab from the beginning of the page to its end; returns how many stops there are, each of them seen."""
        self.page.locator(".skip-link, .skip-to-content-link").focus()
        for stops in range(1, 400):
            self.sees()
            self.press("Tab")
            if self.page.evaluate(IS_AWAY):
                return stops
        raise AssertionError(f"the focus does not leave the page; the last stop is {self.page.evaluate(FOCUSED)}")
