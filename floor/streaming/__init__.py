"""The state of the room, streamed to every screen and telephone that shows it: server-sent events over ASGI.

A separate process (`config/asgi.py`, uvicorn) holds the connections; pages stay on WSGI threads. It is notified of each
commit (`watching`), reads the state of each watched meeting once (`snapshot`), and sends the same bytes to every
connection (`hub`, `application`). Decision record 0061.
"""
