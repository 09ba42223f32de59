"""What each kind of mail from the room is called; see `outbox/kinds.py`."""

from floor import mail_texts

KINDS = {mail.kind: mail.label for mail in mail_texts.MAILS}
