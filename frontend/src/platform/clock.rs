//! Time and random ids. The one place that asks the browser for them.

use std::time::Duration;

/// Milliseconds since the Unix epoch.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a date is positive and far below 2^53"
)]
pub(crate) fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// Milliseconds since the page was opened, monotonic.
pub(crate) fn monotonic_ms() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}

/// Waits.
pub(crate) async fn sleep_ms(ms: u32) {
    gloo_timers::future::sleep(Duration::from_millis(u64::from(ms))).await;
}

/// Time of day in the person's zone: `14:03:09`.
pub(crate) fn time_of_day(ms: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "dates lie far below 2^53")]
    let date = js_sys::Date::new(&(ms as f64).into());
    format!(
        "{:02}:{:02}:{:02}",
        date.get_hours(),
        date.get_minutes(),
        date.get_seconds()
    )
}

/// A fresh id: 16 lower-case letters and digits, the first a letter.
pub(crate) fn new_id() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    (0..16)
        .map(|index| {
            let range = if index == 0 { 24.0 } else { 32.0 };
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the product lies between 0 and 32"
            )]
            let at = (js_sys::Math::random() * range) as usize;
            LETTERS.get(at).copied().map_or('a', char::from)
        })
        .collect()
}
