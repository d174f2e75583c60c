//! The small tasks: recorded answers, prompts, hostile answers.

use std::path::Path;

use generation::ask::{AskPrompt, answers_text, is_vague, prompt, proposal_text, read};
use protocol::ask::{Answer, AskAnswer, AskRequest, DataItem, Proposal, Screen};

/// Every folder of `tests/ask` with what its `request.json` and `input.md` say.
fn cases() -> Vec<(std::path::PathBuf, AskRequest, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ask");
    let mut folders: Vec<_> = std::fs::read_dir(root)
        .expect("tests/ask exists")
        .map(|entry| entry.expect("readable").path())
        .collect();
    folders.sort();
    folders
        .into_iter()
        .map(|folder| {
            let text = |name: &str| {
                std::fs::read_to_string(folder.join(name)).expect("a folder has both files")
            };
            let request = serde_json::from_str(&text("request.json")).expect("a request");
            let input = text("input.md");
            (folder, request, input)
        })
        .collect()
}

#[test]
fn every_answer_gives_its_snapshot() {
    let cases = cases();
    assert!(cases.len() >= 60, "only {} answers", cases.len());
    for (folder, request, input) in cases {
        let result = match read(&request, &input) {
            Ok(answer) => serde_json::to_string_pretty(&answer).expect("JSON"),
            Err(unreadable) => format!("Unreadable: {unreadable}"),
        };
        insta::with_settings!({
            snapshot_path => &folder,
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("result", result);
        });
    }
}

#[test]
fn cut_anywhere_an_answer_never_holds_too_much() {
    for (folder, request, input) in cases() {
        for (end, _) in input.char_indices().step_by(3) {
            let (cut, _) = input.split_at(end);
            let Ok(answer) = read(&request, cut) else {
                continue;
            };
            let fits = match &answer {
                AskAnswer::Questions { questions } => {
                    questions.len() <= 3
                        && questions
                            .iter()
                            .all(|question| (2..=5).contains(&question.options.len()))
                }
                AskAnswer::Proposals { proposals } => {
                    (1..=3).contains(&proposals.len())
                        && proposals.iter().all(|proposal| !proposal.title.is_empty())
                }
                AskAnswer::Enhance { prompt } => prompt.split_whitespace().count() <= 120,
                AskAnswer::Suggestions { suggestions } => (1..=3).contains(&suggestions.len()),
                AskAnswer::Sketch { files } => files.contains_key("src/App.tsx"),
            };
            assert!(fits, "{} cut at {end}: {answer:?}", folder.display());
        }
    }
}

#[test]
fn hostile_answers_are_read_to_their_end() {
    let requests = [
        r#"{"task":"questions","prompt":"x"}"#,
        r#"{"task":"proposals","prompt":"x","count":3}"#,
        r#"{"task":"enhance","prompt":"x"}"#,
        r#"{"task":"suggestions","prompt":"x"}"#,
        r#"{"task":"sketch","prompt":"x","design":"y"}"#,
    ]
    .map(|json| serde_json::from_str::<AskRequest>(json).expect("a request"));
    for part in [
        "[",
        "{\"a\":",
        "[{\"a\":[",
        "<",
        "<think>",
        "</think>",
        "(",
        "\n",
        " ",
        "- ",
        "- a\n",
        "1. a?\n",
        "a?",
        "**",
        "#",
        "> ",
        "```\n",
        "\"",
        "\\u",
        "\\",
        "A: b / c\n",
        "Q:\n",
        "PROPOSAL: a\n",
        "DATA:\n- a\n",
        "é",
        "問",
        "🙂",
        "\u{0}",
        "a) ",
        ", ",
        "_",
        ":",
    ] {
        for request in &requests {
            // Whatever isn't linear would take minutes.
            let _ = read(request, &part.repeat(10_000));
        }
    }
}

fn shown(prompt: &AskPrompt) -> String {
    format!(
        "[system]\n{}\n\n[user]\n{}\n\n[{} tokens]",
        prompt.system, prompt.user, prompt.answer_tokens
    )
}

