//! Modules that await, and decorators: what the runtime is told and given for
//! them, and what it is not for apps without.

use publish::{Options, Site};
use serde_json::json;

use crate::support::{publish, run_one, text};

const FAILURE: &str = "Something went wrong. Reload the page to try again.";

fn site(pairs: &[(&str, &str)]) -> Site {
    publish(pairs, &Options::default())
}

const LOG: (&str, &str) = ("src/log.ts", "export const log: string[] = [];");

#[test]
fn importers_wait_and_those_side_by_side_dont() {
    let site = site(&[
        LOG,
        (
            "src/main.ts",
            "import { log } from './log'; import './slow'; import './beside'; import { value } from './above'; log.push('main'); export { log, value };",
        ),
        (
            "src/slow.ts",
            "import { log } from './log'; log.push('slow'); await new Promise((done) => setTimeout(done, 5)); log.push('slow!');",
        ),
        (
            "src/beside.ts",
            "import { log } from './log'; log.push('beside');",
        ),
        (
            "src/above.ts",
            "import { log } from './log'; import './slow'; log.push('above'); export const value = await 1;",
        ),
    ]);
    let run = run_one(&site);
    assert_eq!(
        run.exports,
        Some(json!({ "log": ["slow", "beside", "slow!", "above", "main"], "value": 1 })),
        "{run:?}"
    );
    // `beside` and `log` wait for nothing.
    let app = text(&site, "assets/app-", ".js");
    assert_eq!(app.matches("},[\"").count(), 2 + 1, "{app}");
}

#[test]
fn a_chunk_that_awaits_is_there_when_it_is_done() {
    let site = site(&[
        (
            "src/main.ts",
            "export const both = Promise.all([import('./a'), import('./b')]).then(([a, b]) => [a.value, b.value]);",
        ),
        (
            "src/a.ts",
            "import { shared } from './shared'; export const value = `a ${shared}`;",
        ),
        (
            "src/b.ts",
            "import { shared } from './shared'; export const value = `b ${shared} ${await Promise.resolve('late')}`;",
        ),
        (
            "src/shared.ts",
            "export let shared = ''; await null; shared = 'shared';",
        ),
    ]);
    assert!(
        site.files
            .keys()
            .any(|path| path.starts_with("assets/shared-"))
    );
    let run = run_one(&site);
    let both = json!({ "both": ["a shared", "b shared late"] });
    assert_eq!(run.exports, Some(both), "{run:?}");
}

#[test]
fn a_failure_behind_an_await_is_told_in_a_sentence() {
    for main in [
        "await null; throw new Error('on purpose');",
        "import './late'; export const never = 1;",
    ] {
        let late = "await null; throw new Error('on purpose');";
        let run = run_one(&site(&[("src/main.ts", main), ("src/late.ts", late)]));
        assert_eq!(run.error.as_deref(), Some("Error: on purpose"), "{main}");
        assert_eq!(run.message, FAILURE, "{main}");
    }
    let plain = run_one(&site(&[("src/main.ts", "throw new Error('on purpose');")]));
    assert_eq!(plain.message, FAILURE);
    let caught = "export const text = import('./late').catch((error) => error.message);";
    let late = "await null; throw new Error('on purpose');";
    let run = run_one(&site(&[("src/main.ts", caught), ("src/late.ts", late)]));
    assert_eq!(
        run.exports,
        Some(json!({ "text": "on purpose" })),
        "{run:?}"
    );
    assert_eq!(run.message, "");
}

const STANDARD: &str = "const twice = (method, context) => function (...given) { return [context.name, method.call(this, ...given) * 2]; };
class Counter { @twice count(n) { return n; } }
export const counted = new Counter().count(4);";

#[test]
fn decorators_come_with_what_they_call() {
    let legacy = "const named = (name: string) => (target: any) => { target.title = name; };
const key = (target: any, name: string) => { target.keys = [...(target.keys ?? []), name]; };
@named('rows') class Rows { @key size = 1; @key open() {} }
export const legacy = [(Rows as any).title, (Rows.prototype as any).keys];";
    let options = "{ \"compilerOptions\": { \"experimentalDecorators\": true } }";
    let run = run_one(&site(&[
        ("tsconfig.json", options),
        ("src/main.ts", legacy),
    ]));
    let expected = json!({ "legacy": ["rows", ["size", "open"]] });
    assert_eq!(run.exports, Some(expected), "{run:?}");

    // Also in a module that loads later, with a name like the runtime's.
    let later = format!("const __cumulet = 1;\n{STANDARD}\nexport const own = __cumulet;");
    let site = site(&[
        (
            "src/main.ts",
            "export const later = import('./later').then(({ counted, own }) => [counted, own]);",
        ),
        ("src/later.js", &later),
    ]);
    let run = run_one(&site);
    let expected = json!({ "later": [["count", 8], 1] });
    assert_eq!(run.exports, Some(expected), "{run:?}");
}

#[test]
fn an_app_without_them_pays_nothing() {
    let plain = site(&[
        LOG,
        (
            "src/main.ts",
            "import { log } from './log'; export const decorate = async () => { await null; log.push('decorate'); };",
        ),
    ]);
    assert_eq!(text(&plain, "assets/runtime-", ".js"), "/* runtime */");
    let app = text(&plain, "assets/app-", ".js");
    assert!(!app.contains("},["), "{app}");
    let decorated = site(&[("src/main.js", STANDARD)]);
    assert_eq!(
        text(&decorated, "assets/runtime-", ".js"),
        "/* runtime */\n/* decorators */"
    );
}
