"""What a person who does not see a page hears of it: its accessibility tree, and what its live regions announce."""

# Notes each change in a live region, as a screen reader is told of it: all changes of one moment in a region are one.
LISTEN = """() => {
  window.heard = [];
  const LIVE = "[aria-live], [role=status], [role=alert], [role=log], [role=timer]";
  const urgency = (each) => each.getAttribute("aria-live")
    ?? { status: "polite", log: "polite", alert: "assertive", timer: "off" }[each.getAttribute("role")];
  new MutationObserver((changes) => {
    const said = new Map();
    for (const { target } of changes) {
      const region = (target instanceof Element ? target : target.parentElement)?.closest(LIVE);
      if (region && urgency(region) !== "off" && region.checkVisibility()) said.set(region, urgency(region));
    }
    for (const [region, how] of said) {
      const words = region.innerText.replace(/\\s+/g, " ").trim();
      if (words) window.heard.push([how, words]);
    }
  }).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributeFilter: ["hidden"], attributes: true });
}"""


def listen(page):
    """Note from now on what the `page` announces."""
    page.evaluate(LISTEN)


def heard(page):
    """What was announced since the last call, in order: how urgently, and the words."""
    return [tuple(each) for each in page.evaluate("window.heard.splice(0)")]


def tree(page):
    """The accessibility tree of the `page` as a screen reader gets it: (role, name, live) of each node."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [_node(each) for each in nodes if not each["ignored"]]


def _node(node):
    properties = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
    name = " ".join(str(node.get("name", {}).get("value", "")).split())
    return node["role"]["value"], name, properties.get("live", "")
