//! Ids of apps and requests, passed in so that tests choose them.

use uuid::Uuid;

/// Makes ids that satisfy [`protocol::app::is_valid_id`].
pub trait IdGen: Send + Sync {
    /// An id that nobody else has.
    fn next_id(&self) -> String;
}

/// Random UUIDs.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

impl IdGen for RandomIds {
    fn next_id(&self) -> String {
        Uuid::new_v4().to_string()
    }
}
