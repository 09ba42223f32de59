-- The role that the application works under, with the password in the secret: run at each start, so that it may be changed.
\set password `cat /run/secrets/application-password`
SELECT format('CREATE ROLE %I LOGIN', :'role') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec
ALTER ROLE :"role" PASSWORD :'password';
