//! Host side of the frame that runs the generated app.

pub(crate) mod focus;
pub(crate) mod frame;
pub(crate) mod neighbours;
pub(crate) mod shell;
