//! A minifier's passes go deeper into nested code than a parser does: they get
//! more than the one megabyte of stack that WebAssembly has otherwise.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    #[expect(
        clippy::disallowed_methods,
        reason = "Cargo tells build scripts the target by the environment alone"
    )]
    let target = std::env::var("TARGET").unwrap_or_default();
    if target.starts_with("wasm32") {
        println!("cargo::rustc-link-arg-cdylib=-zstack-size=8388608");
    }
}
