"""Django's own list, with as many columns, filters and search fields as the secretariat's."""

from django.contrib import admin

from tests.bench.bare.models import Entry


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    list_display = [
        "id",
        "delegation",
        "capacity",
        "level",
        "speaker_name",
        "language",
        "arrived_at",
        "recorded_at",
        "state",
    ]
    list_display_links = ["delegation"]
    list_filter = ["state", "is_late", "capacity", "language", "preferred_sitting", "level"]
    list_select_related = ["delegation", "level"]
    list_per_page = 200
    search_fields = ["delegation__name", "speaker_name", "group_name", "contact_name", "contact_email"]
