//! A style sheet without what only people read: comments, and spaces where
//! none are needed. Values and rules stay as they are written.

use super::tokens::{Kind, Token, tokens};

/// Makes a style sheet smaller. Comments that begin with `/*!` are licences,
/// and stay.
pub fn minify_css(css: &str) -> String {
    let tokens: Vec<Token<'_>> = tokens(css)
        .into_iter()
        .filter(|token| token.kind != Kind::Comment || token.text.starts_with("/*!"))
        .collect();
    let mut out = Output::default();
    let mut rest = tokens.iter().peekable();
    while let Some(token) = rest.next() {
        if token.kind != Kind::Space {
            out.push(token);
            continue;
        }
        while rest.next_if(|next| next.kind == Kind::Space).is_some() {}
        if rest.peek().is_some_and(|next| out.needs_space(next)) {
            out.text.push(' ');
            out.is_spaced = true;
        }
    }
    out.text
}

#[derive(Default)]
struct Output<'a> {
    text: String,
    /// The last two tokens that aren't spaces.
    last: Option<&'a Token<'a>>,
    before: Option<&'a Token<'a>>,
    is_spaced: bool,
}

impl<'a> Output<'a> {
    fn push(&mut self, token: &'a Token<'a>) {
        if token.is(b'}') && self.last_is(b";") {
            self.text.pop();
        }
        // Names that a comment stood between.
        if !self.is_spaced && self.last.is_some_and(is_word) && is_word(token) {
            self.text.push(' ');
        }
        self.text.push_str(token.text);
        self.before = self.last.replace(token);
        self.is_spaced = false;
    }

    fn last_is(&self, signs: &[u8]) -> bool {
        is_one_of(self.last, signs)
    }

    /// Whether a space before the next token says something.
    fn needs_space(&self, next: &Token<'_>) -> bool {
        let Some(last) = self.last else {
            return false;
        };
        if last.kind == Kind::Comment || next.kind == Kind::Comment {
            return false;
        }
        // `--empty: ;` and `name: value`; a selector has no space after its colon.
        if last.is(b':') {
            return is_one_of(Some(next), b";}")
                || self.before.is_none_or(|before| before.kind != Kind::Name);
        }
        !self.last_is(b"{};,(>") && !is_one_of(Some(next), b"{};,)>!")
    }
}

fn is_one_of(token: Option<&Token<'_>>, signs: &[u8]) -> bool {
    token.is_some_and(|token| signs.iter().any(|sign| token.is(*sign)))
}

fn is_word(token: &Token<'_>) -> bool {
    matches!(token.kind, Kind::Name | Kind::Number)
}

#[cfg(test)]
mod tests {
    use super::minify_css;

    #[test]
    fn what_means_nothing_goes() {
        for (css, small) in [
            (
                "a {\n  color: red;\n  margin: 0 1px;\n}\n",
                "a{color:red;margin:0 1px}",
            ),
            ("/* note */ a > b , c{}", "a>b,c{}"),
            ("/*! licence */\na {}", "/*! licence */a{}"),
            (
                "@media (min-width: 40rem) and (width > 1px) { a { b: c } }",
                "@media (min-width:40rem) and (width>1px){a{b:c}}",
            ),
            ("a { color: red !important; }", "a{color:red!important}"),
            ("a:is( .b , .c ) {}", "a:is(.b,.c){}"),
        ] {
            assert_eq!(minify_css(css), small);
        }
    }

    #[test]
    fn what_means_something_stays() {
        for css in [
            "a :hover{}",
            "a{width:calc(1px + 2px - var(--a))}",
            "a{--x: ;--y: }",
            "a{content:\"/* a  b */ ; }\"}",
            "a{background:url( x y.png )}",
            "a + b ~ c *{}",
            ".a .b [c] :not(d){}",
            "a{font:1px / 2 b}",
            r"a{b:foo\;}",
        ] {
            assert_eq!(minify_css(css), css);
        }
        assert_eq!(minify_css("a/**/b{}"), "a b{}");
    }
}
