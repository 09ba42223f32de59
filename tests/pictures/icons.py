"""Draws the icons of the installed page from `static/img/icon.svg`: `python -m tests.pictures.icons`."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import program

FOLDER = Path(__file__).resolve().parents[2] / "static/img"
# The name of each icon, its side, and how much of it the drawing fills: a maskable one is cut to a circle.
ICONS = [("icon-180.png", 180, 1), ("icon-192.png", 192, 1), ("icon-512.png", 512, 1), ("icon-maskable.png", 512, 0.72)]
BLUE = "#0b4878"


def draw():
    """Draw each of `ICONS` over the blue of the drawing, to the edge."""
    drawing = (FOLDER / "icon.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        page = browser.new_page()
        for name, side, part in ICONS:
            page.set_viewport_size({"width": side, "height": side})
            style = f"margin:0;height:100vh;display:grid;place-items:center;background:{BLUE}"
            sized = drawing.replace("<svg ", f'<svg width="{side * part}" height="{side * part}" ', 1)
            page.set_content(f'<body style="{style}">{sized}</body>')
            page.screenshot(path=FOLDER / name)
        browser.close()


if __name__ == "__main__":
    draw()
