-- Roles, their passwords, and an empty database: once, with psql, as a superuser of the cluster.
--   CLSM_OWNER_PASSWORD=… CLSM_SERVICE_PASSWORD=… CLSM_READER_PASSWORD=… psql -v ON_ERROR_STOP=1 -f deploy/create-database.sql
-- Then: migrate, as clsm_owner.
\getenv owner CLSM_OWNER_PASSWORD
\getenv service CLSM_SERVICE_PASSWORD
\getenv reader CLSM_READER_PASSWORD

\ir roles.sql

alter role clsm_owner password :'owner';
alter role clsm_service password :'service';
alter role clsm_reader password :'reader';

-- Locale C: the same order on every machine. Names are sorted in French by their columns' own collation.
create database clsm_directory owner clsm_owner template template0 encoding 'UTF8' locale 'C';
revoke all on database clsm_directory from public;
grant connect on database clsm_directory to clsm_service, clsm_reader;

\c clsm_directory
grant execute on function pg_switch_wal() to clsm_owner;
