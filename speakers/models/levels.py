"""The levels of representation that a list has, once they are fixed.  R-61"""

from typing import Any

from django.utils.translation import gettext


class WithLevels:
    """A list with `levels`, as they were fixed: rows with code, class and labels; None until it opens."""

    levels: Any

    def class_of(self, level: Any) -> int | None:
        """The class of `level` on this list, until it opens that of the level; None if it has no such level.  R-61"""
        if self.levels is None:
            return level.precedence_class
        return next((each["precedence_class"] for each in self.levels if each["code"] == level.code), None)

    def objection_to_level(self, level: Any) -> str:
        """Why no entry takes that `level` here, as a sentence; empty if one may, as any until the list opens.  R-61"""
        if self.levels is None or level.code in {each["code"] for each in self.levels}:
            return ""
        words = gettext("“%(level)s” is not among the levels of this list. Choose another one.")
        return words % {"level": level}

    def labels_of(self, level: Any) -> tuple[Any, Any]:
        """The labels of `level` on this list, for speakers of Member States and for all others.  R-61"""
        present = {"label": level.label, "observer_label": level.observer_label}
        told = next((each for each in self.levels or [] if each["code"] == level.code), present)
        return told["label"], told.get("observer_label") or told["label"]
