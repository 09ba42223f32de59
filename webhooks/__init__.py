"""Webhooks: what happens at a meeting, told to other systems from the journal, in its order, at least once."""
