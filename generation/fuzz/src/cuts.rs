//! Where inputs are cut: anywhere, but always in the same places.

/// Numerical Recipes' linear congruential generator, which begins with what it cuts.
struct Random(u32);

impl Random {
    fn of(bytes: &[u8]) -> Self {
        // FNV-1a.
        Self(bytes.iter().fold(0x811c_9dc5, |hash, byte| {
            (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
        }))
    }

    fn length(&mut self) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let bits = self.0 >> 8;
        // Mostly short, sometimes long.
        1 + (if bits & 7 == 0 {
            bits >> 3 & 511
        } else {
            bits >> 3 & 7
        }) as usize
    }
}

/// Pieces of bytes.
pub(crate) fn cut_bytes(bytes: &[u8]) -> Vec<&[u8]> {
    let mut random = Random::of(bytes);
    let mut pieces = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(random.length().min(rest.len()));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// Pieces of text, cut between characters.
pub(crate) fn cut_text(text: &str) -> Vec<&str> {
    let mut random = Random::of(text.as_bytes());
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.ceil_char_boundary(random.length()));
        pieces.push(piece);
        rest = after;
    }
    pieces
}
