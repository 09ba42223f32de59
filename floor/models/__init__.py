"""The room as data: what is said to it, who takes the floor and for how long."""

from floor.models.room import Room, TimeRemark
from floor.models.statement import Statement
from floor.models.turn import Interruption, Turn

__all__ = ["Interruption", "Room", "Statement", "TimeRemark", "Turn"]
