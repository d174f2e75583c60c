//! What an expression can be known to be, as far as it leads to code that can't run.

use crate::swc::Atom;

/// Objects whose members are the globals.
const GLOBAL_OBJECTS: [&str; 7] = [
    "window",
    "globalThis",
    "self",
    "top",
    "parent",
    "frames",
    "global",
];
/// Capitalised globals that aren't functions.
const NAMESPACES: [&str; 6] = ["Math", "JSON", "Reflect", "Intl", "Atomics", "WebAssembly"];

/// What an expression is known to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    /// `window` and its other names.
    GlobalObject,
    /// The global of this name.
    Global(Atom),
    /// Some function, whose `constructor` is the global `Function` or one like it.
    Function,
    FunctionPrototype,
    /// The `constructor` of something unknown.
    Constructor,
}

impl Value {
    /// The global of a name.
    pub(super) fn global(name: Atom) -> Self {
        if GLOBAL_OBJECTS.contains(&name.as_str()) {
            Self::GlobalObject
        } else {
            Self::Global(name)
        }
    }

    /// Whether it is surely a function.
    pub(super) fn is_function(&self) -> bool {
        match self {
            Self::Function | Self::Constructor => true,
            Self::Global(name) => {
                matches!(name.as_str(), "eval" | "setTimeout" | "setInterval")
                    || (name.starts_with(|c: char| c.is_ascii_uppercase())
                        && !NAMESPACES.contains(&name.as_str()))
            }
            _ => false,
        }
    }

    /// What `value.name` is.
    pub(super) fn member(&self, name: &str) -> Option<Self> {
        match (self, name) {
            (Self::GlobalObject, _) => Some(Self::global(name.into())),
            (Self::FunctionPrototype, "constructor") => Some(Self::Global("Function".into())),
            (_, "constructor") if self.is_function() => Some(Self::Global("Function".into())),
            (_, "constructor") => Some(Self::Constructor),
            (_, "__proto__") if self.is_function() => Some(Self::FunctionPrototype),
            (Self::Global(global), "prototype") if global == "Function" => {
                Some(Self::FunctionPrototype)
            }
            (Self::Global(global), "defaultView") if global == "document" => {
                Some(Self::GlobalObject)
            }
            _ => None,
        }
    }
}
