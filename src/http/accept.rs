//! Which media type a client gets: content negotiation by the `Accept` header.

use axum::http::{HeaderMap, header};

/// What GraphQL answers are served as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `application/graphql-response+json`: the status code says whether the request could be executed.
    GraphqlResponse,
    /// `application/json`: the status is 200 for every well-formed request, as older clients expect.
    Json,
}

impl Format {
    /// The media type as it is served.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// What a client accepts of what we serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// The better liked of the two JSON formats, if the client accepts one.
    pub format: Option<Format>,
    /// Whether the client names `text/event-stream`.
    pub event_stream: bool,
}

impl Accepted {
    /// Reads the `Accept` headers. Without any, a client is one from before `application/graphql-response+json`.
    pub fn of(headers: &HeaderMap) -> Self {
        let lines = || headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
        if lines().all(|line| line.trim().is_empty()) {
            return Self { format: Some(Format::Json), event_stream: false };
        }
        let ranges: Vec<Range> = lines().flat_map(|line| line.split(',')).filter_map(Range::parse).collect();
        let json = preference(&ranges, "application", "json");
        let response = preference(&ranges, "application", "graphql-response+json");
        let format = match (json, response) {
            (None, None) => None,
            (Some(json), Some(response)) if response.is_over(json) => Some(Format::GraphqlResponse),
            (None, Some(_)) => Some(Format::GraphqlResponse),
            (Some(_), _) => Some(Format::Json),
        };
        let event_stream =
            ranges.iter().any(|range| range.weight > 0 && range.main == "text" && range.sub == "event-stream");
        Self { format, event_stream }
    }

    /// The format for an error that precedes any choice.
    pub fn format_or_json(self) -> Format {
        self.format.unwrap_or(Format::Json)
    }
}

/// How an answer's bytes are compressed. In the order of our liking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    Brotli,
    Zstandard,
    Gzip,
}

impl Coding {
    /// All of them, the best liked first.
    pub const ALL: [Self; 3] = [Self::Brotli, Self::Zstandard, Self::Gzip];

    /// Its name in `Accept-Encoding` and `Content-Encoding`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstandard => "zstd",
            Self::Gzip => "gzip",
        }
    }

    /// Reads the `Accept-Encoding` headers. None: as it is.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        Self::among(&Self::ALL, headers)
    }

    /// The same where only some are to be had, the best liked first.
    pub fn among(codings: &[Self], headers: &HeaderMap) -> Option<Self> {
        let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        let given: Vec<(&str, u16)> = lines.flat_map(|line| line.split(',')).map(weighted).collect();
        let weight = |name: &str| {
            let of = |name: &str| {
                given.iter().find(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, weight)| *weight)
            };
            of(name).or_else(|| of("*"))
        };
        let best = codings.iter().copied().rev().max_by_key(|coding| weight(coding.name()).unwrap_or(0))?;
        let liked = weight(best.name()).unwrap_or(0);
        // What says nothing of "identity" takes it, but likes less.
        let named = given.iter().any(|(name, _)| name.eq_ignore_ascii_case("identity"));
        let plain = if named { weight("identity").unwrap_or(0) } else { 0 };
        (liked > 0 && liked >= plain).then_some(best)
    }
}

fn weighted(text: &str) -> (&str, u16) {
    let mut parts = text.split(';');
    let name = parts.next().unwrap_or_default().trim();
    let quality = parts.find_map(|parameter| parameter.trim().strip_prefix("q="));
    (name, quality.map_or(1000, |quality| thousandths(quality.trim())))
}

struct Range {
    main: String,
    sub: String,
    /// The quality in thousandths.
    weight: u16,
}

impl Range {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(';');
        let (main, sub) = parts.next()?.trim().split_once('/')?;
        let mut weight = 1000;
        for parameter in parts {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "q" => weight = thousandths(value),
                // An answer in another charset is not one that we can give.
                "charset" if !value.eq_ignore_ascii_case("utf-8") && !value.eq_ignore_ascii_case("utf8") => {
                    return None;
                }
                _ => {}
            }
        }
        Some(Self { main: main.trim().to_ascii_lowercase(), sub: sub.trim().to_ascii_lowercase(), weight })
    }
}

