//! The studio: describe an app, watch its code being written, use it in the page.
//!
//! Data flows one way: a view calls a command in [`state`], the command uses
//! [`api`], [`workers`], [`preview`] and [`platform`], and the result is written
//! to a store that views read. Only `state` writes stores, only `api` does HTTP.

#![expect(
    unreachable_pub,
    reason = "the component macro makes its inner items `pub`"
)]

mod address;
mod api;
mod app;
mod components;
mod message;
mod pages;
mod platform;
mod preview;
mod routes;
mod state;
mod workers;

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
    platform::dom::remove("boot");
}
