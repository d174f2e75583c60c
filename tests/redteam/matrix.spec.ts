import { ESCAPES } from "./vectors/escape";
import { EXFILTRATION } from "./vectors/exfiltration";
import { PROMPTS } from "./vectors/prompts";
import { HostileApp } from "./support/app";
import type { Setting } from "./support/control";
import { test } from "./support/test";
import type { Vector } from "./vectors/vector";

/** Given to the studio's page, so that it is the policies that refuse, not a browser with nobody before it. */
const GRANTED = [
  "camera",
  "microphone",
  "geolocation",
  "clipboard-read",
  "clipboard-write",
  "midi",
  "midi-sysex",
];
/** Those that reach the network past the content policies where nothing else is in the way. */
const CONNECTING = EXFILTRATION.filter(({ row }) => /X0[679]|X1[012]/.test(row));
const ALL = [...ESCAPES, ...EXFILTRATION, ...PROMPTS];

test("what works where nothing is in the way", async ({ context, control, rows }) => {
  test.setTimeout(600_000);
  await context.grantPermissions(GRANTED, { origin: control.address });
  const proven: Record<string, string[]> = {};
  const runs: [Setting, readonly Vector[]][] = [
    ["bare", ALL],
    ["older", CONNECTING],
    ["walls", CONNECTING],
  ];
  for (const [setting, vectors] of runs) {
    for (const name of await control.run(context, setting, vectors)) {
      proven[name] ??= [];
      proven[name].push(setting);
    }
  }
  rows.control(proven);
});

for (const [what, vectors] of [
  ["out of the frame", ESCAPES],
  ["to the network", EXFILTRATION],
  ["to devices and permissions", PROMPTS],
] as const) {
  test(`the app finds no way ${what}`, async ({ context, page, studio, host, receiver, server, rows }) => {
    await context.grantPermissions(GRANTED, { origin: server.address });
    const reached: string[] = [];
    page.on("response", (response) => {
      if (response.url().includes("red-team")) reached.push(response.url());
    });
    const app = await HostileApp.start(studio, vectors);
    const address = page.url();
    const from = receiver.log.length;
    const outcomes = await app.runAll();
    const heard = receiver.since(from);
    for (const [entry, outcome] of outcomes) {
      const leaks = heard.filter(({ text }) => text.includes(`${entry.row}-${entry.name}-s`.toLowerCase()));
      const detail =
        leaks.length > 0
          ? `leaked: ${leaks[0]?.kind} ${leaks[0]?.text.slice(0, 200)}`
          : (outcome?.detail ?? "the document is gone");
      rows.check(entry.row, entry.name, leaks.length === 0 && outcome?.worked !== true, detail);
    }
    const row = vectors[0]?.row ?? "";
    rows.check(
      row,
      "nothing-unlabelled",
      heard.length === 0,
      heard
        .map(({ kind, text }) => `${kind} ${text}`)
        .join("; ")
        .slice(0, 300),
    );
    rows.check(row, "studio-not-reached", reached.length === 0, reached.join());
    rows.check(row, "address-unchanged", page.url() === address, page.url());
    rows.check(
      row,
      "no-dialog-download-popup",
      [...host.dialogs, ...host.downloads, ...host.popups].length === 0,
      [...host.dialogs, ...host.downloads, ...host.popups].join(),
    );
    rows.check(row, "no-error-of-the-studio", host.errors.length === 0, host.errors.join("; ").slice(0, 300));
  });
}