fn thousandths(quality: &str) -> u16 {
    let quality: f32 = quality.parse().unwrap_or(1.0);
    // The cast saturates, and the quality is within its bounds.
    (quality.clamp(0.0, 1.0) * 1000.0) as u16
}

/// How much a client likes a media type.
#[derive(Clone, Copy)]
struct Preference {
    weight: u16,
    /// How exactly the client named it: a wildcard says nothing about what a client understands.
    exactness: u8,
    position: usize,
}

impl Preference {
    fn is_over(self, other: Self) -> bool {
        let rank = |it: Self| (it.weight, it.exactness, std::cmp::Reverse(it.position));
        rank(self) > rank(other)
    }
}

/// What the most exact range that covers a media type says of it.
fn preference(ranges: &[Range], main: &str, sub: &str) -> Option<Preference> {
    let matching = ranges.iter().enumerate().filter_map(|(position, range)| {
        let exactness = match (range.main.as_str(), range.sub.as_str()) {
            (m, s) if m == main && s == sub => 2,
            (m, "*") if m == main => 1,
            ("*", "*") => 0,
            _ => return None,
        };
        Some(Preference { weight: range.weight, exactness, position })
    });
    matching.max_by_key(|preference| preference.exactness).filter(|preference| preference.weight > 0)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn accepted(accept: &'static str) -> Accepted {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        Accepted::of(&headers)
    }

    #[test]
    fn the_format_is_the_one_the_client_likes_best() {
        use Format::{GraphqlResponse, Json};
        for (accept, format) in [
            ("", Some(Json)),
            ("*/*", Some(Json)),
            ("application/*", Some(Json)),
            ("application/json", Some(Json)),
            ("APPLICATION/JSON; charset=UTF-8", Some(Json)),
            ("application/graphql-response+json", Some(GraphqlResponse)),
            ("application/graphql-response+json; charset=\"utf-8\", application/json;q=0.9", Some(GraphqlResponse)),
            ("application/json;q=0.9, application/graphql-response+json", Some(GraphqlResponse)),
            ("application/json, application/graphql-response+json;q=0.9", Some(Json)),
            ("application/json, application/graphql-response+json", Some(Json)),
            ("application/graphql-response+json, application/json", Some(GraphqlResponse)),
            ("application/graphql-response+json, */*", Some(GraphqlResponse)),
            ("application/json;q=0, */*", Some(GraphqlResponse)),
            ("text/html, application/xhtml+xml, */*;q=0.8", Some(Json)),
            ("application/graphql-response+json;q=0", None),
            ("application/json; charset=iso-8859-1", None),
            ("text/html", None),
            ("nonsense", None),
        ] {
            assert_eq!(accepted(accept).format, format, "{accept}");
        }
    }

    #[test]
    fn the_coding_is_the_one_the_client_likes_best_and_then_the_smallest() {
        use Coding::{Brotli, Gzip, Zstandard};
        for (accept, coding) in [
            ("", None),
            ("identity", None),
            ("gzip", Some(Gzip)),
            ("GZIP", Some(Gzip)),
            ("gzip, deflate, br, zstd", Some(Brotli)),
            ("gzip, zstd", Some(Zstandard)),
            ("gzip;q=1.0, br;q=0.5", Some(Gzip)),
            ("br;q=0, *", Some(Zstandard)),
            ("identity, gzip;q=0.5", None),
            ("identity;q=0, *;q=0", None),
            ("deflate", None),
            ("gzip;q=0", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accept));
            assert_eq!(Coding::of(&headers), coding, "{accept}");
        }
        assert_eq!(Coding::of(&HeaderMap::new()), None);
    }

    #[test]
    fn an_event_stream_is_served_to_clients_that_name_it() {
        assert!(accepted("text/event-stream").event_stream);
        assert!(accepted("application/graphql-response+json, application/json, text/event-stream;q=0.1").event_stream);
        assert!(!accepted("text/event-stream;q=0").event_stream);
        assert!(!accepted("*/*").event_stream);
        assert!(!accepted("text/*").event_stream);
    }
}
