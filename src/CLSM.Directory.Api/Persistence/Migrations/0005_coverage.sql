-- Who is covered and who is not, what the directory knows of its councils, and which council took the place of which.

-- Which reference -------------------------------------------------------------------------------------------------------------------------

-- A number of inhabitants says nothing without its year.
alter table directory.reference_state
    add vintage integer,
    add population_year integer;

update directory.reference_state set vintage = 2026, population_year = 2023 where version = 1;

create or replace view published.reference_state as
    select version, loaded_at, vintage, population_year from directory.reference_state;

-- Coverage --------------------------------------------------------------------------------------------------------------------------------

-- Each current commune with its state today: covered whole by a council that exists, covered in part, only planned to be (project,
-- prefiguration), or uncovered. Closed and merged councils are not in published.coverage. The four populations add up to the commune's: where
-- municipal arrondissements are covered, it is known whose inhabitants are; of any other part nobody knows how many live in it.
create view published.commune_coverage as
    with said as (
        select v.commune_code as code,
               bool_or(v.extent = 'whole' and not v.is_planned) as is_whole,
               bool_or(not v.is_planned) as is_part,
               bool_or(not v.is_planned and not v.is_of_arrondissement) as is_part_beyond,
               bool_or(v.is_planned) as is_planned,
               bool_or(v.is_planned and not v.is_of_arrondissement) as is_planned_beyond
        from (select v.commune_code, v.extent, v.council_status in ('project', 'prefiguration') as is_planned,
                     v.extent = 'part' and a.code is not null as is_of_arrondissement
              from published.coverage v
              left join directory.reference_commune a on a.code = v.through_code and a.type = 'municipal-arrondissement') v
        group by 1
    ), arrondissement as (
        select a.parent_code, a.population,
               case when commune.is_whole or own.is_whole then 'covered'
                    when commune.is_part_beyond or own.is_part then 'partly-covered'
                    when commune.is_planned_beyond or own.is_planned then 'prefiguration'
                    else 'uncovered' end as state
        from directory.reference_commune a
        left join said own on own.code = a.code
        left join said commune on commune.code = a.parent_code
        where a.type = 'municipal-arrondissement'
    ), city as (
        select parent_code, bool_and(state = 'covered') as is_whole,
               sum(population) filter (where state = 'covered') as covered,
               sum(population) filter (where state = 'partly-covered') as partly_covered,
               sum(population) filter (where state = 'prefiguration') as prefiguration,
               sum(population) filter (where state = 'uncovered') as uncovered
        from arrondissement group by 1
    ), commune as (
        select c.code, c.name, c.department_code, c.region_code, c.epci_siren, coalesce(c.population, 0) as population, c.population is null as is_unknown,
               case when said.is_whole or city.is_whole then 'covered'
                    when said.is_part then 'partly-covered'
                    when said.is_planned then 'prefiguration'
                    else 'uncovered' end as state,
               city.parent_code is not null as is_city, city.covered, city.partly_covered, city.prefiguration, city.uncovered
        from directory.reference_commune c
        left join said on said.code = c.code
        left join city on city.parent_code = c.code
        where c.type = 'commune'
    )
    select code, name, department_code, region_code, epci_siren, case when not is_unknown then population end as population, state,
           coalesce(case when is_city then covered when state = 'covered' then population end, 0) as population_covered,
           coalesce(case when is_city then partly_covered when state = 'partly-covered' then population end, 0) as population_partly_covered,
           coalesce(case when is_city then prefiguration when state = 'prefiguration' then population end, 0) as population_prefiguration,
           coalesce(case when is_city then uncovered when state = 'uncovered' then population end, 0) as population_uncovered
    from commune;

-- Succession ------------------------------------------------------------------------------------------------------------------------------

-- Which council came after which, as either of the two says it. By code: of two councils that name each other, one is written first.
create table directory.succession (
    council_id uuid not null constraint succession_council references directory.council (id) on delete cascade,
    earlier text not null,
    later text not null,
    constraint succession_pkey primary key (council_id, earlier, later)
);

create index succession_earlier on directory.succession (earlier, later);

alter table directory.succession enable row level security;
alter table directory.succession force row level security;
create policy tenant on directory.succession
    using (council_id = nullif(current_setting('clsm.council', true), '')::uuid)
    with check (council_id = nullif(current_setting('clsm.council', true), '')::uuid);

create function directory.keep_succession() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    if tg_op = 'UPDATE'
       and (new.code, new.statement -> 'successors', new.statement -> 'predecessors')
           is not distinct from (old.code, old.statement -> 'successors', old.statement -> 'predecessors')
       or tg_op = 'INSERT' and not new.statement ?| array['successors', 'predecessors'] then
        return null;
    end if;

    -- One after the other: of two councils that merge into each other at once, the second sees the first.
    perform pg_advisory_xact_lock(hashtextextended('directory.succession', 0));
    delete from succession s where s.council_id = new.id;
    insert into succession (council_id, earlier, later)
    select new.id, new.code, c from jsonb_array_elements_text(new.statement -> 'successors') c
    union
    select new.id, c, new.code from jsonb_array_elements_text(new.statement -> 'predecessors') c;

    if exists (
        with recursive after as (
            select s.later as code from succession s join council_code own on own.code = s.earlier where own.council_id = new.id
            union
            -- Under whatever code the council was named.
            select s.later
            from after a
            left join council_code named on named.code = a.code
            left join council_code other on other.council_id = named.council_id
            join succession s on s.earlier = coalesce(other.code, a.code)
        )
        select from after a join council_code k on k.code = a.code where k.council_id = new.id) then
        raise exception 'the succession of % leads back to it', new.code
            using errcode = 'check_violation', schema = 'directory', table = 'succession', constraint = 'succession_no_loop';
    end if;
    return null;
end
$$;

create trigger council_7_succession after insert or update of statement, code on directory.council
    for each row execute function directory.keep_succession();

create view published.succession as select s.council_id, s.earlier, s.later from directory.succession s;

-- Rights ----------------------------------------------------------------------------------------------------------------------------------

grant select on directory.succession to clsm_service, clsm_publisher, clsm_recorder;
grant insert, delete on directory.succession to clsm_recorder;

grant create on schema directory to clsm_recorder;
alter function directory.keep_succession() owner to clsm_recorder;
revoke create on schema directory from clsm_recorder;

grant create on schema published to clsm_publisher;
do $$
declare
    published_view text;
begin
    foreach published_view in array array['commune_coverage', 'succession'] loop
        execute format('alter view published.%I owner to clsm_publisher', published_view);
        execute format('grant select on published.%I to clsm_reader, clsm_service', published_view);
    end loop;
end
$$;
revoke create on schema published from clsm_publisher;

-- Councils that are there already; by a function, since only the role that keeps this sees every council.
create function directory.derive_succession() returns void
    language sql security definer set search_path = pg_catalog, directory
as $$
    insert into succession (council_id, earlier, later)
    select c.id, c.code, s from council c, jsonb_array_elements_text(c.statement -> 'successors') s
    union
    select c.id, p, c.code from council c, jsonb_array_elements_text(c.statement -> 'predecessors') p
$$;
grant create on schema directory to clsm_recorder;
alter function directory.derive_succession() owner to clsm_recorder;
revoke create on schema directory from clsm_recorder;
select directory.derive_succession();
drop function directory.derive_succession();
