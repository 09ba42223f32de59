"""Sessions as a sign-in leaves them, made without one."""

from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore


def cookie_of(**kept: Any) -> str:
    """The cookie of a new session that keeps these values."""
    session = SessionStore()
    session.update(kept)
    session.save()
    return f"sessionid={session.session_key}"


def cookie_of_user(user: Any) -> str:
    """The cookie of a session in which `user` is signed in."""
    return cookie_of(
        **{
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
    )
