"""The migrations of `speakers`, and one more."""

from tests.upgrade.following import FOLDERS

__path__ = [*__path__, *FOLDERS]
