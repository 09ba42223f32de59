from django.apps import AppConfig
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _


class FloorConfig(AppConfig):
    name = "floor"
    verbose_name = _("In the room")

    def ready(self) -> None:
        from floor.mail import texts  # noqa: PLC0415  models, which are not there before
        from floor.models import Statement  # noqa: PLC0415
        from speakers.mission import own_entries  # noqa: PLC0415

        texts.add()
        own_entries.ask_for_texts(Exists(Statement.objects.current().filter(inscription=OuterRef("pk"))))
