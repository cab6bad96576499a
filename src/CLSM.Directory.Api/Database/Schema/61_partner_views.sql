-- What a regional health agency may read of the councils of its regions: besides what is public, the contacts for partners.

-- The service sets the regions of the caller for each transaction (clsm.regions). The territorial reference decides whether a council lies
-- in one of them, not the caller. security_barrier: no condition of a query sees a row before this view has decided on it.
create view partners.contact with (security_barrier) as
    select p.council_id, p.id, p.natural_key, p.statement, p.name, p.function, p.visibility, p.version, p.created_at, p.updated_at,
           c.code as council_code
    from directory.contact p left join directory.council c on c.id = p.council_id
    where (p.visibility = 'public'
           or (p.visibility = 'partners' and exists (
                select from directory.coverage v join directory.reference_commune r on r.code = v.commune_code
                where v.council_id = p.council_id
                  and r.region_code = any(string_to_array(nullif(current_setting('clsm.regions', true), ''), ',')))))
      and directory.is_visible(p.council_id);

-- The same for a council and all its parts at once: what is public of it, with the contacts that the view above shows.
create view partners.council_resource with (security_barrier) as
    select r.council_id, r.type, r.id, r.version, r.created_at, r.updated_at, r.statement
    from published.council_resource r
    where r.type <> 'contact'
    union all
    select p.council_id, 'contact', p.id, p.version, p.created_at, p.updated_at, p.statement
    from partners.contact p;
