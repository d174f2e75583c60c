import { writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";
import { document, states } from "./document";
import type { Case, Figure } from "./rows";

const DOCUMENT = new URL("../../../docs/security-tests.md", import.meta.url);

/** Gathers what the tests noted: a record as JSON, and the document with the rows. */
export default class RedTeamReporter implements Reporter {
  private readonly cases: Case[] = [];
  private readonly figures: Figure[] = [];
  private proven: Record<string, string[]> = {};

  onTestEnd(_test: TestCase, result: TestResult): void {
    for (const { type, description = "" } of result.annotations) {
      if (type === "case") this.cases.push(JSON.parse(description) as Case);
      if (type === "figure") this.figures.push(JSON.parse(description) as Figure);
      if (type === "control") this.proven = JSON.parse(description) as Record<string, string[]>;
    }
  }

  onEnd(): void {
    const failed = this.cases.filter(({ state }) => state === "failed");
    const longest = (...rows: string[]) =>
      Math.max(
        0,
        ...this.figures
          .filter(({ name }) => rows.includes(name.slice(0, 3)) && !name.includes("until"))
          .map(({ ms }) => ms),
      );
    const record = {
      redteam_cases: this.cases.length,
      redteam_failed: failed.length,
      redteam_proven: this.cases.filter(({ row, name }) => this.proven[`${row} ${name}`]?.includes("bare"))
        .length,
      host_gap_loop_ms: longest("D01"),
      host_gap_flood_ms: longest("B09", "B11", "B12", "B18"),
      host_gap_memory_ms: longest("D03", "D09"),
      figures: this.figures,
      rows: states(this.cases),
    };
    console.log("");
    for (const { name, ms } of this.figures) console.log(`  ${name}: ${ms} ms`);
    for (const { row, name, detail } of failed) console.log(`  failed: ${row} ${name}: ${detail}`);
    console.log(
      `  ${this.cases.length} cases, ${failed.length} failed, ${record.redteam_proven} shown to work where nothing is in the way`,
    );
    const place = process.env.CUMULET_REDTEAM_JSON;
    if (place) writeFileSync(place, `${JSON.stringify(record, null, 2)}\n`);
    if (process.env.CUMULET_REDTEAM_DOCS !== "1") return;
    writeFileSync(DOCUMENT, document(this.cases, this.proven));
  }
}
