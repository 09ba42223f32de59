"""What a worker does beside its pool in threads of its own, and the settings of that."""
