"""A meeting in figures, as pictures beside their tables: arrivals, the balance by regional group, requests for tickets.

Counts alone, worked out when the page is asked for: no name is in them, and no act stands here.
"""
