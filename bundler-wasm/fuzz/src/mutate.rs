//! Changes texts by their tokens: what comes out parses far more often than
//! what changes of bytes give, and so gets past the parser.

use libfuzzer_sys::fuzzer_mutate;

/// What texts are mixed with, one piece a line.
#[derive(Debug, Clone, Copy)]
pub enum Snippets {
    /// Of TypeScript and JSX.
    Code,
    /// Of these, and of style sheets, pages, images and configuration.
    All,
}

const CODE: &str = include_str!("code.txt");
const OTHER: &str = include_str!("other.txt");

/// Numerical Recipes' linear congruential generator.
struct Random(u32);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % limit.max(1)
    }
}

/// A mutator for `fuzz_mutator!`.
pub fn mutate(
    snippets: Snippets,
    data: &mut [u8],
    size: usize,
    max_size: usize,
    seed: u32,
) -> usize {
    let mut random = Random(seed);
    if size == 0 || random.below(4) == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let other = match snippets {
        Snippets::Code => "",
        Snippets::All => OTHER,
    };
    let snippets: Vec<&[u8]> = [CODE, other]
        .into_iter()
        .flat_map(str::lines)
        .map(str::as_bytes)
        .collect();
    let text = data.get(..size).unwrap_or_default().to_vec();
    let mut tokens = tokens(&text);
    for _ in 0..=random.below(3) {
        if tokens.is_empty() {
            break;
        }
        let at = random.below(tokens.len());
        let length = 1 + random.below(6).min(tokens.len().saturating_sub(at + 1));
        let end = (at + length).min(tokens.len());
        match random.below(7) {
            0 => {
                tokens.drain(at..end);
            }
            1 => {
                let copy = tokens[at..end].to_vec();
                let to = random.below(tokens.len());
                tokens.splice(to..to, copy);
            }
            2 => {
                let other = random.below(tokens.len());
                tokens.swap(at, other);
            }
            3 => tokens[at] = snippets[random.below(snippets.len())],
            4 => {
                let (open, close): (&[u8], &[u8]) = [
                    (&b"("[..], &b")"[..]),
                    (b"[", b"]"),
                    (b"{", b"}"),
                    (b"`${", b"}`"),
                    (b"<T>(", b")"),
                    (b"(() => ", b")"),
                    (b"<a>{", b"}</a>"),
                    (b"function f() {", b"}"),
                    (b"class A { static {", b"}}"),
                    (b"(", b" as T)!"),
                    (b"namespace N { export ", b"}"),
                    (b"/* ", b" */"),
                ][random.below(12)];
                tokens.insert(end, close);
                tokens.insert(at, open);
            }
            _ => tokens.insert(at, snippets[random.below(snippets.len())]),
        }
    }
    let mut mutated: Vec<u8> = tokens.concat();
    mutated.truncate(max_size);
    if let Some(place) = data.get_mut(..mutated.len()) {
        place.copy_from_slice(&mutated);
    }
    mutated.len()
}

/// Words, runs of spaces, and single signs.
fn tokens(text: &[u8]) -> Vec<&[u8]> {
    let class = |byte: &u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'$' | 0x80.. => 1,
        b' ' | b'\t' => 2,
        _ => 0,
    };
    text.chunk_by(|a, b| class(a) != 0 && class(a) == class(b))
        .collect()
}
