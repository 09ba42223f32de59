from django.apps import AppConfig
from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class FloorConfig(AppConfig):
    name = "floor"
    verbose_name = _("In the room")

    def ready(self) -> None:
        from floor.mail import texts  # noqa: PLC0415  models, which are not there before
        from floor.models import Room, Statement, Turn  # noqa: PLC0415
        from speakers.mission import own_entries  # noqa: PLC0415

        texts.add()
        turns = Turn.objects.filter(inscription=OuterRef("pk")).exclude(state=Turn.State.WAITING)
        own_entries.ask_the_room(
            has_text=Exists(Statement.objects.current().filter(inscription=OuterRef("pk"))),
            became=Coalesce(Subquery(turns.values("state")[:1]), Value("")),
            in_words=dict(Turn.State.choices),
            is_in_session=Exists(Room.objects.filter(meeting=OuterRef("meeting"), concluded_at=None)),
        )
