"""Rows of the same number and size as the project's."""

from django.db import models
from django.urls import reverse


class Event(models.Model):
    title = models.CharField(max_length=300)
    theme = models.CharField(max_length=300)
    venue = models.CharField(max_length=300)
    invitation = models.TextField()
    purpose = models.TextField()
    starts_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    def __str__(self):
        return self.title


class Session(models.Model):
    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    def __str__(self):
        return f"{self.starts_at}"


class Contact(models.Model):
    event = models.ForeignKey(Event, models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    telephone = models.CharField(max_length=30)

    def __str__(self):
        return self.name


class Document(models.Model):
    event = models.ForeignKey(Event, models.CASCADE, related_name="documents")
    symbol = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    link = models.URLField()

    def __str__(self):
        return self.symbol


class Delegation(models.Model):
    name = models.CharField(max_length=200)

    def __str__(self):
        return self.name


class Level(models.Model):
    label = models.CharField(max_length=100)

    def __str__(self):
        return self.label


class Entry(models.Model):
    """One row of the list."""

    class Capacity(models.TextChoices):
        NATIONAL = "national"
        GROUP = "group"

    class Language(models.TextChoices):
        ARABIC = "ar"
        CHINESE = "zh"
        ENGLISH = "en"
        FRENCH = "fr"
        RUSSIAN = "ru"
        SPANISH = "es"

    class Sitting(models.TextChoices):
        MORNING = "morning"
        AFTERNOON = "afternoon"

    class State(models.TextChoices):
        STANDING = "standing"
        WITHDRAWN = "withdrawn"

    delegation = models.ForeignKey(Delegation, models.PROTECT)
    level = models.ForeignKey(Level, models.PROTECT)
    capacity = models.CharField(max_length=10, choices=Capacity)
    group_name = models.CharField(max_length=160, blank=True)
    group_size = models.PositiveSmallIntegerField(null=True, blank=True)
    group_members = models.TextField(blank=True)
    speaker_prefix = models.CharField(max_length=40, blank=True)
    speaker_name = models.CharField(max_length=160)
    speaker_title = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, choices=Language)
    other_language = models.CharField(max_length=60, blank=True)
    preferred_sitting = models.CharField(max_length=12, choices=Sitting, blank=True)
    contact_name = models.CharField(max_length=120)
    contact_email = models.EmailField()
    contact_telephone = models.CharField(max_length=30, blank=True)
    copies = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.STANDING)
    is_late = models.BooleanField(default=False)
    filed_by = models.CharField(max_length=254, blank=True)
    arrived_at = models.DateTimeField(auto_now_add=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.speaker_name

    def get_absolute_url(self) -> str:
        return reverse("entry", args=[self.pk])
