-- Makes the two roles of the site and its empty database, unless they are there, and says which rights each has.
--
-- It needs the right to make roles and databases (CREATEROLE and CREATEDB), or a superuser:
--   psql "$ADMIN_DATABASE_URL" -v ON_ERROR_STOP=1 -v owner=speakers_owner -v role=speakers_app -v database=speakers \
--     -f deploy/postgresql/roles.sql
-- It sets no passwords: `\password speakers_app` in psql does, or pg_hba.conf lets the roles in another way.

SELECT format('CREATE ROLE %I LOGIN', name) FROM unnest(ARRAY[:'owner', :'role']) AS name
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) GROUP BY name \gexec
SELECT format('GRANT %I TO CURRENT_USER', :'owner')
    WHERE NOT pg_has_role(CURRENT_USER, :'owner', 'MEMBER') \gexec
SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING ''UTF8''', :'database', :'owner')
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

-- The application must not be able to do more than config/application-role.sql says.
SELECT format('DO $$ BEGIN RAISE EXCEPTION ''The role %s is a superuser, or may make roles or databases: take that from it.''; END $$', rolname)
    FROM pg_roles WHERE rolname = :'role' AND rolname <> :'owner' AND (rolsuper OR rolcreaterole OR rolcreatedb) \gexec

SELECT :'owner' AS role, 'owns the database, migrates and restores; no other right' AS rights
UNION ALL
SELECT :'role', 'works: what config/application-role.sql grants, after each migrate; owns nothing'
    WHERE :'role' <> :'owner';
