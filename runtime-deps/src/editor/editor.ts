// The code editor that the studio imports when code is first shown: CodeMirror
// behind a few functions. It knows no application state.

import { setDiagnostics as lint } from "@codemirror/lint";
import {
  Annotation,
  type ChangeSpec,
  Compartment,
  EditorState,
  type Extension,
  Prec,
} from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { assist, isScript } from "./assist.ts";
import { behaviour } from "./behaviour.ts";
import { comparison, countLines, goToChange, type LineCounts } from "./comparison.ts";
import { type EditorDiagnostic, Findings } from "./findings.ts";
import { Follower } from "./follower.ts";
import { languageOf } from "./languages.ts";
import { difference, offsetAt } from "./position.ts";
import { highlighting, themeOf } from "./theme.ts";
import { Types, type TypesOptions } from "./types.ts";

export interface EditorOptions {
  /** Text of the first file. */
  doc: string;
  /** Its project path, which decides the language. */
  path: string;
  dark: boolean;
  readOnly: boolean;
  /** TypeScript, which may come later or never. */
  types?: Types;
  /** Called with the whole text after each change by the person. */
  onChange: (text: string) => void;
  /** Called when the person presses Ctrl-S or Cmd-S. */
  onSave: () => void;
  /** Called when the person scrolls away from the end of a text that can't be changed, or back to it. */
  onFollow: (isAtEnd: boolean) => void;
}

/** Pause in typing after which types are checked, in milliseconds. */
const CHECK_DELAY_MS = 350;

export interface Editor {
  /** Shows a file, or new text of the file shown. Each file keeps its own history, cursor and folds. */
  setDoc(path: string, text: string): void;
  /** Adds text at the end of the file shown. */
  append(text: string): void;
  /** While on, the end stays in view when the text grows. */
  setFollow(isOn: boolean): void;
  /**
   * Marks what changed since an earlier text and shows the first change;
   * `undefined` ends that. Meanwhile the person changes nothing.
   */
  compare(before: string | undefined): LineCounts | undefined;
  /** Goes to the next marked change, or the previous one. */
  goToChange(step: 1 | -1): void;
  /** Replaces the compiler's findings of the file shown. */
  setDiagnostics(diagnostics: readonly EditorDiagnostic[]): void;
  /** Puts the cursor there, scrolls it into view and focuses the editor. */
  revealPosition(line: number, column: number): void;
  setDark(dark: boolean): void;
  setReadOnly(readOnly: boolean): void;
  getDoc(): string;
  focus(): void;
  destroy(): void;
}

/** Marks changes that come from the studio rather than from the person. */
const fromOutside = Annotation.define<boolean>();

/** Makes the page's end of the types worker, which several editors may share. */
export function createTypes(options: TypesOptions): Types {
  return new Types(options);
}

