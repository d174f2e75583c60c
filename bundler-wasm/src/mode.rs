//! What a build is for.

/// Whom the modules are made for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// The person who writes the app: modules can be replaced while it runs.
    #[default]
    Development,
    /// Those who use it: nothing is in it that only its author needs.
    Production,
}

impl Mode {
    /// As `import.meta.env.MODE`, `NODE_ENV` and the names of `.env` files have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Production => "production",
        }
    }
}
