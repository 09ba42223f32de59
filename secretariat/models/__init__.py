"""How often staff guessed, which database this is, and what became of it at each restore."""

from secretariat.models.guesses import GuessCount
from secretariat.models.restoration import Database, Restoration

__all__ = ["Database", "GuessCount", "Restoration"]
