"""The three pages of the bare project."""

from django.contrib import admin
from django.urls import path

from tests.bench.bare import views

urlpatterns = [
    path("", views.event),
    path("entries/new/", views.new_entry),
    path("entries/<int:pk>/", views.entry, name="entry"),
    path("admin/", admin.site.urls),
]
