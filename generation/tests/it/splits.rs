//! Splitting a stream anywhere changes nothing.

use crate::harness::{parse, transcripts};

/// A small generator with a fixed seed (xorshift64*), so that a failure can be
/// repeated.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33).expect("31 bits") % limit
    }
}

fn split(text: &str, random: &mut Random) -> Vec<String> {
    let mut parts = vec![String::new()];
    for c in text.chars() {
        if random.below(6) == 0 {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}

#[test]
fn random_splits_of_transcripts_change_nothing() {
    let mut random = Random(0x00C0_FFEE);
    for transcript in transcripts() {
        let whole = parse([transcript.input.as_str()], &transcript.known);
        for _ in 0..20 {
            let parts = split(&transcript.input, &mut random);
            let pieces = parse(parts.iter().map(String::as_str), &transcript.known);
            assert_eq!(pieces, whole, "{}: {parts:?}", transcript.name);
        }
    }
}

#[test]
fn random_soups_of_special_pieces_change_nothing() {
    const PIECES: [&str; 43] = [
        "```",
        "````",
        "~~~",
        "`",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "tsx",
        " path=src/App.tsx",
        "{path=",
        "}",
        "src/a.ts",
        "// src/b.ts",
        "<file path=\"src/c.ts\">",
        "</file>",
        "<",
        ">",
        "/",
        "<think>",
        "</think>",
        "<dyad-write ",
        "path=\"src/d.ts\"",
        "<boltAction type=\"file\" filePath=\"src/e.ts\">",
        "</boltAction>",
        "DELETE src/App.tsx",
        "**src/f.ts**",
        " ",
        "    ",
        "export default function App() {}",
        ";",
        "é😀",
        "// ... existing code",
        "```md",
        "{\"files\":{\"src/g.ts\":\"",
        "\"}}",
        "```diff path=src/App.tsx\n",
        "\n<<<<<<< SEARCH\n",
        "\n=======\n",
        "\n>>>>>>> REPLACE\n",
        "\n@@ -1 +1 @@\n",
        "\n-old\n+new\n",
        "old\n",
    ];
    let mut random = Random(7);
    let known = [("src/App.tsx".to_owned(), "old\nolder\n".to_owned())].into();
    for round in 0..2_000 {
        let length = 1 + random.below(40);
        let text: String = (0..length)
            .map(|_| PIECES[random.below(PIECES.len())])
            .collect();
        let whole = parse([text.as_str()], &known);
        let parts = split(&text, &mut random);
        let pieces = parse(parts.iter().map(String::as_str), &known);
        assert_eq!(
            pieces.files, whole.files,
            "round {round}: {text:?} as {parts:?}"
        );
        assert_eq!(
            pieces.summary, whole.summary,
            "round {round}: {text:?} as {parts:?}"
        );
    }
}
