// Answers of TypeScript's language service about a project, cut down to what
// the editor shows.

import ts from "typescript";
import { packageNameOf } from "./declarations.ts";
import type { Answers, Completion, Completions, Detail, Edit, Finding, Hover, Question } from "./messages.ts";
import type { Project } from "./project.ts";

/** Completions that are sent at once; typing on asks anew. */
const MAX_COMPLETIONS = 200;

/** Letters from which on names are proposed that would have to be imported. */
const MIN_IMPORTED = 2;

/** Findings that the compiler has in its own words, or that are about files which nothing here has. */
const CANNOT_FIND_MODULE = new Set([2307, 2792, 7016]);
const CANNOT_FIND_TYPES = 2688;

/** The end of a text in which the name of a module is being written. */
const SPECIFIER = /\b(?:from|import|import\()\s*["']([^"'\n]*)$/;
/** Longest piece of text that is looked at for that. */
const MAX_IMPORT = 120;

const PREFERENCES: ts.UserPreferences = {
  quotePreference: "double",
  importModuleSpecifierPreference: "shortest",
  importModuleSpecifierEnding: "minimal",
  jsxAttributeCompletionStyle: "none",
};

const FORMAT: ts.FormatCodeSettings = {
  ...ts.getDefaultFormatCodeSettings("\n"),
  indentSize: 2,
  tabSize: 2,
  semicolons: ts.SemicolonPreference.Insert,
};

/** What is known of packages without their declarations. */
export interface Packages {
  /** All that an app may import. */
  readonly specifiers: ReadonlySet<string>;
  /** Whether there are declarations of this package. */
  has(name: string): boolean;
}

export class Service {
  #service: ts.LanguageService;
  readonly #registry = ts.createDocumentRegistry(true, "/");

  constructor(
    readonly project: Project,
    readonly packages: Packages,
  ) {
    this.#service = ts.createLanguageService(project, this.#registry);
  }

  /** Begins anew, after TypeScript threw: it may be in a state that it can't go on from. */
  renew(): void {
    this.#service.dispose();
    this.#service = ts.createLanguageService(this.project, this.#registry);
    this.project.declarationsChanged();
  }

  answer(question: Exclude<Question, { kind: "checkAll" }>): Answers[keyof Answers] {
    this.#program();
    const path = `/${question.path}`;
    if (!this.project.has(path) || !this.#program()?.getSourceFile(path))
      return question.kind === "check" ? [] : null;
    switch (question.kind) {
      case "complete":
        return this.#complete(path, question.offset);
      case "detail":
        return this.#detail(path, question);
      case "hover":
        return this.#hover(path, question.offset);
      case "check":
        return this.check(path);
    }
  }

  /** Type errors of one file. None while it doesn't parse: the compiler says so, and what follows is guesswork. */
  check(path: string): Finding[] {
    const file = this.#program()?.getSourceFile(path);
    if (!file || this.#service.getSyntacticDiagnostics(path).length > 0) return [];
    return this.#service
      .getSemanticDiagnostics(path)
      .filter((diagnostic) => diagnostic.category === ts.DiagnosticCategory.Error && this.#isOurs(diagnostic))
      .map((diagnostic) => finding(file, diagnostic));
  }

  #program(): ts.Program | undefined {
    const program = this.#service.getProgram();
    this.project.settled();
    return program;
  }

  /** Whether this isn't the compiler's to report: packages that aren't approved, files that aren't there. */
  #isOurs({ code, file, start = 0, length = 0 }: ts.Diagnostic): boolean {
    if (code === CANNOT_FIND_TYPES) return false;
    if (!CANNOT_FIND_MODULE.has(code)) return true;
    const specifier = file?.text.slice(start + 1, start + length - 1) ?? "";
    return this.packages.specifiers.has(specifier) && this.packages.has(packageNameOf(specifier));
  }

  #complete(path: string, offset: number): Completions | null {
    const text = this.project.textOf(path) ?? "";
    const specifier = SPECIFIER.exec(text.slice(Math.max(0, offset - MAX_IMPORT), offset))?.[1];
    if (specifier !== undefined && !/^[./~]|^@\//.test(specifier)) return this.#packages(specifier, offset);
    const word = text.slice(wordStart(text, offset), offset);
    const found = this.#service.getCompletionsAtPosition(path, offset, {
      ...PREFERENCES,
      // Of hundreds of modules every name: slow, and of no use without letters to choose by.
      includeCompletionsForModuleExports: word.length >= MIN_IMPORTED,
      includeCompletionsWithInsertText: true,
      allowIncompleteCompletions: true,
    });
    if (!found) return null;
    const from = found.optionalReplacementSpan?.start ?? offset - word.length;
    const typed = text.slice(from, offset);
    const fitting = found.entries
      .filter(
        (entry) => !this.#isForeign(entry) && (ownStart(entry) !== undefined || fits(typed, entry.name)),
      )
      .sort(
        (a, b) =>
          order(typed, a) - order(typed, b) || compare(a.sortText, b.sortText) || compare(a.name, b.name),
      );
    return {
      from,
      list: fitting.slice(0, MAX_COMPLETIONS).map((entry) => completion(entry, from)),
      isCut: fitting.length > MAX_COMPLETIONS || found.isIncomplete === true,
    };
  }

  /** Packages whose names begin so; TypeScript knows only those that are imported already. */
  #packages(beginning: string, offset: number): Completions {
    const names = [...this.packages.specifiers].filter((name) => name.startsWith(beginning)).sort();
    const list = names.map((name) => ({ name, type: "namespace", sort: "11" }));
    return { from: offset - beginning.length, list, isCut: false };
  }

  /** Whether a completion would import what an app may not. */
  #isForeign({ source, data }: ts.CompletionEntry): boolean {
    if (source === undefined) return false;
    const specifier = data?.moduleSpecifier ?? source;
    if (specifier.startsWith("/node_modules/")) return true;
    return (
      /^[@\w]/.test(specifier) && !specifier.startsWith("@/") && !this.packages.specifiers.has(specifier)
    );
  }

  #detail(
    path: string,
    { offset, name, source, data }: Extract<Question, { kind: "detail" }>,
  ): Detail | null {
    const found = this.#service.getCompletionEntryDetails(
      path,
      offset,
      name,
      FORMAT,
      source,
      PREFERENCES,
      data as ts.CompletionEntryData | undefined,
    );
    if (!found) return null;
    const edits: Edit[] = (found.codeActions ?? [])
      .flatMap(({ changes }) => changes)
      .filter(({ fileName }) => fileName === path)
      .flatMap(({ textChanges }) => textChanges)
      .map(({ span, newText }) => ({ from: span.start, to: span.start + span.length, insert: newText }));
    return {
      signature: ts.displayPartsToString(found.displayParts),
      docs: docsOf(found.documentation, found.tags),
      edits,
    };
  }

  #hover(path: string, offset: number): Hover | null {
    const found = this.#service.getQuickInfoAtPosition(path, offset);
    if (!found) return null;
    return {
      from: found.textSpan.start,
      to: found.textSpan.start + found.textSpan.length,
      signature: ts.displayPartsToString(found.displayParts),
      docs: docsOf(found.documentation, found.tags),
    };
  }
}

