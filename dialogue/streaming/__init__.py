"""Which pages may listen to the live streams. What a stream says, and who holds it open, is in `floor/streaming/`."""
