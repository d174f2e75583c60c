import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** Serious and critical findings of axe, as readable lines. */
export async function findings(page: Page): Promise<string[]> {
  // The app in the frame is the user's; templates are checked by themselves.
  const result = await new AxeBuilder({ page }).exclude("iframe").analyze();
  return result.violations
    .filter((violation) => violation.impact === "serious" || violation.impact === "critical")
    .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(" ")).join("; ")}`);
}
