//! Host side of the frame that runs the generated app.

pub(crate) mod frame;
