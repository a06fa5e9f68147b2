//! Texts as they are kept: trimmed, in Unicode's composed form, without characters that hide or rearrange others.

use unicode_normalization::UnicodeNormalization;
use url::Url;

use super::Check;
use crate::domain::{people::grouped, problem::ProblemCode};

/// How long an address may be, in characters.
const MAX_URL: usize = 2_000;

impl Check {
    /// A text of one line. Blank is the same as none.
    pub(super) fn line(&mut self, path: &str, text: Option<&str>, limit: usize) -> Option<String> {
        self.text(path, text, limit, false)
    }

    /// A text that may have several lines. Blank is the same as none.
    pub(super) fn lines(&mut self, path: &str, text: Option<&str>, limit: usize) -> Option<String> {
        self.text(path, text, limit, true)
    }

    fn text(&mut self, path: &str, text: Option<&str>, limit: usize, lines: bool) -> Option<String> {
        let text: String = text?.trim().nfc().collect();
        if text.is_empty() {
            return None;
        }
        let text = if lines { text.replace("\r\n", "\n") } else { text };
        if let Some(letter) = text.chars().find(|letter| is_refused(*letter, lines)) {
            let number = u32::from(letter);
            let message = format!("Take out the character U+{number:04X}: it can't be seen, or moves what stands beside it.");
            self.add(path, ProblemCode::Malformed, message);
            return None;
        }
        let length = text.chars().count();
        if length > limit {
            let message = format!("{} characters at most; this has {}.", grouped(limit), grouped(length));
            self.add(path, ProblemCode::TooLong, message);
            return None;
        }
        Some(text)
    }

    /// An absolute address on the web. Blank is the same as none.
    pub(super) fn url(&mut self, path: &str, text: Option<&str>) -> Option<String> {
        let text = self.line(path, text, MAX_URL)?;
        let sound = Url::parse(&text).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.host_str().is_some_and(|host| host.contains(char::is_alphanumeric))
                && url.username().is_empty()
                && url.password().is_none()
        });
        let web = text.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"))
            || text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("http://"));
        if !sound || !web || text.contains(|letter: char| letter.is_whitespace() || letter == '\\') {
            let message = "Give a whole address that begins with https:// or http://, without a user name in it.";
            self.add(path, ProblemCode::Malformed, message);
            return None;
        }
        let scheme = text.find(':').unwrap_or_default();
        Some(format!("{}{}", text[..scheme].to_ascii_lowercase(), &text[scheme..]))
    }
}

/// Control characters, and those that set the direction of what follows or break lines unseen.
fn is_refused(letter: char, lines: bool) -> bool {
    match letter {
        '\n' => !lines,
        '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{E0000}'..='\u{E007F}' => true,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' => true,
        letter => letter.is_control(),
    }
}
