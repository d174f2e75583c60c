//! Lines and Server-Sent Events from bytes that arrive in any pieces.

/// Longest line that is kept: far beyond any that a provider sends.
const MAX_LINE_BYTES: usize = 4 * 1024 * 1024;

/// Puts lines together. A character or a line end split between two pieces
/// comes out whole; `\r` before `\n` goes.
#[derive(Debug, Default)]
pub(super) struct Lines {
    rest: Vec<u8>,
}

impl Lines {
    /// Takes the next bytes and gives the lines that they complete, and whether
    /// one after them is longer than [`MAX_LINE_BYTES`]: then this is no stream of lines.
    pub(super) fn push(&mut self, bytes: &[u8]) -> (Vec<String>, bool) {
        let mut lines = Vec::new();
        let mut pieces = bytes.split(|byte| *byte == b'\n').peekable();
        while let Some(piece) = pieces.next() {
            self.rest.extend_from_slice(piece);
            if self.rest.len() > MAX_LINE_BYTES {
                return (lines, true);
            }
            if pieces.peek().is_some() {
                lines.push(self.take());
            }
        }
        (lines, false)
    }

    /// The last line, when the stream didn't end it.
    pub(super) fn finish(&mut self) -> Option<String> {
        (!self.rest.is_empty()).then(|| self.take())
    }

    fn take(&mut self) -> String {
        let mut line = std::mem::take(&mut self.rest);
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        // Bytes that are no UTF-8 in a complete line are the provider's own mistake.
        String::from_utf8_lossy(&line).into_owned()
    }
}

/// Puts the `data` of Server-Sent Events together; comments and other fields
/// are skipped.
#[derive(Debug, Default)]
pub(super) struct SseData {
    data: Option<String>,
}

impl SseData {
    /// Takes a line and gives the event's data when the line ends it.
    pub(super) fn push(&mut self, line: &str) -> Option<String> {
        if line.is_empty() {
            return self.data.take();
        }
        // Older llama.cpp names errors in a field of its own.
        let value = line
            .strip_prefix("data:")
            .or_else(|| line.strip_prefix("error:"));
        if let Some(value) = value {
            let value = value.strip_prefix(' ').unwrap_or(value);
            match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            }
        }
        None
    }

    /// Data of an event that the stream didn't end: some servers leave out the
    /// last empty line.
    pub(super) fn finish(&mut self) -> Option<String> {
        self.data.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_split_gives_the_same_lines() {
        let text = "{\"a\":\"grüße 🦀\"}\r\n\r\n: note\n{\"b\":1}\nlast";
        let expected = ["{\"a\":\"grüße 🦀\"}", "", ": note", "{\"b\":1}", "last"];
        for size in 1..=text.len() {
            let mut lines = Lines::default();
            let mut found = Vec::new();
            for piece in text.as_bytes().chunks(size) {
                found.extend(lines.push(piece).0);
            }
            found.extend(lines.finish());
            assert_eq!(found, expected, "pieces of {size} bytes");
        }
    }

    #[test]
    fn a_line_without_end_is_refused() {
        let mut lines = Lines::default();
        let piece = vec![b'x'; MAX_LINE_BYTES / 2];
        assert_eq!(lines.push(&piece), (vec![], false));
        assert_eq!(lines.push(&piece), (vec![], false));
        assert_eq!(lines.push(b"x"), (vec![], true));
    }

    #[test]
    fn events_are_read_as_the_standard_says() {
        let mut sse = SseData::default();
        let mut found = Vec::new();
        for line in [
            ": comment",
            "event: x",
            "data: {\"a\":",
            "data:1}",
            "",
            "",
            "id: 7",
            "data:  [DONE]",
        ] {
            found.extend(sse.push(line));
        }
        found.extend(sse.finish());
        assert_eq!(found, ["{\"a\":\n1}", " [DONE]"]);
    }
}
