"""In the room: who has the floor, the clock, the screens, the record."""
