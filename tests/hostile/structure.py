"""What assistive technology finds in a page: headings, landmarks, tables, fields, names, one language."""

from collections import Counter

import lxml.html

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
# Fields whose name is their own value or that no one sees.
UNNAMED = {"hidden", "submit", "button", "reset", "image"}


def faults(html):
    """What is wrong with the structure of the page `html`, as sentences; none if all is right."""
    page = lxml.html.document_fromstring(html)
    checks = [_document, _headings, _landmarks, _tables, _fields, _controls, _pictures, _ids]
    return [fault for check in checks for fault in check(page)]


def title(html):
    """The title of the page `html`, with single spaces."""
    return " ".join(lxml.html.document_fromstring(html).findtext(".//title", "").split())


def _document(page):
    if not page.get("lang"):
        yield "the page has no language"
    if not page.findtext(".//title", "").strip():
        yield "the page has no title"


def _headings(page):
    found = [each for each in page.iter(*HEADINGS) if not _is_hidden(each)]
    if [each.tag for each in found].count("h1") != 1:
        yield f"{[each.tag for each in found].count('h1')} headings of the first level"
    level = 0
    for each in found:
        if not _text(each) and each.get("data-words") is None:
            yield f"an empty {each.tag}"
        if int(each.tag[1]) > level + 1 and (level or each.tag != "h1"):
            yield f"“{_text(each)}” is an {each.tag} after level {level}"
        level = int(each.tag[1])


def _landmarks(page):
    mains = [each for each in page.iter() if each.tag == "main" or each.get("role") == "main"]
    if len(mains) != 1:
        yield f"{len(mains)} main parts"
    for kind in ("nav", "aside"):
        names = [_labelled(page, each) for each in page.iter(kind) if not _is_hidden(each)]
        yield from (f"a {kind} without a name" for name in names if not name)
        yield from (f"{count} times {kind} “{name}”" for name, count in Counter(names).items() if count > 1)


def _tables(page):
    for table in page.iter("table"):
        if table.get("role") == "presentation":
            continue
        caption = table.find("caption")
        if not (_labelled(page, table) or (caption is not None and _text(caption))):
            yield f"table {table.get('id') or table.get('class')} has no caption"
        cells = table.xpath(".//th")
        if not cells:
            yield f"table {table.get('id') or table.get('class')} has no headings"
        yield from (f"heading “{_text(cell)}” of a table has no scope" for cell in cells if not cell.get("scope"))
        yield from ("a heading of a table without words" for cell in cells if not _name(page, cell))


def _fields(page):
    for field in page.iter("input", "select", "textarea"):
        if field.get("type") in UNNAMED or _is_hidden(field):
            continue
        if not _name_of_field(page, field):
            yield f"field {field.get('name') or field.get('id')} has no name"


def _controls(page):
    for each in page.iter("a", "button", "summary"):
        is_link_without_target = each.tag == "a" and not each.get("href")
        if not is_link_without_target and not _is_hidden(each) and not _name(page, each):
            yield f"a {each.tag} without words"


def _pictures(page):
    yield from (f"picture {each.get('src')} has no alternative" for each in page.iter("img") if each.get("alt") is None)
    for each in page.xpath("//*[local-name()='svg'][not(contains(@class, 'base-svgs'))]"):
        drawn = next((one for one in [each, *each.iterancestors()] if one.get("role") == "img"), None)
        if not _is_hidden(each) and (
            drawn is None or not (_labelled(page, drawn) or each.xpath("*[1][local-name()='title']"))
        ):
            yield f"drawing {each.get('class')} is neither hidden nor named"


def _ids(page):
    counts = Counter(page.xpath("//*[@id]/@id"))
    yield from (f"{count} elements with the id {name}" for name, count in counts.items() if count > 1)
    for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list"):
        for value in page.xpath(f"//@{attribute}[not(contains(., '__prefix__'))]"):
            yield from (f"{attribute} names {name}, which is not there" for name in value.split() if not counts[name])


def _is_hidden(element):
    chain = [element, *element.iterancestors()]
    return any(
        each.get("hidden") is not None or each.get("aria-hidden") == "true" or each.tag in {"template", "dialog"}
        for each in chain
    )


def _text(element):
    return " ".join(element.text_content().split())


def _labelled(page, element):
    """The name that the attributes of `element` give it."""
    labels = [
        label for name in element.get("aria-labelledby", "").split() for label in page.xpath("//*[@id=$n]", n=name)
    ]
    return " ".join(map(_text, labels)) or element.get("aria-label", "").strip()


def _name(page, element):
    inside = element.xpath(".//@alt | .//@aria-label | .//*[local-name()='title']/text()")
    return _labelled(page, element) or _text(element) or " ".join(inside).strip() or element.get("title", "").strip()


def _name_of_field(page, field):
    labels = [*page.xpath("//label[@for=$name]", name=field.get("id", "")), *field.iterancestors("label")]
    return _labelled(page, field) or " ".join(map(_text, labels)).strip()
