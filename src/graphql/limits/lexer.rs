//! How long a document is, and how deep its brackets go, before it is parsed: the parser recurses at each bracket.

/// What the lexer counted.
#[derive(Debug, PartialEq, Eq)]
pub struct Size {
    pub tokens: usize,
    pub nesting: usize,
}

/// Counts the lexical tokens of a document and how deep its brackets nest. What is not GraphQL is counted too, somehow; the parser
/// refuses it afterwards.
pub fn measure(document: &str) -> Size {
    let bytes = document.as_bytes();
    let (mut at, mut depth) = (0, 0usize);
    let mut size = Size { tokens: 0, nesting: 0 };
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                at += 1;
                continue;
            }
            b'#' => {
                at = past(bytes, at, |byte| byte != b'\n' && byte != b'\r');
                continue;
            }
            b'"' => at = past_string(bytes, at),
            b'.' => at = past(bytes, at, |byte| byte == b'.'),
            b'{' | b'[' | b'(' => {
                depth += 1;
                size.nesting = size.nesting.max(depth);
                at += 1;
            }
            b'}' | b']' | b')' => {
                depth = depth.saturating_sub(1);
                at += 1;
            }
            b'-' | b'0'..=b'9' => at = past(bytes, at, |byte| is_word(byte) || byte == b'.'),
            byte if is_word(byte) => at = past(bytes, at, is_word),
            _ => at += 1,
        }
        size.tokens += 1;
    }
    size
}

/// Names and numbers: both are one token, and neither nests.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' || byte == b'+' || !byte.is_ascii()
}

fn past(bytes: &[u8], from: usize, belongs: impl Fn(u8) -> bool) -> usize {
    from + 1 + bytes[from + 1..].iter().take_while(|&&byte| belongs(byte)).count()
}

fn past_string(bytes: &[u8], from: usize) -> usize {
    let block = bytes[from..].starts_with(br#"""""#);
    let mut at = from + if block { 3 } else { 1 };
    while let Some(&byte) = bytes.get(at) {
        let rest = &bytes[at..];
        match byte {
            b'"' if !block => return at + 1,
            b'\n' | b'\r' if !block => return at,
            b'\\' if !block => at += 2,
            b'"' if rest.starts_with(br#"""""#) => return at + 3,
            b'\\' if rest.starts_with(br#"\""""#) => at += 4,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_counted_as_the_specification_counts_them() {
        for (document, tokens, nesting) in [
            ("", 0, 0),
            ("{ a }", 3, 1),
            ("query A($a: [Int!]! = -1.5e3) { ...B @c }", 20, 2),
            ("{ a # } } }\n b, c }", 5, 1),
            (r#"{ a(b: "} \" }") }"#, 8, 2),
            (r#"{ a(b: """ } " \""" { """) }"#, 8, 2),
            (r#"{ a(b: "unfinished"#, 6, 2),
            ("\u{feff}{ a }", 4, 1),
            ("{ a(b: [[[1]]]) }", 14, 5),
        ] {
            assert_eq!(measure(document), Size { tokens, nesting }, "{document}");
        }
    }

    #[test]
    fn a_mebibyte_of_brackets_is_counted_and_not_recursed_into() {
        assert_eq!(measure(&"[".repeat(1 << 20)), Size { tokens: 1 << 20, nesting: 1 << 20 });
        assert_eq!(measure(&"\\\"\\".repeat(1 << 18)).nesting, 0);
    }
}
