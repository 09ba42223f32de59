"""Mail about the list of speakers: to whom, in which words, and when.  R-10 R-60

Here: notices of acts, reminders, letters of staff, the texts that staff may reword. Not here: how a mail is sent
(`outbox/`), and the shipped words themselves (`templates/speakers/mail/`).
"""
