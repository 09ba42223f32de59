"""Delegations, their inscriptions, and the list of speakers."""
