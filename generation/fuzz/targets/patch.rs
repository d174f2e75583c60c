//! Patches: any is applied or refused, and one of a single place is applied there.

#![no_main]

use generation::patch::{apply, is_closed, is_mark, sections as diff_sections};
use generation_fuzz::sections;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let parts = sections(data);
    let part = |name: &str| {
        let part = parts.iter().find(|(found, _)| found == name);
        part.map(|(_, text)| text.as_str()).unwrap_or_default()
    };
    let (before, patch) = (part("before"), part("patch"));
    // Refused or not, in bounded time.
    let _ = apply(before, patch);
    is_closed(patch);
    for (_, patch) in diff_sections(patch) {
        let _ = apply(before, &patch.unwrap_or_default());
    }

    // A block made of lines that are there once.
    let lines: Vec<&str> = before.lines().collect();
    let start = data.first().map_or(0, |byte| usize::from(*byte)) % lines.len().max(1);
    let search = lines
        .get(start..lines.len().min(start + 3))
        .unwrap_or_default();
    let is_text = |line: &&str| !line.trim().is_empty() && line.is_ascii();
    let is_like_mark = |line: &str| {
        is_mark(line)
            || ["<<<<", "====", ">>>>", "----", "++++"]
                .iter()
                .any(|mark| line.contains(mark))
    };
    let places = lines
        .windows(search.len().max(1))
        .filter(|window| *window == search);
    if places.count() == 1
        && search.iter().all(is_text)
        && !before.contains('\r')
        && !lines.iter().any(|line| is_like_mark(line))
    {
        let block = format!(
            "<<<<<<< SEARCH\n{}\n=======\nnew line\n>>>>>>> REPLACE\n",
            search.join("\n")
        );
        let mut expected = lines.clone();
        expected.splice(start..start + search.len(), ["new line"]);
        let after = apply(before, &block).expect("its lines are there once");
        assert_eq!(after.lines().collect::<Vec<_>>(), expected);
    }
});
