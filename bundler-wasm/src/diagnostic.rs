//! Making diagnostics: one builder, so that each of them has a code, a
//! sentence, a place and a next step.

use protocol::bundle::{Diagnostic, Fix, Severity, Span};

use crate::source::{ByteRange, Source};

/// A diagnostic about a place in a source.
pub(crate) fn at(
    code: &str,
    file: &str,
    source: &Source,
    range: ByteRange,
    message: impl Into<String>,
) -> Diagnostic {
    let span = source.span(range);
    Diagnostic {
        code: code.to_owned(),
        severity: Severity::Error,
        file: file.to_owned(),
        span: Some(span),
        message: message.into(),
        help: None,
        frame: source.frame(span),
        fixes: Vec::new(),
    }
}

/// A diagnostic about a whole file, or about the project when `file` is empty.
pub(crate) fn whole(code: &str, file: &str, message: impl Into<String>) -> Diagnostic {
    Diagnostic {
        code: code.to_owned(),
        severity: Severity::Error,
        file: file.to_owned(),
        span: None,
        message: message.into(),
        help: None,
        frame: String::new(),
        fixes: Vec::new(),
    }
}

/// What a diagnostic can be given after its message.
pub(crate) trait DiagnosticExt {
    /// The next step.
    fn help(self, help: impl Into<String>) -> Self;
    /// A mechanical repair.
    fn fix(self, title: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self;
    /// Not as bad as an error.
    fn warning(self) -> Self;
}

impl DiagnosticExt for Diagnostic {
    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn fix(mut self, title: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self {
        self.fixes.push(Fix {
            title: title.into(),
            span,
            replacement: replacement.into(),
        });
        self
    }

    fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }
}

/// Errors first, then by file and place.
pub(crate) fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| {
            (
                d.severity,
                d.file.clone(),
                d.span.map(|s| (s.line, s.column)),
                d.code.clone(),
                d.message.clone(),
            )
        };
        key(a).cmp(&key(b))
    });
    diagnostics.dedup();
}
