//! Every code that a diagnostic can have. `docs/diagnostics.md` is made from
//! this table, and the tests keep it complete: each code is shown by a fixture,
//! and each diagnostic of a fixture is in here.

use protocol::bundle::Severity;
use protocol::bundle::Severity::{Error, Warning};

/// What a code stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Stable, kebab-case.
    pub name: &'static str,
    /// Those that it can have, the usual one first.
    pub severities: &'static [Severity],
    /// What is wrong, one sentence.
    pub meaning: &'static str,
    /// What to do, one sentence.
    pub next_step: &'static str,
    /// Fixture that shows it, below `tests/fixtures`; absent for limits, which
    /// need more than a fixture should hold, and for codes of other parts.
    pub fixture: Option<&'static str>,
    /// File outside of this crate that makes it, from the root of the repository.
    pub made_in: Option<&'static str>,
}

/// Declares a constant for each code, unless other parts than the checks make
/// it (`_`), and the table of all.
macro_rules! codes {
    ($($constant:tt $name:literal [$($severity:ident),+] $fixture:expr, $made_in:expr, $meaning:literal, $next_step:literal;)+) => {
        $(pub(crate) const $constant: &str = $name;)+

        /// All codes, sorted by name.
        pub const CODES: &[Code] = &[$(Code {
            name: $name,
            severities: &[$($severity),+],
            meaning: $meaning,
            next_step: $next_step,
            fixture: $fixture,
            made_in: $made_in,
        }),+];
    };
}

