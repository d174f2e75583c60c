//! What happens to every request, whatever its route.

pub(super) mod guard;
pub(super) mod policies;
pub(super) mod request;
