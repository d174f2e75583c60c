import { expect } from "../../support/expect";
import { Project } from "../../support/project";
import type { Studio } from "../../support/studio";
import { labelOf, type Vector } from "../vectors/vector";
import { attempt, type Outcome, PATIENCE_MS } from "./harness";
import { Outcomes } from "./outcomes";

/** Letter of attacks in the studio. */
const STUDIO = "s";

const APP = `
import { attempt } from "./harness";
import { attacks } from "./attacks";
const run = async ({ label, code }: { label: string; code: string }) =>
  console.debug("red-team", JSON.stringify(await attempt(label, code, STUDIO, PATIENCE)));
export default function App() {
  return (
    <main>
      <button onClick={() => attacks.filter((one) => !one.alone).forEach(run)}>Run all</button>
      {attacks.filter((one) => one.alone).map((one) => (
        <button key={one.label} onClick={() => run(one)}>{one.label}</button>
      ))}
    </main>
  );
}
`;

/** An app in the studio that runs attacks. */
export class HostileApp {
  private constructor(
    private readonly studio: Studio,
    private readonly vectors: readonly Vector[],
    private readonly outcomes: Outcomes,
  ) {}

  static async start(studio: Studio, vectors: readonly Vector[]): Promise<HostileApp> {
    const outcomes = new Outcomes(studio.page);
    const attacks = vectors.map((entry) => ({
      label: labelOf(entry, STUDIO),
      code: entry.code,
      alone: entry.kills || entry.gesture,
    }));
    await studio.page.goto("/");
    const address = new URL(studio.page.url()).origin;
    await Project.start(studio, {
      "src/App.tsx": APP.replace("STUDIO", JSON.stringify(address)).replace("PATIENCE", String(PATIENCE_MS)),
      "src/harness.js": `export const attempt = ${attempt.toString()};`,
      "src/attacks.ts": `export const attacks: { label: string; code: string; alone: boolean }[] = ${JSON.stringify(attacks)};`,
    });
    return new HostileApp(studio, vectors, outcomes);
  }

  /** Runs all attacks; those that may replace the document each in a fresh frame. */
  async runAll(): Promise<Map<Vector, Outcome | undefined>> {
    const { app, page } = this.studio;
    const labels = (chosen: readonly Vector[]) => chosen.map((entry) => labelOf(entry, STUDIO));
    const staying = this.vectors.filter((entry) => !entry.kills);
    const together = staying.filter((entry) => !entry.gesture);
    if (together.length > 0) {
      await app.getByRole("button", { name: "Run all" }).click();
      await this.outcomes.settle(labels(together));
    }
    for (const entry of staying.filter((one) => one.gesture)) await this.press(entry);
    await this.outcomes.settle(labels(staying));
    for (const entry of this.vectors.filter((one) => one.kills)) {
      await this.reload();
      await this.press(entry);
      await page.waitForTimeout(900);
    }
    return new Map(this.vectors.map((entry) => [entry, this.outcomes.of(labelOf(entry, STUDIO))]));
  }

  /** By the keyboard: attacks before it may have put something above the button, or taken the document away. */
  private async press(entry: Vector): Promise<void> {
    const button = this.studio.app.getByRole("button", { name: labelOf(entry, STUDIO), exact: true });
    await button.focus({ timeout: 1_500 }).catch(async () => {
      await this.reload();
      await button.focus();
    });
    const { page } = this.studio;
    // The press is over when the frame says so, which an attack may have taken away.
    await Promise.race([page.keyboard.press("Enter"), page.waitForTimeout(PATIENCE_MS)]);
  }

  private async reload(): Promise<void> {
    await this.studio.page.getByRole("button", { name: /^(Reload app|Run app)$/ }).click();
    await expect(this.studio.app.getByRole("button", { name: "Run all" })).toBeVisible();
  }
}
