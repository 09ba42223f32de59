from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FloorConfig(AppConfig):
    name = "floor"
    verbose_name = _("In the room")

    def ready(self) -> None:
        from floor.mail import texts  # noqa: PLC0415  models, which are not there before
        from floor.statements import texts as statements  # noqa: PLC0415

        texts.add()
        statements.tell_which_entries_have_one()
