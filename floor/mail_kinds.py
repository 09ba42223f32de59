"""What each kind of mail from the room is called; see `outbox/kinds.py`."""

from floor.mail import texts

KINDS = {mail.kind: mail.label for mail in texts.MAILS}
TO_MANY = {"floor.in_lieu"}
OF_THE_MOMENT = {"floor.alert"}
