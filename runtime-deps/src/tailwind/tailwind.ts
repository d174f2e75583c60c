/**
 * The official Tailwind compiler, for the bundler worker: class candidates in,
 * CSS out. It loads nothing: Tailwind's own style sheets are inside, plugins
 * and other style sheets are refused with a message for the person.
 */
import { compile } from "tailwindcss";
import preflightCss from "tailwindcss/preflight.css" with { type: "text" };
import themeCss from "tailwindcss/theme.css" with { type: "text" };
import utilitiesCss from "tailwindcss/utilities.css" with { type: "text" };

/** Compiles style sheets; keeps what it has learned about each between calls. */
export interface TailwindCompiler {
  /**
   * Makes the CSS of a style sheet and of the utilities that `candidates` name.
   * Words that are no utilities are left out silently.
   *
   * @param css style sheet with Tailwind's directives, usually `@import "tailwindcss";`
   * @param candidates everything in the project that could be a class name
   * @throws Error whose message names the mistake in `css` and, where it is known, the line
   */
  compile(css: string, candidates: string[]): Promise<string>;
}

type Build = (candidates: string[]) => string;

interface Sheet {
  build: Build;
  known: Set<string>;
  /** What `build` gave last. */
  output: string;
}

/** Style sheets kept ready: the current one, and those before it for undo. */
const MAX_SHEETS = 4;

/**
 * Tailwind never forgets a candidate, so deleted classes stay in the CSS. A
 * sheet is compiled anew when this many candidates are no longer in use.
 */
const MAX_STALE_CANDIDATES = 500;

const THEME = '@layer theme, base, components, utilities;\n@import "tailwindcss/theme" layer(theme);\n';
const PREFLIGHT = '@import "tailwindcss/preflight" layer(base);\n';
const UTILITIES = '@import "tailwindcss/utilities" layer(utilities);\n';

const STYLE_SHEETS = new Map([
  ["tailwindcss", THEME + PREFLIGHT + UTILITIES],
  ["tailwindcss/theme", themeCss],
  ["tailwindcss/preflight", preflightCss],
  ["tailwindcss/utilities", utilitiesCss],
]);

/** Makes a compiler with an empty memory. */
export function createCompiler(): TailwindCompiler {
  // In order of last use, the oldest first.
  const sheets = new Map<string, Sheet>();
  return {
    async compile(css, candidates) {
      let sheet = sheets.get(css);
      if (sheet === undefined || hasManyStale(sheet, candidates)) sheet = await prepare(css);
      sheets.delete(css);
      sheets.set(css, sheet);
      for (const oldest of sheets.keys()) {
        if (sheets.size <= MAX_SHEETS) break;
        sheets.delete(oldest);
      }
      return addCandidates(sheet, candidates);
    },
  };
}

function hasManyStale({ known }: Sheet, candidates: string[]): boolean {
  if (known.size <= MAX_STALE_CANDIDATES) return false;
  const used = new Set(candidates);
  let stale = 0;
  for (const candidate of known) if (!used.has(candidate)) stale += 1;
  return stale > MAX_STALE_CANDIDATES;
}

function addCandidates(sheet: Sheet, candidates: string[]): string {
  const fresh = candidates.filter((candidate) => !sheet.known.has(candidate));
  if (fresh.length > 0 || sheet.output === "") {
    sheet.output = sheet.build(fresh);
    for (const candidate of fresh) sheet.known.add(candidate);
  }
  return sheet.output;
}

async function prepare(css: string): Promise<Sheet> {
  const source = withoutOldDirectives(css);
  try {
    const { build } = await compile(source, { loadStylesheet, loadModule });
    return { build, known: new Set(), output: "" };
  } catch (error) {
    throw new Error(await describe(source, error));
  }
}

/**
 * Tailwind 4 ignores `@tailwind base` and `@tailwind components` of version 3,
 * which many projects and models still write, and would leave out the reset.
 * Lines keep their numbers.
 */
function withoutOldDirectives(css: string): string {
  if (!/@tailwind\s+(base|components|preflight)\b/.test(css)) return css;
  return css
    .replace(/@tailwind\s+(base|preflight)\s*;/, (THEME + PREFLIGHT).replaceAll("\n", " "))
    .replace(/@tailwind\s+components\s*;/, "");
}

async function loadStylesheet(id: string, base: string) {
  const content = STYLE_SHEETS.get(id.replace(/(\/index)?\.css$/, ""));
  if (content === undefined) {
    throw new Error(
      `@import "${id}" can't be loaded: only "tailwindcss" can be imported in a style sheet. ` +
        "Import the project's other style sheets from a module.",
    );
  }
  return { path: id, base, content };
}

async function loadModule(id: string, _base: string, kind: "plugin" | "config"): Promise<never> {
  throw new Error(
    `@${kind} "${id}" can't be loaded: Tailwind runs without ${kind === "plugin" ? "plugins" : "a configuration file"}. ` +
      "Write @theme, @utility or plain CSS in the style sheet instead.",
  );
}

/** A sentence about a compile error, with the line when the syntax is at fault. */
async function describe(css: string, error: unknown): Promise<string> {
  const message = error instanceof Error ? error.message : String(error);
  const sentence = message
    .replace(/\.? Are you using CSS modules.*$/s, ". Use a class that Tailwind or @theme defines.")
    .trim();
  const line = await lineOf(css);
  return line === undefined ? sentence : `line ${line}: ${sentence}`;
}

/** Compiles once more with positions, which the usual way leaves out for speed. */
async function lineOf(css: string): Promise<number | undefined> {
  const from = "style.css";
  try {
    await compile(css, { from, loadStylesheet, loadModule });
  } catch (error) {
    const line = error instanceof Error ? /style\.css:(\d+)/.exec(error.message)?.[1] : undefined;
    return line === undefined ? undefined : Number(line);
  }
  return undefined;
}
