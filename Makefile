# `make` lists the targets.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

# The SQL is checked against .sqlx: a build must not reach for the database that the server is to use.
export SQLX_OFFLINE := true

OLDEST_RUST := 1.95
OLDEST_NODE := 20.19
# Debian's has no `npm sbom`.
NPM_FOR_SBOM := 11.19.1

web_sources := $(shell find web -type f -not -path '*/node_modules/*' -not -path 'web/dist/*' -not -path 'web/e2e/*' -not -name world.json 2>/dev/null)
pages := target/pages.stamp
python := tests/clients/.venv/installed.stamp

##@ Use

.PHONY: run
run: build ## Build and serve at 127.0.0.1:8080, on a private Postgres unless DATABASE_URL names another
	exec target/release/tracker serve

.PHONY: build
build: needs-rust $(pages) ## Build target/release/tracker, pages included
	cargo build --locked --release

.PHONY: torture
torture: needs-rust $(pages) ## Kill, cut and fail over everything for some minutes while editors write and subscribers watch
	cargo test --locked --release --test torture -- --ignored --nocapture

##@ Change

.PHONY: test
test: needs-rust $(pages) tests/clients/node_modules/.package-lock.json $(python) ## Run every test, on a real Postgres and with the public GraphQL clients
	cargo test --locked
	cargo test --locked --test it quiet:: -- --ignored

.PHONY: compatibility
compatibility: needs-rust ## Run the version before beside this one's tables
	tools/previous-version
	cargo test --locked --test it previous:: -- --ignored

.PHONY: fuzz
fuzz: needs-rust ## Look for inputs that break a parser, FUZZ_SECONDS for each of them (10)
	@$(call need,cargo-fuzz,cargo-fuzz is not installed: run cargo install cargo-fuzz --locked)
	@$(call need,c++,There is no C++ compiler: install g++ or clang (Debian: build-essential))
	tools/fuzz

.PHONY: bench
bench: build needs-bench benches/peers/node_modules/.package-lock.json ## Measure side by side with peers; ROWS="cached live" for some rows only, BENCH_QUICK=1 for a first look
	cargo build --locked --release --example side_by_side
	target/release/examples/side_by_side $(ROWS)

.PHONY: screenshots
screenshots: build ## Take pictures of every page, on phone and desktop, in light and dark, to target/screenshots
	cd web && node e2e/screenshots.mjs ../target/release/tracker ../target/screenshots

.PHONY: check
check: check-format check-lints check-dependencies check-schema check-sqlx check-web ## Check all that needs no running server; CI runs this and `make test`

.PHONY: audit
audit: needs-rust needs-node ## Ask for what is known against the dependencies
	@$(call need,cargo-deny,cargo-deny is not installed: run cargo install cargo-deny --locked)
	tools/audit

.PHONY: sbom
sbom: needs-rust needs-node ## List all that the program is made of, as CycloneDX, in target/sbom
	@$(call need,cargo-cyclonedx,cargo-cyclonedx is not installed: run cargo install cargo-cyclonedx --locked)
	mkdir -p target/sbom
	cargo cyclonedx --quiet --format json --spec-version 1.5 --override-filename program.cdx
	mv program.cdx.json target/sbom/
	cd web && npm exec --yes -- npm@$(NPM_FOR_SBOM) sbom --package-lock-only --omit dev --sbom-format cyclonedx --sbom-type application > ../target/sbom/pages.cdx.json

.PHONY: schema
schema: needs-rust ## Write schema.graphql
	mkdir -p target
	cargo run --locked --quiet -- schema > target/schema.graphql
	mv target/schema.graphql schema.graphql

.PHONY: sqlx
sqlx: needs-rust ## Write .sqlx, by which the SQL in the source is checked
	tools/prepare-sqlx

.PHONY: help
help:
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# The parts of `make check`.

.PHONY: check-format check-lints check-dependencies check-schema check-sqlx check-web
check-format: needs-rust
	cargo fmt --check

check-lints: needs-rust
	cargo clippy --locked --all-targets -- -D warnings

check-dependencies: needs-rust
	@$(call need,cargo-deny,cargo-deny is not installed: run cargo install cargo-deny --locked)
	@$(call need,cargo-machete,cargo-machete is not installed: run cargo install cargo-machete --locked)
	cargo deny --locked check bans licenses sources
	cargo machete

check-schema: needs-rust
	mkdir -p target
	cargo run --locked --quiet -- schema > target/schema.graphql
	diff -u schema.graphql target/schema.graphql || { echo 'The schema and schema.graphql differ: run make schema and commit it.' >&2; exit 1; }

check-sqlx: needs-rust
	tools/prepare-sqlx --check

check-web: web/node_modules/.package-lock.json
	cd web && npm run check

# What is made on the way.

$(pages): $(web_sources) schema.graphql data/countries.csv web/node_modules/.package-lock.json
	cd web && npm run build
	mkdir -p $(@D)
	touch $@

# npm writes the file itself, but with the time of the install.
%/node_modules/.package-lock.json: %/package.json %/package-lock.json | needs-node
	cd $* && npm ci --no-audit --no-fund
	touch $@

$(python): tests/clients/requirements.txt | needs-python
	python3 -m venv tests/clients/.venv
	tests/clients/.venv/bin/pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

# What has to be there: each says in a sentence what is missing.

need = command -v $(1) >/dev/null || { echo '$(2).' >&2; exit 1; }

.PHONY: needs-rust needs-node needs-python needs-bench
needs-rust:
	@$(call need,cargo,Rust is not installed: install Rust $(OLDEST_RUST) or later)
	@$(call need,cc,There is no C compiler: install gcc or clang (Debian: build-essential))
	@version=$$(rustc --version | cut -d ' ' -f 2); \
	  [ "$$(printf '%s\n' $(OLDEST_RUST) "$$version" | sort -V | head -n 1)" = $(OLDEST_RUST) ] || \
	  { echo "Rust $(OLDEST_RUST) or later is needed, and this is Rust $$version: update it (rustup update)." >&2; exit 1; }

needs-node:
	@$(call need,node,Node is not installed: install Node $(OLDEST_NODE) or later (Debian: nodejs))
	@$(call need,npm,npm is not installed: install it (Debian: npm))
	@version=$$(node --version | tr -d v); \
	  [ "$$(printf '%s\n' $(OLDEST_NODE) "$$version" | sort -V | head -n 1)" = $(OLDEST_NODE) ] || \
	  { echo "Node $(OLDEST_NODE) or later is needed, and this is Node $$version: update it." >&2; exit 1; }

needs-python:
	@python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo 'Python 3.11 or later with venv is needed: install it (Debian: python3-venv).' >&2; exit 1; }

needs-bench:
	@$(call need,wrk,wrk is not installed: install it (Debian: wrk))
	@$(call need,pgbench,pgbench is not installed: install it (Debian: postgresql))
	@$(call need,psql,psql is not installed: install it (Debian: postgresql))
	@$(call need,taskset,taskset is not installed: install it (Debian: util-linux))