/** Where the name that ends at an offset begins. */
function wordStart(text: string, offset: number): number {
  let from = offset;
  while (from > 0 && /[\w$\u00a1-\uffff]/.test(text[from - 1] ?? "")) from--;
  return from;
}

/** Whether the letters typed so far stand in a name in this order, the first of them in front or after a hump. */
function fits(word: string, name: string): boolean {
  const wanted = word.toLowerCase();
  const given = name.toLowerCase();
  let at = -1;
  for (const letter of wanted) {
    at = given.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return wanted === "" || given.startsWith(wanted[0] ?? "") || given.includes(wanted);
}

/** What begins with the word comes before what only holds its letters; what needs no import before what does. */
function order(word: string, { name, source }: ts.CompletionEntry): number {
  const imported = source === undefined ? 0 : 1;
  if (name.startsWith(word)) return imported;
  return name.toLowerCase().startsWith(word.toLowerCase()) ? 2 + imported : 4 + imported;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Where this one begins, when it says so itself: names in quotes, paths. */
function ownStart({ replacementSpan }: ts.CompletionEntry): number | undefined {
  return replacementSpan?.start;
}

function completion(entry: ts.CompletionEntry, usual: number): Completion {
  const { name, kind, sortText, insertText, source, data } = entry;
  const from = ownStart(entry) ?? usual;
  return {
    name,
    type: typeOf(kind),
    sort: sortText,
    ...(from === usual ? {} : { from }),
    ...(insertText === undefined || insertText === name ? {} : { insert: insertText }),
    ...(source === undefined ? {} : { module: data?.moduleSpecifier ?? source, source, data }),
  };
}

/** TypeScript's kinds as CodeMirror draws them. */
function typeOf(kind: ts.ScriptElementKind): string {
  switch (kind) {
    case ts.ScriptElementKind.functionElement:
    case ts.ScriptElementKind.localFunctionElement:
      return "function";
    case ts.ScriptElementKind.memberFunctionElement:
    case ts.ScriptElementKind.callSignatureElement:
      return "method";
    case ts.ScriptElementKind.memberVariableElement:
    case ts.ScriptElementKind.memberGetAccessorElement:
    case ts.ScriptElementKind.memberSetAccessorElement:
    case ts.ScriptElementKind.jsxAttribute:
      return "property";
    case ts.ScriptElementKind.classElement:
    case ts.ScriptElementKind.localClassElement:
      return "class";
    case ts.ScriptElementKind.interfaceElement:
      return "interface";
    case ts.ScriptElementKind.typeElement:
    case ts.ScriptElementKind.typeParameterElement:
    case ts.ScriptElementKind.primitiveType:
      return "type";
    case ts.ScriptElementKind.enumElement:
    case ts.ScriptElementKind.enumMemberElement:
      return "enum";
    case ts.ScriptElementKind.moduleElement:
    case ts.ScriptElementKind.externalModuleName:
      return "namespace";
    case ts.ScriptElementKind.keyword:
      return "keyword";
    case ts.ScriptElementKind.constElement:
      return "constant";
    case ts.ScriptElementKind.string:
    case ts.ScriptElementKind.scriptElement:
    case ts.ScriptElementKind.directory:
      return "text";
    default:
      return "variable";
  }
}

/** A comment as text: its words, then its tags. */
function docsOf(
  documentation: readonly ts.SymbolDisplayPart[] = [],
  tags: readonly ts.JSDocTagInfo[] = [],
): string {
  const words = ts.displayPartsToString([...documentation]);
  const lines = tags
    .filter(({ name }) => name !== "template")
    .map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`.trim());
  return [words, lines.join("\n")].filter((part) => part !== "").join("\n\n");
}

function finding(file: ts.SourceFile, { code, messageText, start = 0, length = 0 }: ts.Diagnostic): Finding {
  const from = file.getLineAndCharacterOfPosition(start);
  const to = file.getLineAndCharacterOfPosition(start + length);
  return {
    path: file.fileName.slice(1),
    code,
    message: ts.flattenDiagnosticMessageText(messageText, "\n"),
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}
