"""What that release adds to an entry: the seat of the delegation in the room."""

from django.db import models

from speakers.models import Inscription

Inscription.add_to_class("seat", models.CharField(max_length=20, blank=True, default="", db_default=""))
Inscription.add_to_class("seated_at", models.DateTimeField(null=True, blank=True))
