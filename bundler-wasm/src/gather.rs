//! Maps and sets without the code that their `collect` brings along.

/// Collects item by item. The standard library's maps sort what they collect,
/// each with a copy of the sorting code of its own: several KB of wasm.
pub(crate) fn gathered<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut gathered = C::default();
    gathered.extend(items);
    gathered
}
