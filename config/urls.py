"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config import about
from config.languages import bar
from secretariat.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path(".well-known/security.txt", about.security_txt, name="security_txt"),
    path("language/", bar.choose, name="language"),
    path("privacy/", about.privacy, name="privacy"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("security/", about.security, name="security"),
    path("how-to-check/", about.how_to_check, name="how_to_check"),
    path("secretariat/", include("secretariat.signing_in.urls")),
    path("secretariat/", admin.site.urls),
    path("api/v1/", include("api.urls")),
    path("", include("floor.urls")),
    path("", include("registration.urls")),
    path("", include("speakers.urls")),
    path("", include("dialogue.urls")),
]
if settings.EMBEDDED:
    urlpatterns.append(path("mailbox/", include("mailbox.urls")))

handler400 = "config.errors.unreadable"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
