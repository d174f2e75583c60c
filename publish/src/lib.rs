//! The publish build: a project's files in, the files of a site out. It is the
//! bundler's own build, for production, put together for a static host: few
//! scripts, minified and named after what is in them.
//!
//! The steps, one file of this crate each:
//!
//! 1. `publisher` builds the app with the bundler, whose findings are the
//!    preview's; an app with errors is not published;
//! 2. `split` says which modules load together, and what `import()` brings;
//!    `waits` which of them have to wait for an `await`;
//! 3. `assets` takes pictures and fonts out of the code and gives them names;
//! 4. `script` makes one minified script of modules, `rewrite` what changes in
//!    their trees on the way, `map` the way back to the sources;
//! 5. `page` writes `index.html` around all of it.
//!
//! It knows no HTTP, no browser and no file system, and gives the same bytes
//! natively and as WebAssembly. Natively, call it from a thread with at least
//! [`bundler_wasm::STACK_BYTES`] of stack.

mod assets;
mod ids;
mod map;
mod names;
mod page;
mod publisher;
mod rewrite;
mod script;
mod split;
mod swc;
mod waits;

pub use publisher::{Content, Options, PublishError, Publisher, Runtime, Site};
