"""The pages of the bare project."""

from django.contrib import admin
from django.urls import path

from tests.bench.bare import views

urlpatterns = [
    path("", views.event),
    path("glance/", views.glance),
    path("entries/", views.entries),
    path("entries/new/", views.new_entry),
    path("entries/<int:pk>/", views.entry, name="entry"),
    path("staff/entries/", views.staff_entries),
    path("admin/", admin.site.urls),
]
