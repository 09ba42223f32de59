#!/bin/sh
# Makes the role of the application if there is none, gives it its password, and lets it do what it may.
set -eu
psql "$(cat /run/secrets/owner-database-url)" --quiet --no-psqlrc --output /dev/null --set ON_ERROR_STOP=1 \
    --set role=speakers_app --file /compose/role.sql --file /config/application-role.sql
