-- Serves the names of countries that are read along with developments. The planner takes the index of the constraint for as good, which it
-- is not; by a collation of its own, only this one can be used.

create index country_version_code on country_version (country_code collate "C");
