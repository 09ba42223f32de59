"""The sheets for security: who is on them, freezing them, reminders, and collecting the tickets.  R-51 R-52"""