#[test]
fn the_prompts_read_well() {
    for (name, json) in [
        (
            "questions",
            r#"{"task":"questions","prompt":"an app for my plants"}"#,
        ),
        (
            "proposals",
            r#"{"task":"proposals","prompt":"an app for my plants","count":3,"answers":[{"question":"Who uses it?","chosen":["Only me"]},{"question":"What do you need?","chosen":["Watering plan","Photos"]},{"question":"Skipped?","chosen":[]}]}"#,
        ),
        (
            "proposals-one",
            r#"{"task":"proposals","prompt":"an app for my plants","count":1}"#,
        ),
        (
            "enhance",
            r#"{"task":"enhance","prompt":"an app for my plants"}"#,
        ),
        (
            "enhance-change",
            r#"{"task":"enhance","prompt":"make it nicer","paths":["src/App.tsx","src/components/Plant.tsx"]}"#,
        ),
        (
            "suggestions",
            r#"{"task":"suggestions","prompt":"an app for my plants","summary":"A list of plants with the days until the next watering.","paths":["src/App.tsx","src/components/Plant.tsx"]}"#,
        ),
    ] {
        let request: AskRequest = serde_json::from_str(json).expect("a request");
        insta::assert_snapshot!(format!("ask-{name}"), shown(&prompt(&request)));
    }
}

#[test]
fn a_long_request_stays_whole_where_it_is_rewritten() {
    let long = "word ".repeat(3_000);
    let request = |task: &str| {
        serde_json::from_str::<AskRequest>(&format!(r#"{{"task":"{task}","prompt":"{long}"}}"#))
            .expect("a request")
    };
    assert!(prompt(&request("questions")).user.len() < 7_000);
    let enhance = prompt(&request("enhance"));
    assert!(enhance.user.contains(long.trim()));
    assert!(enhance.user.contains("at most 3000 words"));
}

#[test]
fn an_accepted_proposal_is_told_without_its_empty_parts() {
    let mut proposal = Proposal {
        title: "Window sill".to_owned(),
        summary: "Plants by window.".to_owned(),
        data: vec![DataItem {
            name: "Plant".to_owned(),
            fields: vec!["name".to_owned(), " ".to_owned(), "last watered".to_owned()],
        }],
        screens: vec![Screen {
            name: "Sill".to_owned(),
            purpose: "all plants".to_owned(),
        }],
        interactions: vec!["Tap a plant to water it".to_owned()],
        look: "leaf green on white".to_owned(),
    };
    insta::assert_snapshot!("ask-proposal-text", proposal_text(&proposal));
    let reread = read(
        &serde_json::from_str(r#"{"task":"proposals","prompt":"x","count":1}"#).expect("a request"),
        &proposal_text(&proposal).replace("Build it like this", "PROPOSAL"),
    );
    assert!(reread.is_ok());

    proposal.summary.clear();
    proposal.data.clear();
    proposal.screens[0].name = " ".to_owned();
    proposal.look = "\n".to_owned();
    assert_eq!(
        proposal_text(&proposal),
        "Build it like this: Window sill\nInteractions:\n- Tap a plant to water it\n"
    );
}

#[test]
fn skipped_questions_are_not_told() {
    let answer = |chosen: &[&str]| Answer {
        question: "Who?".to_owned(),
        chosen: chosen.iter().map(|&text| text.to_owned()).collect(),
    };
    assert_eq!(answers_text(&[]), "");
    assert_eq!(answers_text(&[answer(&[]), answer(&[" "])]), "");
    assert_eq!(
        answers_text(&[answer(&["me", "you"]), answer(&[])]),
        "Answers to questions about it:\n- Who? me, you\n\n"
    );
}

#[test]
fn short_requests_without_features_are_vague() {
    for vague in [
        "",
        "todo app",
        "an app for my plants",
        "a budget tracker",
        "app with login",
        "Eine App für meinen Garten",
        "I want something nice that helps my family to stay organised every day",
        "做一个记账应用",
    ] {
        assert!(is_vague(vague), "{vague}");
    }
    for clear in [
        "a todo list with tags",
        "Ein Kanban-Board mit Spalten und Filtern",
        "una lista de compras con categorías",
        "expenses: amount, category, date",
        "A timer\n- 25 minutes\n- sound",
        "A trip planner: days side by side, drag activities between them, costs per day and in total, and a packing list.",
        "I cook for six people every Sunday and never know what I have left so show me what expires first and which recipe uses it",
        "一个记账应用，可以按类别记录支出，显示每月图表，设置预算",
    ] {
        assert!(!is_vague(clear), "{clear}");
    }
}
