"""What an error during sending means for the mail: try again, or give up at once."""

import smtplib
import ssl
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from languages.stored import Sentences
from outbox.delivery.envelope import CannotBeBuilt
from outbox.delivery.smtp import SomeRefused

# What a server answers that closes the connection, to whatever it was asked.
SERVICE_NOT_AVAILABLE = 421
CERTIFICATE = gettext_noop("The certificate of the mail server is not valid: %(reason)s. Nothing was sent.")
POISON = (
    "The last attempt ended without an outcome: sending this mail stops the worker.",
    "Each of the last %(number)d attempts ended without an outcome: sending this mail stops the worker.",
)
# What is said of a failure with facts in it: it is stored in English, and read in the language of each reader.
SAID = Sentences(CERTIFICATE, POISON)


@dataclass(frozen=True)
class Verdict:
    """`detail` is for staff and may hold an address; `name` (class and code of the error) may be logged.

    If the server `accepted_others`, it refused only those in `refused`.
    """

    is_final: bool
    name: str
    detail: str
    refused: tuple = ()
    accepted_others: bool = False


def judge(error: Exception) -> Verdict:
    """The verdict on `error`, which was raised while one mail was built or sent.

    Final are a mail that cannot be built, and a permanent answer (5xx) about this mail, its sender or all the
    refused recipients. Everything else is tried again, even after a permanent answer to our greeting or password.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _of_refusals(error, error.recipients)
    if isinstance(error, SomeRefused):
        return _of_refusals(error, error.refused)
    if isinstance(error, smtplib.SMTPResponseException):
        about_this_mail = isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused)
        return Verdict(about_this_mail and _is_permanent(error.smtp_code), _name(error, error.smtp_code), str(error))
    return Verdict(isinstance(error, CannotBeBuilt), type(error).__name__, _in_words(error))


def poison(attempts: int) -> str:
    """What is said of a mail whose last `attempts` ended without an outcome."""
    words = ngettext(
        "The last attempt ended without an outcome: sending this mail stops the worker.",
        "Each of the last %(number)d attempts ended without an outcome: sending this mail stops the worker.",
        attempts,
    )
    return words % {"number": attempts}


def _in_words(error):
    """What `error` means, for staff: in a sentence where they cannot read it from the error itself."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _(CERTIFICATE) % {"reason": error.verify_message}
    if isinstance(error, smtplib.SMTPNotSupportedError) and "STARTTLS" in str(error):
        return _("The mail server no longer offers encryption (STARTTLS). Nothing was sent.")
    return f"{type(error).__name__}: {error}"


def is_the_servers(error: Exception) -> bool:
    """Did the mail server itself fail, rather than refuse one mail? Then the next mail would fare no better."""
    if isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPHeloError | smtplib.SMTPAuthenticationError):
        return True
    if isinstance(error, smtplib.SMTPException) and not isinstance(error, smtplib.SMTPServerDisconnected):
        return getattr(error, "smtp_code", None) == SERVICE_NOT_AVAILABLE
    return isinstance(error, OSError)


def _of_refusals(error, refused):
    """The verdict on `refused` recipients: final if each refusal is permanent."""
    codes = sorted({code for code, _words in refused.values()})
    return Verdict(
        is_final=all(map(_is_permanent, codes)),
        name=_name(error, *codes),
        detail="\n".join(f"{address}: {code} {_text(words)}" for address, (code, words) in refused.items()),
        refused=tuple(refused),
        accepted_others=isinstance(error, SomeRefused),
    )


def _is_permanent(code):
    return 500 <= code < 600


def _text(words):
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)


def _name(error, *codes):
    """The class of `error` and the server's codes, without anything personal."""
    return " ".join([type(error).__name__, *map(str, codes)])
