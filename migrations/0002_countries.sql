-- Countries: any may be asked tomorrow, so all are here from the start.

create table country (
    -- ISO 3166-1 alpha-2, or the user-assigned XK.
    code text primary key check (code ~ '^[A-Z]{2}$')
);

-- What readers see of a country. A newsroom may change its style ("Turkey", "Türkiye"): each wording keeps the range of positions
-- in which it was shown.
create table country_version (
    country_code text not null references country,
    visible int8range not null check (not isempty(visible)),
    -- The newsroom's style name.
    name text not null check (name <> ''),
    iso_name text not null check (iso_name <> ''),
    alpha3 text not null check (alpha3 ~ '^[A-Z]{3}$'),
    -- ISO 3166-1 numeric, which maps join on. Kosovo has none.
    numeric_code text check (numeric_code ~ '^[0-9]{3}$'),
    -- UN M49. Antarctica belongs to no region.
    region_code text check (region_code ~ '^[0-9]{3}$'),
    region text,
    subregion_code text check (subregion_code ~ '^[0-9]{3}$'),
    subregion text,
    other_names text[] not null,
    -- The name without accents and case: the order of lists, the same whatever the database's locale.
    sort_key text collate "C" not null,
    -- Every name and code without accents and case, a line each: what a search looks through.
    search_text text not null,
    check ((region_code is null) = (region is null)),
    check ((subregion_code is null) = (subregion is null)),
    -- One wording at a position; also serves every read of a country.
    exclude using gist (country_code with =, visible with &&)
);
