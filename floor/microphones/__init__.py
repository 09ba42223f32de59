"""The system that runs the microphones of a room: its key, and what a microphone that is switched on or off does.

Not here: the acts themselves, which are those of the console (`acts/`).  R-33
"""
