"""Pages of the room: the officer's console, the screens and telephones, the record."""
