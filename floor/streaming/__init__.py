"""What the room looks like, streamed to every screen and telephone that shows it: server-sent events over ASGI.

One process of its own (`config/asgi.py`, uvicorn) holds the connections; pages stay on WSGI threads. It hears that
something was committed (`watching`), reads the state of the meetings that somebody watches once (`reading`), and hands
the same bytes to all of them (`hub`, `application`). Decision record 0061.
"""
