//! How long ago something was, in words.

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// How long before `now_ms` the time `then_ms` was; both in milliseconds since
/// the Unix epoch. A time in the future, from a clock that differs, is now.
pub(super) fn describe_age(now_ms: u64, then_ms: u64) -> String {
    let age = now_ms.saturating_sub(then_ms);
    match age {
        0..MINUTE => "just now".to_owned(),
        MINUTE..HOUR => format!("{} min ago", age / MINUTE),
        HOUR..DAY => format!("{} h ago", age / HOUR),
        _ => match age / DAY {
            1 => "yesterday".to_owned(),
            days @ 2..14 => format!("{days} days ago"),
            days @ 14..60 => format!("{} weeks ago", days / 7),
            days @ 60..730 => format!("{} months ago", days / 30),
            days => format!("{} years ago", days / 365),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_read_as_people_say_them() {
        let now = 800 * DAY;
        let age = |before: u64| describe_age(now, now - before);
        assert_eq!(age(0), "just now");
        assert_eq!(age(MINUTE - 1), "just now");
        assert_eq!(age(MINUTE), "1 min ago");
        assert_eq!(age(HOUR - 1), "59 min ago");
        assert_eq!(age(5 * HOUR), "5 h ago");
        assert_eq!(age(DAY), "yesterday");
        assert_eq!(age(13 * DAY), "13 days ago");
        assert_eq!(age(14 * DAY), "2 weeks ago");
        assert_eq!(age(90 * DAY), "3 months ago");
        assert_eq!(age(740 * DAY), "2 years ago");
    }

    #[test]
    fn a_clock_that_runs_ahead_is_now() {
        assert_eq!(describe_age(1_000, 5_000_000), "just now");
    }
}
