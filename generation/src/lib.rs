//! Prompt and stream parser.
