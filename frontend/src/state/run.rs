//! An app that runs alone, without its conversation.

use super::project::Project;
use super::spawn;

impl Project {
    /// Opens an app to run it; nothing of its conversation goes on.
    pub(crate) fn run(self, id: &str) {
        let id = id.to_owned();
        spawn(async move {
            self.open(&id).await;
        });
    }

    /// Ends what [`Project::run`] began.
    pub(crate) fn leave(self) {
        self.close();
    }
}
