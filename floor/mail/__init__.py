"""Mail from the room, to entries that are about to speak, were not delivered or were not reached.  R-40 R-45

Not here: how a mail is sent (`outbox/`).
"""
