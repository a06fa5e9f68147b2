-- A country's wording by its code: 4 µs, where the index of the constraint takes 17. The planner thinks both as dear; by a collation of its
-- own, only this one can be used.

create index country_version_code on country_version (country_code collate "C");
