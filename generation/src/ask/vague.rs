//! Whether a request is worth a question.

use super::text::words;

/// A request of so many words names things or actions beside the kind of app:
/// the shortest full request that Cumulet offers on its first page has 21,
/// and its templates were made of 54 to 76.
const CLEAR_WORDS: usize = 20;
/// `An app with login` says as little as `an app`; `A todo list with tags` says enough.
const CLEAR_WORDS_WITH_FEATURE: usize = 5;
/// Commas, colons and line breaks of a list of three.
const LIST_MARKS: usize = 2;
/// Words that features follow.
const WITH: [&str; 8] = [
    "with",
    "including",
    "mit",
    "con",
    "avec",
    "com",
    "met",
    "med",
];

/// Whether so little is said that a model should be asked what to ask.
///
/// A cheap test before a model's call, so that requests which name features
/// don't cost one: few words, no list, nothing after a "with". It needn't be
/// right: a vague request that passes for clear is built as it is, and a clear
/// one that doesn't is answered with no questions. Scripts without spaces count
/// two characters as a word.
pub fn is_vague(prompt: &str) -> bool {
    let prompt = prompt.trim();
    let count = words(prompt);
    let marks = prompt
        .chars()
        .filter(|c| matches!(c, ',' | ';' | ':' | '\n' | '，' | '、' | '；' | '：'))
        .count();
    let has_feature = prompt
        .split_whitespace()
        .skip(1)
        .any(|word| WITH.contains(&word.to_lowercase().as_str()));
    !(count >= CLEAR_WORDS
        || marks >= LIST_MARKS
        || (has_feature && count >= CLEAR_WORDS_WITH_FEATURE))
}
