//! A cargo that builds for `wasm32-unknown-unknown`: the ordinary one with
//! rustup's target, or, where rustup can't fetch it, Debian's compiler with a
//! standard library built from its sources into a private sysroot.
//!
//! `CUMULET_WASM_TOOLCHAIN=debian` asks for the second one.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::cache::{Cache, environment};
use crate::process::{cargo, execute, output, step};

const TARGET: &str = "wasm32-unknown-unknown";
const HOST: &str = "x86_64-unknown-linux-gnu";
/// How long rustup may take to fetch the target before the fallback is made.
const RUSTUP_TIMEOUT: Duration = Duration::from_mins(1);

/// A cargo command that can build for wasm32 into the shared target folder.
pub(crate) fn wasm_cargo(cache: &Cache) -> anyhow::Result<Command> {
    let wants_debian = environment("CUMULET_WASM_TOOLCHAIN").as_deref() == Some("debian");
    if !wants_debian && (has_target() || add_target()?) {
        return Ok(cargo(cache));
    }
    let sysroot = cache.path("wasm-sysroot");
    if !sysroot.join(".complete").exists() {
        step(
            "wasm target from Debian's compiler (about 3 minutes)",
            || build_sysroot(cache, &sysroot),
        )?;
    }
    let mut command = Command::new("/usr/bin/cargo");
    command
        .current_dir(cache.clone_dir())
        // Another compiler: its output must not mix with that of the ordinary one.
        .env("CARGO_TARGET_DIR", cache.path("target-debian"))
        .env("RUSTC", sysroot.join("bin/rustc"))
        .env_remove("RUSTUP_TOOLCHAIN");
    Ok(command)
}

/// Folder into which [`wasm_cargo`] builds.
pub(crate) fn target_dir(command: &Command) -> Option<std::path::PathBuf> {
    command
        .get_envs()
        .find(|(name, _)| *name == "CARGO_TARGET_DIR")
        .and_then(|(_, value)| value.map(Into::into))
}

fn has_target() -> bool {
    output(
        Command::new(environment("RUSTC").unwrap_or_else(|| "rustc".to_owned())).args([
            "--print",
            "target-libdir",
            "--target",
            TARGET,
        ]),
    )
    .is_ok_and(|folder| Path::new(folder.trim()).is_dir())
}

fn add_target() -> anyhow::Result<bool> {
    step("wasm target from rustup", || {
        let Ok(mut child) = Command::new("rustup")
            .args(["target", "add", TARGET])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
        else {
            println!("  no rustup here");
            return Ok(false);
        };
        let started = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(status.success() && has_target());
            }
            if started.elapsed() > RUSTUP_TIMEOUT {
                child.kill()?;
                child.wait()?;
                println!("  rustup gave no answer within a minute");
                return Ok(false);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    })
}

fn build_sysroot(cache: &Cache, sysroot: &Path) -> anyhow::Result<()> {
    if !Path::new("/usr/bin/apt-get").exists() {
        bail!("the wasm target is missing: run `rustup target add {TARGET}`");
    }
    execute(Command::new("apt-get").args(["update", "--quiet", "--quiet"]))?;
    execute(
        Command::new("apt-get")
            .args(["install", "--yes", "--quiet", "--quiet", "--no-install-recommends"])
            .args(["rustc-web", "cargo-web", "rust-web-src", "lld-22"])
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )
    .context("Debian's compiler could not be installed: run `rustup target add wasm32-unknown-unknown`, or as root `apt-get install rustc-web cargo-web rust-web-src lld-22`")?;

    let throwaway = cache.path("wasm-sysroot-build");
    fs::create_dir_all(throwaway.join("src"))?;
    fs::write(
        throwaway.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nedition = \"2024\"\n\n[workspace]\n",
    )?;
    fs::write(throwaway.join("src/lib.rs"), "#![no_std]\n")?;
    execute(
        Command::new("/usr/bin/cargo")
            .args(["build", "--quiet", "--release", "--target", TARGET])
            .arg("-Zbuild-std=std,panic_abort,proc_macro")
            .current_dir(&throwaway)
            .env("CARGO_TARGET_DIR", throwaway.join("target"))
            .env("RUSTC", "/usr/bin/rustc")
            .env("RUSTC_BOOTSTRAP", "1")
            // Without bitcode every later build with fat LTO fails.
            .env("RUSTFLAGS", "-Cembed-bitcode=yes")
            .env_remove("RUSTUP_TOOLCHAIN"),
    )?;

    let libraries = sysroot.join(format!("lib/rustlib/{TARGET}/lib"));
    fs::create_dir_all(&libraries)?;
    fs::create_dir_all(sysroot.join("bin"))?;
    for entry in fs::read_dir(throwaway.join(format!("target/{TARGET}/release/deps")))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        let is_library = path
            .extension()
            .is_some_and(|extension| extension == "rlib" || extension == "rmeta");
        if is_library && !name.starts_with("libempty") {
            fs::copy(entry.path(), libraries.join(name))?;
        }
    }
    let host = sysroot.join(format!("lib/rustlib/{HOST}"));
    if !host.exists() {
        std::os::unix::fs::symlink(format!("/usr/lib/rustlib/{HOST}"), &host)?;
    }
    let rustc = sysroot.join("bin/rustc");
    fs::write(
        &rustc,
        format!(
            "#!/bin/sh\nexec /usr/bin/rustc --sysroot '{}' \"$@\"\n",
            sysroot.display()
        ),
    )?;
    fs::set_permissions(&rustc, fs::Permissions::from_mode(0o755))?;
    fs::remove_dir_all(&throwaway)?;
    fs::write(sysroot.join(".complete"), "")?;
    Ok(())
}
