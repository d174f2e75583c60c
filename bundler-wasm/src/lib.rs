//! The bundler.
