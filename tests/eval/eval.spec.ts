import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test as base } from "@playwright/test";
import { required } from "../support/environment";
import { ScriptedProvider } from "../support/provider";
import { CumuletServer } from "../support/server";
import { Studio } from "../support/studio";
import { useEverything } from "./hands";

/** One line of `requests.json`. */
interface Request {
  id: string;
  prompt: string;
  /** The request whose app it changes. */
  after?: string;
}

/** What became of a request. */
interface Outcome {
  id: string;
  /** Files that the model's answer was read as. */
  files: string[];
  /** Built and ran as the model wrote it. */
  first: boolean;
  /** Built and ran after repairs that cost nothing, if it needed any. */
  free: boolean;
  /** Built and ran after one repair by the model at most. */
  repaired: boolean;
  /** What was wrong, as far as it was said. */
  trouble: string;
  /** Controls that were used, and what was thrown meanwhile. */
  used: number;
  thrown: string;
  tokens: number;
  seconds: number;
}

/** What must come of a request with its recorded answers: an entry of `expected.json`. */
interface Expected {
  runs: "first" | "fixes" | "second" | "repair";
}

interface Call {
  startedMs: number;
  promptTokens: number;
  completionTokens: number;
}

/** Variables of the server that name a provider; empty for the recorded answers. */
const LIVE: Record<string, string> = JSON.parse(process.env["CUMULET_EVAL_PROVIDER"] ?? "{}");
const IS_RECORDED = Object.keys(LIVE).length === 0;
/** Longest time that a turn with its repair may take. */
const TURN_MS = IS_RECORDED ? 90_000 : 800_000;

const test = base.extend<{ studio: Studio }, { provider: ScriptedProvider; server: CumuletServer }>({
  provider: [
    async ({}, use) => {
      const provider = await ScriptedProvider.start();
      await use(provider);
      await provider.stop();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ provider }, use) => {
      const server = await CumuletServer.start(provider.address, { environment: LIVE });
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server.address),
  studio: async ({ page }, use) => use(new Studio(page)),
});

const requests = JSON.parse(readFileSync(new URL("requests.json", import.meta.url), "utf8")) as Request[];
const expected = JSON.parse(readFileSync(new URL("expected.json", import.meta.url), "utf8")) as Record<string, Expected>;
const apps = new Map<string, string>();
const outcomes: Outcome[] = [];
/** Recorded answers of which something else came than must. Told at the end: a test that fails takes the server along. */
const surprises: string[] = [];

test.afterAll(() => writeFileSync(required("CUMULET_EVAL_OUT"), JSON.stringify(outcomes)));

for (const request of requests) {
  test(request.id, async ({ studio, page, provider }) => {
    if (IS_RECORDED) {
      for (const text of recordedAnswers(request.id)) {
        provider.script({ text });
      }
    }
    const answers = page.getByRole("article", { name: "Model", exact: true });
    let before = 0;
    const started = Date.now();
    if (request.after === undefined) {
      await studio.ask(request.prompt);
    } else {
      await page.goto(apps.get(request.after) ?? "");
      await studio.ready();
      before = await answers.count();
      await studio.change(request.prompt);
    }
    apps.set(request.id, page.url());
    await settled(studio);
    const seconds = (Date.now() - started) / 1000;

    const conversation = page.getByRole("log", { name: "Messages" });
    const text = await conversation.innerText();
    const files: string[] = [];
    for (const answer of (await answers.all()).slice(before)) {
      files.push(...(await answer.getByRole("list", { name: "Files written" }).locator("li").allInnerTexts()));
    }
    const own = text.slice(text.lastIndexOf(request.prompt.slice(0, 40)));
    const works = files.length > 0 && !(await studio.errors.isVisible()) && /^Ready/.test(await studio.status.innerText());
    const wasFree = own.includes("Repaired without the model");
    const wasRepaired = own.includes("Repaired by itself");
    const { used, thrown } = works ? await useEverything(studio) : { used: 0, thrown: "" };
    const calls = await page.evaluate(async () => {
      const response = await fetch("/api/settings/models/health");
      return ((await response.json()) as { calls: Call[] }).calls;
    });
    const paid = calls.filter((call) => call.startedMs >= started - 1000);
    const trouble = works ? "" : await studio.errors.innerText().catch(() => "nothing to be seen");
    outcomes.push({
      id: request.id,
      files,
      first: works && !wasFree && !wasRepaired,
      free: works && !wasRepaired,
      repaired: works,
      trouble: /Repaired by itself: (.*)/.exec(own)?.[1] ?? trouble.split("\n").slice(0, 4).join(" "),
      used,
      thrown,
      tokens: paid.reduce((sum, call) => sum + call.promptTokens + call.completionTokens, 0),
      seconds,
    });
    if (IS_RECORDED) {
      const reached = wasRepaired ? "repair" : wasFree ? "fixes" : "first";
      // A second answer is asked for within the turn: the app sees one.
      const wanted = expected[request.id]?.runs === "second" ? "first" : expected[request.id]?.runs;
      if (!works || reached !== wanted || thrown !== "") {
        surprises.push(`${request.id}: works ${works}, by ${reached} instead of ${wanted} ${trouble} ${thrown}`);
      }
    }
    provider.forget();
  });
}

test("recorded answers come to what they must", () => {
  expect(surprises).toEqual([]);
});

/** The recorded answers to a request, in the order in which they're asked for. */
function recordedAnswers(id: string): string[] {
  const names = [`${id}.md`, `${id}.2.md`, `${id}.3.md`, `${id}.repair.md`];
  return names
    .map((name) => new URL(`transcripts/${name}`, import.meta.url))
    .filter((address) => existsSync(address))
    .map((address) => readFileSync(address, "utf8"));
}

/** Waits until the turn, and the look at what came of it, are over. */
async function settled(studio: Studio): Promise<void> {
  const send = studio.page.getByRole("button", { name: "Send", exact: true });
  const busy = studio.page.locator(".repair-note[aria-busy=true]");
  await expect(async () => {
    // Between a turn and its repair there are moments in which nothing runs.
    for (let look = 0; look < 5; look += 1) {
      expect(await send.isVisible()).toBe(true);
      expect(await busy.count()).toBe(0);
      await studio.page.waitForTimeout(150);
    }
  }).toPass({ timeout: TURN_MS });
}
