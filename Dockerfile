# The tracker in a container: pages, program, and what runs. Give it a DATABASE_URL; without one it keeps a private Postgres in
# /var/lib/third-country-tracker, which it downloads at the first start.

FROM node:22-bookworm-slim AS pages
WORKDIR /source/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY schema.graphql /source/
COPY data/countries.csv /source/data/
COPY web ./
RUN npm run build

FROM rust:1.95-bookworm AS program
WORKDIR /source
# The SQL is checked against .sqlx: there is no database here.
ENV SQLX_OFFLINE=true
COPY Cargo.toml Cargo.lock askama.toml build.rs ./
COPY .sqlx .sqlx
COPY data data
COPY migrations migrations
COPY src src
COPY web/src web/src
COPY --from=pages /source/web/dist web/dist
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/source/target \
    cargo build --locked --release && cp target/release/tracker /usr/local/bin/tracker

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates wget \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --home-dir /var/lib/third-country-tracker tracker \
    && install --directory --owner=tracker --mode=0700 /var/lib/third-country-tracker
COPY --from=program /usr/local/bin/tracker /usr/local/bin/tracker
# By number, so that a cluster can see that it is not root.
USER 10001
WORKDIR /var/lib/third-country-tracker
ENV TRACKER_LISTEN=0.0.0.0:8080 \
    TRACKER_DATA_DIR=/var/lib/third-country-tracker
VOLUME /var/lib/third-country-tracker
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["wget", "--quiet", "--output-document=-", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["tracker"]
CMD ["serve"]
