import { ESCAPES } from "../vectors/escape";
import { EXFILTRATION } from "../vectors/exfiltration";
import { PROMPTS } from "../vectors/prompts";
import { CHECKLIST } from "./checklist";
import type { Case } from "./rows";

/** What a row came to. */
export interface RowState {
  id: string;
  state: "passed" | "failed" | "residual" | "not yet";
  cases: number;
}

/** The state of each row: the worst of its cases. */
export function states(cases: readonly Case[]): RowState[] {
  return CHECKLIST.map(({ id }) => {
    const own = cases.filter(({ row }) => row === id);
    const has = (state: Case["state"]) => own.some((one) => one.state === state);
    const tried = has("residual") ? "residual" : "passed";
    return { id, state: own.length === 0 ? "not yet" : has("failed") ? "failed" : tried, cases: own.length };
  });
}

const HEAD = `# Security tests

Made by the red team's run; written anew by \`CUMULET_REDTEAM_DOCS=1 cargo xtask test --only redteam\`. What the tests defend, and what stays open, is in [security.md](security.md).

Every case is tried from inside an app in the studio, in a real browser and a network of its own, with a receiver that hears name lookups, TCP and UDP. The attacks of the E, X and D10 rows are first tried where nothing is in the way: those that work there are **proven** to be attacks, the others (in brackets) didn't fire there either, so their silence in the studio says less. "Older" marks those that still get something out in browsers without \`Connection-Allowlist\`, and "walls" those that only the frame's guards stop, not its policies.

`;

/** The document, from the results. Figures are left out: they differ from run to run. */
export function document(cases: readonly Case[], proven: Record<string, string[]>): string {
  const rows = states(cases);
  const count = (state: RowState["state"]) => rows.filter((row) => row.state === state).length;
  const sum = `${cases.length} cases in ${rows.length} rows: ${count("passed")} rows passed, ${count("residual")} with a known residual risk, ${count("not yet")} not tried here.\n\n`;
  const lines = CHECKLIST.map(({ id, attack, expected, notYet }) => {
    const own = cases.filter(({ row }) => row === id);
    const state = rows.find((row) => row.id === id)?.state ?? "not yet";
    const names = own
      .map(({ row, name }) => nameWith(name, proven[`${row} ${name}`], isVector(row, name)))
      .join(", ");
    const reasons = own
      .filter((one) => one.state === "residual")
      .map(({ name, detail }) => `Residual, ${name}: ${detail}.`);
    const remarks = [names, ...reasons, notYet === undefined ? "" : `Not here: ${notYet}`]
      .filter(Boolean)
      .join("<br>");
    return `| ${id} | ${attack} | ${expected} | ${state} | ${remarks.replaceAll("|", "\\|")} |`;
  });
  return `${HEAD}${sum}| row | attack | expected | result | cases |\n|---|---|---|---|---|\n${lines.join("\n")}\n`;

  function nameWith(name: string, settings: string[] | undefined, vector: boolean): string {
    if (!vector) return name;
    const marks = [
      settings?.includes("older") ? "older" : "",
      settings?.includes("walls") ? "walls" : "",
    ].filter(Boolean);
    const shown = settings?.includes("bare") ? `**${name}**` : `(${name})`;
    return marks.length > 0 ? `${shown} [${marks.join(", ")}]` : shown;
  }
}

/** Cases that the control tries too. */
function isVector(row: string, name: string): boolean {
  return VECTORS.has(`${row} ${name}`);
}

const VECTORS = new Set([...ESCAPES, ...EXFILTRATION, ...PROMPTS].map(({ row, name }) => `${row} ${name}`));
