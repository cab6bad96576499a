-- The territorial reference: the communes, EPCI, départements and regions of France. It is national and public: it belongs to no council.
-- Only its loading writes it, as the owner.

create table directory.reference_region (
    code text not null constraint reference_region_pkey primary key,
    name text collate "fr-x-icu" not null,
    health_agency text
);

create table directory.reference_department (
    code text not null constraint reference_department_pkey primary key,
    name text collate "fr-x-icu" not null,
    region_code text not null
        constraint reference_department_region references directory.reference_region (code) deferrable initially deferred
);

create index reference_department_of_region on directory.reference_department (region_code);

create table directory.reference_epci (
    siren text not null constraint reference_epci_pkey primary key,
    name text collate "fr-x-icu" not null,
    type text not null
);

-- One row for each code and type: a delegated commune may carry the code of its own commune nouvelle.
create table directory.reference_commune (
    code text not null,
    type text not null constraint reference_commune_type
        check (type in ('commune', 'municipal-arrondissement', 'delegated-commune', 'associated-commune', 'former-commune')),
    name text collate "fr-x-icu" not null,
    -- The name in small plain letters, its words separated by one blank each: written by the loading, as queries write theirs.
    plain_name text not null,
    words tsvector not null generated always as (to_tsvector('simple', plain_name)) stored,
    -- The current commune that it is in; null for a current commune.
    parent_code text constraint reference_commune_parent check ((parent_code is null) = (type = 'commune')),
    department_code text not null
        constraint reference_commune_department references directory.reference_department (code) deferrable initially deferred,
    region_code text not null
        constraint reference_commune_region references directory.reference_region (code) deferrable initially deferred,
    epci_siren text
        constraint reference_commune_epci references directory.reference_epci (siren) deferrable initially deferred,
    postcodes text[] not null,
    population integer,
    latitude numeric(8, 5),
    longitude numeric(8, 5),
    position_source text not null,
    constraint reference_commune_pkey primary key (code, type)
);

create index reference_commune_name on directory.reference_commune (name, code, type);
create index reference_commune_words on directory.reference_commune using gin (words);
create index reference_commune_postcodes on directory.reference_commune using gin (postcodes);
create index reference_commune_of_parent on directory.reference_commune (parent_code) where parent_code is not null;
create index reference_commune_of_epci on directory.reference_commune (epci_siren, code) where type = 'commune';
create index reference_commune_of_department on directory.reference_commune (department_code, code) where type = 'commune';
create index reference_commune_of_region on directory.reference_commune (region_code, code) where type = 'commune';

create index reference_commune_latitude on directory.reference_commune (latitude, code)
    where type in ('commune', 'municipal-arrondissement');

-- Which reference is loaded. A loading locks its one row; who writes a territory shares it: neither misses the other.
create table directory.reference_state (
    only_row boolean not null default true constraint reference_state_pkey primary key check (only_row),
    version bigint not null,
    loaded_at timestamptz not null default now(),
    -- A number of inhabitants says nothing without its year.
    vintage integer,
    population_year integer
);

insert into directory.reference_state (version) values (0);
