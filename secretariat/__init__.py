"""The desk of the secretariat: its site, what needs staff on the front page, accounts, health, erasure.

It may know every app but `config`; it decides nothing of a list, which is done by the rule modules it calls.
"""
