//! The page's two workers and their messages. The only users of
//! `protocol::worker` and of the bridge half of `protocol::preview`.

pub(crate) mod bridge;
pub(crate) mod bundler;
mod channel;
