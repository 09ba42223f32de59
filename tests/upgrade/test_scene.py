"""What the data of an upgrade are made of can still be made, so that those of the next release can be."""

import pytest

from tests.upgrade import scene

pytestmark = pytest.mark.django_db


def test_the_scene_can_be_made():
    scene.enact()
