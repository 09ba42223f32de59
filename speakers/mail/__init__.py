"""Mail about the list of speakers: its recipients, its wording and its timing.  R-10 R-60

Here: notices of acts, reminders, letters from staff, the texts that staff may reword. Not here: how a mail is sent
(`outbox/`), and the shipped texts themselves (`templates/speakers/mail/`).
"""
