"""The sheets for security: who is on them, how they are frozen, when they are due, tickets collected.  R-51 R-52"""
