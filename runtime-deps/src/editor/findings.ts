// What is wrong with the file shown: the compiler's findings and TypeScript's,
// as one list of marks.

import type { Diagnostic } from "@codemirror/lint";
import type { ChangeDesc, Text } from "@codemirror/state";
import type { Finding } from "../types/messages.ts";
import { offsetAt } from "./position.ts";

/** A finding of the compiler; lines and columns count from 1, the end is exclusive. */
export interface EditorDiagnostic {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  severity: "error" | "warning";
  message: string;
}

export class Findings {
  #compiler: Diagnostic[] = [];
  #types: Diagnostic[] = [];

  setCompiler(doc: Text, diagnostics: readonly EditorDiagnostic[]): void {
    this.#compiler = diagnostics.map(({ severity, message, ...span }) => ({
      ...rangeOf(doc, span),
      severity,
      message,
    }));
  }

  setTypes(doc: Text, findings: readonly Finding[]): void {
    this.#types = findings.map(({ code, message, ...span }) => ({
      ...rangeOf(doc, span),
      // Neither the compiler's errors nor its warnings: the app runs all the same.
      severity: "info",
      source: `TypeScript ${code}`,
      message,
    }));
  }

  /** Keeps them at their places while the text changes. */
  move(changes: ChangeDesc): void {
    const moved = (diagnostic: Diagnostic): Diagnostic => {
      const from = changes.mapPos(diagnostic.from, 1);
      return { ...diagnostic, from, to: Math.max(from, changes.mapPos(diagnostic.to, -1)) };
    };
    this.#compiler = this.#compiler.map(moved);
    this.#types = this.#types.map(moved);
  }

  clear(): void {
    this.#compiler = [];
    this.#types = [];
  }

  /** All of them; where both found something, the compiler's words count. */
  all(): Diagnostic[] {
    const isNew = ({ from, to }: Diagnostic) =>
      !this.#compiler.some((other) => from <= other.to && other.from <= to);
    return [...this.#compiler, ...this.#types.filter(isNew)];
  }
}

function rangeOf(
  doc: Text,
  { line, column, endLine, endColumn }: Omit<EditorDiagnostic, "severity" | "message">,
): { from: number; to: number } {
  const from = offsetAt(doc, line, column);
  return { from, to: Math.max(from, offsetAt(doc, endLine, endColumn)) };
}
