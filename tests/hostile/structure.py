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
        if not _text(each):
            if each.get("data-words") is None:
                yield f"an empty {each.tag}"
        if int(each.tag[1]) > level + 1 and (level or each.tag != "h1"):
            yield f"“{_text(each)}” is an {each.tag} after level {level}"
        level = int(each.tag[1])


def _landmarks(page):
    mains = [each for each in page.iter() if each.tag == "main" or each.get("role") == "main"]
    if len(mains) != 1:
        yield f"{len(mains)} main parts"
    for kind in ("nav", "aside"):
        names = [_name(page, each) for each in page.iter(kind) if not _is_hidden(each)]
        yield from (f"a {kind} without a name" for name in names if not name)
        yield from (f"{count} times {kind} “{name}”" for name, count in Counter(names).items() if count > 1)


def _tables(page):
    for table in page.iter("table"):
        if table.get("role") == "presentation":
            continue
        caption = table.find("caption")
        if caption is None or not _text(caption):
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
        if not (_name_of_field(page, field)):
            yield f"field {field.get('name') or field.get('id')} has no name"


def _controls(page):
    for each in page.iter("a", "button", "summary"):
        is_link_without_target = each.tag == "a" and not each.get("href")
        if not is_link_without_target and not _is_hidden(each) and not _name(page, each):
            yield f"a {each.tag} without words: {lxml.html.tostring(each)[:120]}"


def _pictures(page):
    yield from (f"picture {each.get('src')} has no alternative" for each in page.iter("img") if each.get("alt") is None)
    for each in page.xpath("//*[local-name()='svg']"):
        if _is_hidden(each) or "base-svgs" in each.get("class", ""):
            continue
        if each.get("role") != "img" or not (_name(page, each) or each.xpath("*[local-name()='title']")):
            yield f"drawing {each.get('class')} is neither hidden nor named"


def _ids(page):
    counts = Counter(page.xpath("//*[@id]/@id"))
    yield from (f"{count} elements with the id {name}" for name, count in counts.items() if count > 1)
    for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list"):
        for value in page.xpath(f"//@{attribute}"):
            yield from (f"{attribute} names {name}, which is not there" for name in value.split() if not counts[name])


def _is_hidden(element):
    chain = [element, *element.iterancestors()]
    return any(
        each.get("hidden") is not None or each.get("aria-hidden") == "true" or each.tag in {"template", "dialog"}
        for each in chain
    )


def _text(element):
    return " ".join(element.text_content().split())


def _by_id(page, name):
    return next(iter(page.xpath("//*[@id=$name]", name=name)), None)


def _name(page, element):
    labelled = [_by_id(page, each) for each in element.get("aria-labelledby", "").split()]
    named = " ".join(_text(each) for each in labelled if each is not None)
    alternatives = " ".join(element.xpath(".//@alt | .//@aria-label | .//*[local-name()='title']/text()"))
    if element.tag in {"nav", "aside", "svg"}:
        return named or element.get("aria-label", "").strip()
    return named or element.get("aria-label", "").strip() or _text(element) or alternatives.strip()


def _name_of_field(page, field):
    labels = page.xpath("//label[@for=$name]", name=field.get("id", "")) + list(field.iterancestors("label"))
    return " ".join(_text(each) for each in labels) or _name(page, field) if labels else _label(page, field)


def _label(page, field):
    labelled = [_by_id(page, each) for each in field.get("aria-labelledby", "").split()]
    return field.get("aria-label", "").strip() or " ".join(_text(each) for each in labelled if each is not None)
