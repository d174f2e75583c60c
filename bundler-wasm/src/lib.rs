//! The bundler: a project's files in, modules, one style sheet and diagnostics
//! out. It knows no browser, no HTTP and no file system, and gives the same
//! bytes natively and as WebAssembly.
//!
//! The pipeline, one file of this crate each:
//!
//! 1. `project` takes changes in and refuses what is too large or misnamed;
//! 2. `guard` and `parse` make a syntax tree, or syntax diagnostics;
//! 3. `scan` reads the tree: code that can't run, class names, missing names;
//!    `transform` walks it once and writes the module: the source's own text,
//!    without types, with JSX, imports and exports in the registry form, and
//!    what React Refresh needs; `resolve` tells it what specifiers mean;
//! 4. the same walk keeps where each piece comes from;
//! 5. `check` looks at the imports of all modules together;
//! 6. `css`, `tailwind` and `dependencies` gather what else the app loads;
//! 7. `bundler` caches modules and says what changed since the last good build.
//!
//! A user's mistake is always a diagnostic, never an `Err` and never a panic.
//! Natively, call it from a thread with at least [`STACK_BYTES`] of stack.

mod address;
mod assets;
mod bundler;
mod check;
mod codes;
mod config;
mod css;
mod debris;
mod dependencies;
mod diagnostic;
mod elements;
mod env;
mod gather;
mod glob;
mod graph;
mod guard;
mod html;
mod kit;
mod language;
mod literal;
mod markup;
mod mode;
mod module;
mod one;
mod parse;
mod parts;
mod project;
mod resolve;
mod scan;
mod source;
mod suggest;
mod svg;
mod swc;
mod tailwind;
mod transform;

pub use bundler::{Build, Bundler, TailwindInput};
pub use codes::{CODES, Code};
pub use css::minify_css;
pub use mode::Mode;
pub use one::{Transformed, transform};
pub use parts::{App, Part};

/// Stack that a native thread needs for the deepest code that is let through;
/// unoptimised builds need most.
pub const STACK_BYTES: usize = 64 * 1024 * 1024;
