"""The meeting: sittings, programme, documents, contacts, and its public pages."""
