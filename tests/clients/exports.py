"""The exports, opened by the programs that people open them with."""

import csv
import io
import json
import os
import urllib.request

import feedparser
import jsonschema
import pandas

URL = os.environ["TRACKER_URL"]
QUERY = "{ tally { total asked agreed } developments(first: 500) { totalCount nodes { id summary kind: __typename country { name } } } }"


def fetch(path):
    with urllib.request.urlopen(URL + path) as answer:
        return answer.read().decode("utf-8")


def ask(query):
    body = json.dumps({"query": query}).encode()
    request = urllib.request.Request(URL + "/graphql", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["data"]


def rows(path):
    return list(csv.DictReader(io.StringIO(fetch(path), newline="")))


def unguarded(text):
    """A text without the apostrophe that keeps spreadsheets from taking it for a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text


def main():
    told = ask(QUERY)
    listed = {node["id"]: node for node in told["developments"]["nodes"]}
    assert len(listed) == told["developments"]["totalCount"]

    countries = rows("/data/countries.csv")
    assert len(countries) == told["tally"]["total"]
    headlines = [row["headline"] for row in countries]
    assert headlines.count("ASKED") == told["tally"]["asked"]
    assert headlines.count("AGREED") == told["tally"]["agreed"]
    assert "São Tomé and Príncipe" in [row["name"] for row in countries] or all(row["code"] != "ST" for row in countries)

    developments = rows("/data/developments.csv")
    assert {row["id"] for row in developments} == listed.keys()
    for row in developments:
        assert unguarded(row["summary"]) == listed[row["id"]]["summary"], row
        assert row["country_name"] == listed[row["id"]]["country"]["name"]
        # What a spreadsheet would run: the first character decides.
        assert not any((cell or "")[:1] in tuple("=+@\t\r") for cell in row.values()), row

    package = json.loads(fetch("/data/datapackage.json"))
    tables = {resource["name"]: resource for resource in package["resources"] if "schema" in resource}
    types = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
    for name, read in (("countries", countries), ("developments", developments)):
        fields = tables[name]["schema"]["fields"]
        assert [field["name"] for field in fields] == list(read[0].keys())
        days = [field["name"] for field in fields if field["type"] in ("date", "datetime")]
        # NA is Namibia.
        frame = pandas.read_csv(
            io.StringIO(fetch(f"/data/{name}.csv")),
            dtype={field["name"]: types[field["type"]] for field in fields if field["type"] in types},
            parse_dates=days,
            keep_default_na=False,
            na_values=[""],
        )
        assert len(frame) == len(read)
        assert frame[tables[name]["schema"]["primaryKey"]].drop_duplicates().shape[0] == len(frame)
        for day in days:
            assert pandas.api.types.is_datetime64_any_dtype(frame[day]), (name, day, frame[day])

    whole = json.loads(fetch("/data/tracker.json"))
    schema = json.loads(fetch("/data/tracker.schema.json"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator.validate(whole)
    # The schema says something: a row without a column does not fit.
    lacking = json.loads(json.dumps(whole))
    del lacking["developments"][0]["citations"][0]["title"]
    assert not validator.is_valid(lacking)
    assert whole["tally"] == told["tally"]
    assert [row["code"] for row in whole["countries"]] == [row["code"] for row in countries]
    assert {row["id"]: row["summary"] for row in whole["developments"]} == {id: node["summary"] for id, node in listed.items()}
    assert all(row["citations"] for row in whole["developments"])

    feed = feedparser.parse(URL + "/feed.atom")
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10"
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) > 0
    updated = [entry.updated_parsed for entry in feed.entries]
    assert updated == sorted(updated, reverse=True)
    assert feed.entries[0].link.startswith(URL + "/country/"), feed.entries[0].link
    newest = feed.entries[0].summary
    assert any(newest.startswith(node["summary"]) for node in listed.values()), newest


main()
