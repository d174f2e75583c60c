import { expect, type TestInfo } from "@playwright/test";

/** What came of one case of a row. */
export interface Case {
  row: string;
  name: string;
  /** `residual`: it works, and docs/security.md says so. */
  state: "passed" | "failed" | "residual";
  detail: string;
}

/** Figures for the record, never for a verdict. */
export interface Figure {
  name: string;
  ms: number;
}

/** Notes results of one test where the reporter finds them. */
export class Rows {
  constructor(private readonly info: TestInfo) {}

  /** A case that must hold. The test goes on, and fails at its end. */
  check(row: string, name: string, holds: boolean, detail = ""): void {
    this.note({ row, name, state: holds ? "passed" : "failed", detail });
    expect.soft(holds, `${row} ${name}: ${detail}`).toBe(true);
  }

  /** A case that is known not to hold, with the reason. */
  residual(row: string, name: string, reason: string): void {
    this.note({ row, name, state: "residual", detail: reason });
  }

  /** A measurement in milliseconds. */
  figure(name: string, ms: number): void {
    this.info.annotations.push({
      type: "figure",
      description: JSON.stringify({ name, ms: Math.round(ms) } satisfies Figure),
    });
  }

  /** Vectors, and in which settings of the control they worked. */
  control(proven: Record<string, string[]>): void {
    this.info.annotations.push({ type: "control", description: JSON.stringify(proven) });
  }

  private note(result: Case): void {
    this.info.annotations.push({ type: "case", description: JSON.stringify(result) });
  }
}
