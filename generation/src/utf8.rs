//! Text out of a byte stream whose chunks end anywhere.

/// Decodes UTF-8 chunk by chunk. A character that a chunk boundary splits is
/// kept back until the rest of it arrives; invalid bytes become U+FFFD.
#[derive(Debug, Clone, Default)]
pub struct Utf8Decoder {
    /// At most three bytes: the valid beginning of a character.
    pending: Vec<u8>,
    replaced: u64,
}

impl Utf8Decoder {
    /// A decoder at the start of a stream.
    pub fn new() -> Self {
        Self::default()
    }

    /// Decodes the next bytes. May answer with an empty text.
    pub fn decode(&mut self, bytes: &[u8]) -> String {
        let joined;
        let mut rest = if self.pending.is_empty() {
            bytes
        } else {
            let mut all = std::mem::take(&mut self.pending);
            all.extend_from_slice(bytes);
            joined = all;
            joined.as_slice()
        };
        let mut text = String::with_capacity(rest.len());
        loop {
            match std::str::from_utf8(rest) {
                Ok(valid) => {
                    text.push_str(valid);
                    return text;
                }
                Err(error) => {
                    let (valid, after) = rest
                        .split_at_checked(error.valid_up_to())
                        .unwrap_or_default();
                    text.push_str(std::str::from_utf8(valid).unwrap_or_default());
                    let Some(length) = error.error_len() else {
                        self.pending = after.to_vec();
                        return text;
                    };
                    text.push(char::REPLACEMENT_CHARACTER);
                    self.replaced += 1;
                    rest = after.get(length..).unwrap_or_default();
                }
            }
        }
    }

    /// Ends the stream: a character that never became whole is replaced.
    pub fn finish(&mut self) -> String {
        if self.pending.is_empty() {
            return String::new();
        }
        self.pending.clear();
        self.replaced += 1;
        char::REPLACEMENT_CHARACTER.to_string()
    }

    /// How many invalid sequences were replaced so far.
    pub fn replaced(&self) -> u64 {
        self.replaced
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8], size: usize) -> (String, u64) {
        let mut decoder = Utf8Decoder::new();
        let mut text: String = bytes
            .chunks(size)
            .map(|chunk| decoder.decode(chunk))
            .collect();
        text += &decoder.finish();
        (text, decoder.replaced())
    }

    #[test]
    fn keeps_split_characters_together() {
        let source = "aé€😀 — ß";
        for size in 1..=source.len() {
            assert_eq!(
                decode(source.as_bytes(), size),
                (source.to_owned(), 0),
                "{size}"
            );
        }
    }

    #[test]
    fn replaces_and_counts_invalid_bytes_the_same_for_every_split() {
        let bytes = b"a\xFFb\xC3(c\xE2\x82d\xF0\x9F\x98";
        let whole = decode(bytes, bytes.len());
        assert_eq!(
            whole,
            ("a\u{FFFD}b\u{FFFD}(c\u{FFFD}d\u{FFFD}".to_owned(), 4)
        );
        for size in 1..bytes.len() {
            assert_eq!(decode(bytes, size), whole, "{size}");
        }
    }
}
