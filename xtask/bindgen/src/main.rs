//! Bindgen.
fn main() {}
