"""Mail from the room: to those who were called, were not reached, or are about to speak.  R-40 R-45

Not here: how a mail is sent (`outbox/`).
"""
