-- What the application may do in PostgreSQL when it does not own the tables: everything but rewriting the record. R-58
--
-- As the owner of the database, after each migrate:
--   psql "$OWNER_DATABASE_URL" -v ON_ERROR_STOP=1 -v role=speakers_app -f config/application-role.sql
-- The roles themselves are made once, by deploy/postgresql/roles.sql.

SELECT format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), :'role') \gexec
GRANT USAGE ON SCHEMA public TO :"role";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"role";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"role";

-- The journal is written and read. A payload may be erased (R-57), never changed.
REVOKE UPDATE, DELETE ON journal_entry FROM :"role";
REVOKE UPDATE ON journal_payload FROM :"role";
REVOKE DELETE ON journal_head FROM :"role";

-- A revision that was published stays as it was.
REVOKE UPDATE, DELETE ON speakers_revision FROM :"role";

-- A step of a draw fills its own columns.
REVOKE UPDATE, DELETE ON speakers_draw FROM :"role";
GRANT UPDATE (beacon, beacon_source, beacon_entered_at, secret, seed, drawn_at, receipts, delegations)
    ON speakers_draw TO :"role";

-- A scan of the door stays as it was. Who scanned, where and what may be erased (R-57).
REVOKE UPDATE, DELETE ON registration_scan FROM :"role";
GRANT UPDATE (operator, desk, code_digest) ON registration_scan TO :"role";

-- So does a manifest that was sent to security. Its file may be erased (R-57), never changed.
REVOKE UPDATE, DELETE ON registration_manifest FROM :"role";
REVOKE UPDATE ON registration_manifestfile FROM :"role";

-- The bytes of a text may be erased, never changed; those of a document may be replaced by others.
REVOKE UPDATE ON floor_statementfile FROM :"role";
REVOKE UPDATE ON dialogue_documentfile FROM :"role";

-- The log of the secretariat's pages is written and, when it is due, deleted: a trigger refuses what is not (R-57).
REVOKE UPDATE ON django_admin_log FROM :"role";

-- That the site was restored from a backup stays on record.
REVOKE DELETE ON secretariat_restoration, secretariat_database FROM :"role";

-- Migrations belong to the owner.
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM :"role";
