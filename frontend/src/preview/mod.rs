//! Host side of the frame.
