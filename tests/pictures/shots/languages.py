"""The public list on a telephone, in each of the six languages."""

from config.languages import OFFICIAL
from tests.pictures.registry import shot
from tests.pictures.shots.public import MEETING


def in_language(code):
    """Register the picture of the list in the language `code`."""

    @shot(f"list-{code}", width=390, height=844)
    def listed(camera):
        camera.open(f"{MEETING}speakers/?lang={code}")


for _code, _name in OFFICIAL:
    in_language(_code)
