"""Mail about joint statements: to the delegation that is named, to the one that names it, and to the officer.  R-12

Nothing that a delegation typed is mailed to another, only what the system knows (R-60).
"""

from outbox import posting
from speakers.mail import notices
from speakers.models import Joining


@posting.together()
def tell(joining: Joining, *, to: list[str], occasion: str) -> None:
    """Tell both sides and the officer how the `joining` was answered; `occasion` is the journal's entry.

    `to` are the addresses of the delegation that is named.
    """
    entry = joining.inscription
    notices.tell(entry, "joint", occasion=occasion, joining=joining)
    tell_named(joining, to=to, occasion=occasion)
    context = {"joining": joining, "inscription": entry}
    notices.to_officer("notice_joint", entry.speakers_list, occasion=occasion, context=context)


def tell_named(joining: Joining, *, to: list[str], occasion: str) -> None:
    """Tell the delegation that is named, at the addresses `to`, the state of the `joining`; none if there are none."""
    if to:
        notices.post(
            "joint_named",
            joining.speakers_list,
            occasion=f"{joining.public_id}/{occasion}",
            to=to,
            context={"joining": joining, "inscription": joining.inscription, "delegation": joining.delegation},
            language=joining.delegation.mail_language,
        )
