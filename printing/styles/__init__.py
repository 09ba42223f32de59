"""The stylesheets of paper, by the address under which a page links to them."""

from pathlib import Path

STYLES = {f"paper:{path.name}": path for path in Path(__file__).parent.glob("*.css")}