codes! {
    APP_TOO_LARGE "app-too-large" [Error] None, None,
        "The app has too many files, or too many bytes.",
        "Remove files that aren't needed, largest first.";
    _ "assign-to-import" [Error] Some("diagnostics/assign_to_import"), None,
        "An imported name is assigned to.",
        "Export a function from its module that sets it, or keep the value in state.";
    BLOCKED_PACKAGE "blocked-package" [Error, Warning] Some("diagnostics/packages"), None,
        "A package is known, and can't be used here; a warning where the import is never used as a value.",
        "Use what the message names in its place; where the names are the same, a fix rewrites the import.";
    DUPLICATE_IMPORT "duplicate-import" [Warning, Error] Some("diagnostics/duplicate_imports"), None,
        "Two imports declare the same name: a warning for the same thing twice, an error for two things.",
        "Remove one of them, or rename one with `as`; a fix removes a repeated one.";
    DUPLICATE_NAME "duplicate-name" [Error] Some("diagnostics/duplicate_names"), None,
        "One scope declares a name twice, or a module exports one twice.",
        "Rename one of them, or remove the one that isn't needed.";
    DYNAMIC_CODE "dynamic-code" [Error] Some("diagnostics/dynamic_code"), None,
        "Code made from text (`eval`, `new Function`, timers with text), scripts by address, workers.",
        "Write the code as a function.";
    _ "dynamic-import" [Error] Some("diagnostics/dynamic_code"), None,
        "`import(…)` of something that isn't a plain string.",
        "List the choices, each with an `import(\"…\")` of its own.";
    FILE_TOO_LARGE "file-too-large" [Error] None, None,
        "A file has more bytes than a file may have.",
        "Split it, or keep its data in fewer rows.";
    HTML_ATTRIBUTE "html-attribute" [Warning] Some("diagnostics/html_attributes"), None,
        "An attribute is written as in HTML, and React knows it by another name.",
        "Apply the fix, which writes React's name.";
    INVALID_ASSET "invalid-asset" [Error] Some("assets/problems"), None,
        "A file with the ending of a picture, font or the like holds something else.",
        "Add the file from the device again.";
    INVALID_PATH "invalid-path" [Error] Some("diagnostics/outside_project"), None,
        "A path leads out of the project, or isn't one.",
        "Import files of the project only, and name files like src/components/Name.tsx.";
    MISSING_FILE "missing-file" [Error, Warning] Some("diagnostics/missing_file"), None,
        "There is no file for an import; a warning where markup or a style sheet names its address.",
        "Create the file, or name the one that the message offers.";
    NATIVE_MODULE "native-module" [Error, Warning] Some("diagnostics/native_modules"), None,
        "A `.node` file is imported: machine code for Node.",
        "Remove the import: use what the browser has, or an approved package.";
    NO_DEFAULT_EXPORT "no-default-export" [Error] Some("diagnostics/no_default_export"), None,
        "The file that the app starts with has no default export to show.",
        "Export the component as default.";
    NO_ENTRY "no-entry" [Error] Some("diagnostics/no_entry"), None,
        "The app has no file to start with.",
        "Create src/App.tsx with a component as its default export, or src/main.tsx.";
    NODE_BUILTIN "node-builtin" [Error, Warning] Some("diagnostics/node_builtins"), None,
        "A module of Node is imported, which doesn't exist in a browser.",
        "Use what the browser has in its place, as the message says.";
    _ "package-list" [Error] None, Some("runtime-deps/src/workers/builds.ts"),
        "The list of what a package exports, or the ready kit, couldn't be loaded.",
        "Check the connection; the next change tries again.";
    PRIVATE_VARIABLE "private-variable" [Warning] Some("env/private"), None,
        "A variable of `.env` that reaches the app takes its value from one that may not.",
        "Write the value itself, if everybody may read it.";
    REQUIRE_CALL "require-call" [Error] Some("diagnostics/dynamic_code"), None,
        "`require(…)` is called, which doesn't exist in a browser module.",
        "Import at the top of the file instead.";
    SCRIPT_URL "script-url" [Warning] Some("diagnostics/script_urls"), None,
        "A `javascript:` address, which does nothing.",
        "Use a button with onClick.";
    STYLE_TEXT "style-text" [Error] Some("diagnostics/style_texts"), None,
        "The attribute `style` is a text, as in HTML; React throws when it renders the element.",
        "Apply the fix, which writes an object, or use Tailwind classes.";
    SYNTAX "syntax" [Error] Some("diagnostics/syntax"), None,
        "The text isn't code, JSON or CSS as far as the marked place.",
        "Look at the marked place and just before it; a fix removes what a language model wrote around the code.";
    _ "tailwind" [Error] None, Some("runtime-deps/src/workers/builds.ts"),
        "Tailwind's compiler refused the app's style sheets.",
        "Look at the @apply, @theme and @import lines.";
    TOO_DEEP "too-deep" [Error] Some("diagnostics/too_deep"), None,
        "Code is nested deeper than the compiler's stack can bear.",
        "Split it: move inner parts into functions, components or arrays of their own.";
    UNDECLARED_EXPORT "undeclared-export" [Error] Some("diagnostics/undeclared_export"), None,
        "A name is exported that nothing declares.",
        "Declare it in the file, import it, or remove it from the export.";
    UNDECLARED_NAME "undeclared-name" [Warning] Some("diagnostics/undeclared_names"), None,
        "A component or hook is used, and nothing declares it.",
        "Import it: a fix writes the import where a package or a file of the project exports that name.";
    UNKNOWN_CLASS "unknown-class" [Error, Warning] Some("css_modules/problems"), None,
        "`composes` names a class that isn't there.",
        "Correct the name, or add the class.";
    UNKNOWN_EXPORT "unknown-export" [Error, Warning] Some("diagnostics/unknown_package_exports"), None,
        "A name is imported that the other side doesn't export; a warning where a namespace's member is read.",
        "Apply a fix: the nearest names, or the default export for a named one and the other way round.";
    UNKNOWN_PACKAGE "unknown-package" [Error, Warning] Some("diagnostics/packages"), None,
        "A package is imported that nobody has approved.",
        "Use an approved package, or write the few functions that you need in src/lib.";
    UNSUPPORTED_CONFIG "unsupported-config" [Warning] Some("config/unreadable"), None,
        "A setting of `vite.config`, `tailwind.config` or `tsconfig.json` can't be read, or not be honoured.",
        "Write it as plain data; configuration files aren't run.";
    UNSUPPORTED_CSS "unsupported-css" [Warning, Error] Some("css_modules/problems"), None,
        "CSS that isn't honoured here.",
        "Write it as the message says.";
    UNSUPPORTED_FILE "unsupported-file" [Error, Warning] Some("diagnostics/unsupported_files"), None,
        "A file of this kind can't be imported, or not in this way.",
        "Put texts into a .ts file as a string; import style sheets without names.";
    UNSUPPORTED_HTML "unsupported-html" [Warning] Some("html/document"), None,
        "Something in `index.html` that the frame leaves out, such as scripts and style sheets from the network.",
        "Put the file into the project, or use an approved package.";
    UNSUPPORTED_QUERY "unsupported-query" [Error] Some("assets/problems"), None,
        "An import asks for a file in a form that isn't made here, such as `?worker`.",
        "Use `?raw`, `?url` or `?react`, or import the file itself.";
    UNSUPPORTED_SYNTAX "unsupported-syntax" [Error] Some("diagnostics/unsupported_syntax"), None,
        "Syntax that has no form in the frame: `import … = require(…)`, `export =`, decorators where they can't stand.",
        "Write what the message names in its place.";
    URL_IMPORT "url-import" [Error, Warning] Some("diagnostics/urls"), None,
        "Code is imported by address; a warning in a style sheet.",
        "Import an approved package by its name, or put the file into the project.";
}
