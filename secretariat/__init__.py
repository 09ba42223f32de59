"""The desk of the secretariat: its site, the front page, staff accounts, health, erasure.

It may know every app except `config`. It decides nothing about a list: the rule modules that it calls do.
"""