/** Makes an editor that fills `parent`. */
export function createEditor(parent: HTMLElement, options: EditorOptions): Editor {
  const theme = new Compartment();
  const access = new Compartment();
  const help = new Compartment();
  const marks = new Compartment();
  const { types } = options;
  const findings = new Findings();
  let { path, dark, readOnly } = options;
  let before: string | undefined;

  const shared: Extension = [
    behaviour(() => options.onSave()),
    highlighting,
    EditorView.updateListener.of((update) => {
      if (update.docChanged) findings.move(update.changes);
      if (update.geometryChanged) follower.toEnd();
      const outside = update.transactions.some((transaction) => transaction.annotation(fromOutside));
      if (update.docChanged && !outside) options.onChange(update.state.doc.toString());
    }),
  ];
  const accessOf = (value: boolean): Extension => [
    EditorState.readOnly.of(value),
    // A tab stop of its own: the scroller around it has none, and axe asks for one.
    EditorView.contentAttributes.of({ "aria-readonly": String(value), tabindex: "0" }),
  ];
  const marksOf = (text: string | undefined): Extension =>
    text === undefined ? [] : [comparison(text), Prec.high(accessOf(true))];
  // What the model is writing is not in the project yet.
  const helpOf = (file: string): Extension => assist(file, readOnly ? undefined : types);
  const makeState = (file: string, doc: string): EditorState =>
    EditorState.create({
      doc,
      extensions: [
        shared,
        languageOf(file),
        theme.of(themeOf(dark)),
        access.of(accessOf(readOnly)),
        help.of(helpOf(file)),
        marks.of([]),
        EditorView.contentAttributes.of({ "aria-label": `Code editor, ${file}` }),
      ],
    });

  /** States of the files shown before, with where they were scrolled to. */
  const shelf = new Map<string, { state: EditorState; scrollTop: number }>();
  const view = new EditorView({ state: makeState(path, options.doc), parent });
  const follower = new Follower(view, (isAtEnd) => {
    if (readOnly) options.onFollow(isAtEnd);
  });

  const configure = (): void => {
    view.dispatch({
      effects: [
        theme.reconfigure(themeOf(dark)),
        access.reconfigure(accessOf(readOnly)),
        help.reconfigure(helpOf(path)),
        marks.reconfigure(marksOf(before)),
      ],
    });
  };
  const showFindings = (): void => view.dispatch(lint(view.state, findings.all()));

  let timer: ReturnType<typeof setTimeout> | undefined;
  const checkTypes = async (): Promise<void> => {
    if (!types?.isReady || readOnly || !isScript(path)) return;
    const [file, { doc }] = [path, view.state];
    const found = await types.ask({ kind: "check", path }).answer;
    if (!found || path !== file || view.state.doc !== doc) return;
    findings.setTypes(doc, found);
    showFindings();
  };
  const checkTypesSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void checkTypes(), CHECK_DELAY_MS);
  };
  let hadTypes = types?.isReady ?? false;
  const forgetTypes = types?.listen(() => {
    if (types.isReady !== hadTypes) {
      hadTypes = types.isReady;
      view.dispatch({ effects: help.reconfigure(helpOf(path)) });
    }
    checkTypesSoon();
  });
  checkTypesSoon();

  const change = (changes: ChangeSpec): void => {
    view.dispatch({ changes, annotations: fromOutside.of(true) });
  };

  return {
    setDoc(file, text) {
      if (file !== path) {
        shelf.set(path, { state: view.state, scrollTop: view.scrollDOM.scrollTop });
        path = file;
        before = undefined;
        findings.clear();
        const kept = shelf.get(file);
        view.setState(kept?.state ?? makeState(file, text));
        // A state from the shelf still has the theme and the marks of its time.
        if (kept) configure();
        follower.scrollTo(kept?.scrollTop ?? 0);
        checkTypesSoon();
      }
      const shown = view.state.doc.toString();
      if (shown !== text) change(difference(shown, text));
    },
    append: (text) => change({ from: view.state.doc.length, insert: text }),
    setFollow(isOn) {
      follower.isOn = isOn;
      follower.toEnd();
    },
    compare(text) {
      if (text !== before) {
        before = text;
        view.dispatch({ effects: marks.reconfigure(marksOf(text)) });
        goToChange(view, 1, -1);
      }
      return text === undefined ? undefined : countLines(view.state);
    },
    goToChange: (step) => goToChange(view, step),
    setDiagnostics(diagnostics) {
      findings.setCompiler(view.state.doc, diagnostics);
      showFindings();
    },
    revealPosition(line, column) {
      const anchor = offsetAt(view.state.doc, line, column);
      view.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: "center" }),
      });
      view.focus();
    },
    setDark(value) {
      dark = value;
      configure();
    },
    setReadOnly(value) {
      if (readOnly === value) return;
      readOnly = value;
      configure();
      checkTypesSoon();
    },
    getDoc: () => view.state.doc.toString(),
    focus: () => view.focus(),
    destroy() {
      clearTimeout(timer);
      forgetTypes?.();
      view.destroy();
    },
  };
}
