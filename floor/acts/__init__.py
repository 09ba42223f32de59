"""What the officer does in the room: each module one kind of act under the lock of the floor.  R-32 to R-41

Not here: what follows from the acts (`standings.py`, `state.py`), and the page with the keys (`views/console.py`).
"""
