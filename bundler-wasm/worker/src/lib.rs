//! The bundler for a Web Worker.
