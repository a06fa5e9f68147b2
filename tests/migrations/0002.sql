insert into country values ('GH'), ('FR');

insert into country_version (
    country_code, visible, name, iso_name, alpha3, numeric_code, region_code, region, subregion_code, subregion,
    other_names, sort_key, search_text
) values
    ('GH', '[1,)', 'Ghana', 'Ghana', 'GHA', '288', '002', 'Africa', '202', 'Sub-Saharan Africa',
     '{Gold Coast}', 'ghana', E'ghana\ngold coast\ngh\ngha'),
    ('FR', '[1,)', 'France', 'France', 'FRA', '250', '150', 'Europe', '155', 'Western Europe',
     '{}', 'france', E'france\nfr\nfra');
