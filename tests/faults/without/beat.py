"""The live streams without their beat: whatever a screen shows was announced, however slow the machine is."""

from config.asgi import application
from floor.streaming import hub

__all__ = ["application"]

hub.BEAT = 3600.0
