//! One module a page. Pages read stores and call commands.

mod attachments;
mod expected;
pub(crate) mod home;
pub(crate) mod keys;
pub(crate) mod not_found;
pub(crate) mod settings;
pub(crate) mod studio;
mod top_bar;
