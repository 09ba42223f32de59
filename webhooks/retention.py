"""What webhooks keep: nothing of persons. What was told is not kept at all.  R-57"""

from retention import kept

FIELDS = {
    "webhooks.Webhook": kept(
        "an address of another system, and what its secret follows from",
        *("name", "url", "kinds", "lists", "secret_half", "former_half"),
    ),
    "webhooks.Cursor": kept("says nothing of persons", "stream", "last_error"),
}
