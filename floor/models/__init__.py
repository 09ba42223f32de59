"""The room as data: its state and messages, who takes the floor and for how long, the texts handed in."""

from floor.models.booth import Booth
from floor.models.microphones import RoomSystem, Signal
from floor.models.recording import Recording
from floor.models.room import Room, TimeRemark
from floor.models.statement import Statement, StatementFile
from floor.models.turn import Interruption, Turn

__all__ = [
    "Booth",
    "Interruption",
    "Recording",
    "Room",
    "RoomSystem",
    "Signal",
    "Statement",
    "StatementFile",
    "TimeRemark",
    "Turn",
]
