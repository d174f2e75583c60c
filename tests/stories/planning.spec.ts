import { design } from "../support/design";
import { expect, test } from "../support/test";

test.describe.configure({ mode: "serial" });

const QUESTIONS = `Q: Who is it for?
- Only me
- A team
Q: What should it keep? (several)
- Names
- Dates
`;

function app(heading: string): string {
  return `\`\`\`tsx path=src/App.tsx
export default function App() {
  return <h1>${heading}</h1>;
}
\`\`\`
`;
}

test("a vague request is asked about, and the answers reach the model", async ({ studio, provider, page }) => {
  provider.scriptSmall(QUESTIONS);
  provider.script({ text: app("A calendar") });
  const asked = provider.requests.length;
  await studio.ask("a calendar");
  const plan = page.getByRole("region", { name: "Questions before building" });
  await expect(plan).toContainText("Who is it for?");
  await plan.getByRole("button", { name: "A team" }).click();
  await plan.getByRole("button", { name: "Only me" }).click();
  await expect(plan.getByRole("button", { name: "A team" })).toHaveAttribute("aria-pressed", "false");
  await plan.getByRole("textbox", { name: "Something else" }).last().fill("Places");
  expect(provider.requests.length).toBe(asked);
  await plan.getByRole("button", { name: "Build it" }).click();
  await expect(studio.app.getByRole("heading", { name: "A calendar" })).toBeVisible();
  const request = provider.requests.at(-1) as { messages: { content: string }[] };
  expect(request.messages.at(-1)?.content).toMatch(/Who is it for\?[\s\S]*Only me[\s\S]*Places/);
  await expect(page.getByRole("article", { name: "You" })).toContainText("a calendar");
});

test("a clear request isn't asked about", async ({ studio, provider }) => {
  const asked = provider.smallRequests.length;
  provider.script({ text: app("Clear") });
  await studio.ask(
    "a packing list for trips with categories, a checkbox for each item, progress by category, and a button that unticks everything for the next trip",
  );
  await expect(studio.app.getByRole("heading", { name: "Clear" })).toBeVisible();
  expect(provider.smallRequests.length).toBe(asked);
});

test("questions are skipped, and never asked again where they aren't wanted", async ({ studio, provider, page }) => {
  provider.scriptSmall(QUESTIONS);
  provider.script({ text: app("Without answers") });
  await studio.ask("a diary");
  await page.getByRole("button", { name: "Never ask" }).click();
  await expect(studio.app.getByRole("heading", { name: "Without answers" })).toBeVisible();
  const asked = provider.smallRequests.length;
  provider.script({ text: app("At once") });
  await studio.ask("a clock");
  await expect(studio.app.getByRole("heading", { name: "At once" })).toBeVisible();
  expect(provider.smallRequests.length).toBe(asked);
});

test("a small model that fails doesn't stand in the way", async ({ studio, provider, pageErrors }) => {
  provider.refuseSmallWith = 500;
  provider.script({ text: app("All the same") });
  await studio.ask("a stopwatch");
  await expect(studio.app.getByRole("heading", { name: "All the same" })).toBeVisible();
  provider.refuseSmallWith = 0;
  // The browser tells of every answer that is an error.
  pageErrors.length = 0;
});

test("a proposed design is changed and built, and others are proposed", async ({ studio, provider, page, pageErrors }) => {
  provider.scriptSmall(QUESTIONS);
  provider.scriptSmall(design("Team calendar"));
  await studio.ask("a planner");
  await page.getByRole("button", { name: "Show a design first" }).click();
  const plan = page.getByRole("region", { name: "Proposed design" });
  const text = plan.getByRole("textbox");
  await expect(text).toHaveValue(/Drag an event to another day/);
  provider.scriptSmall(["Team calendar", "Year planner", "Day by day"].map(design).join(""));
  await plan.getByRole("button", { name: "Other designs" }).click();
  await plan.getByText("Year planner", { exact: true }).click();
  await expect(text.locator("visible=true")).toHaveValue(/Year planner/);
  await text.locator("visible=true").fill("A year on one page, weekends grey.");
  provider.script({ text: app("The year") });
  await plan.getByRole("button", { name: "Build this" }).click();
  await expect(studio.app.getByRole("heading", { name: "The year" })).toBeVisible();
  const request = provider.requests.at(-1) as { messages: { content: string }[] };
  expect(request.messages.at(-1)?.content).toContain("A year on one page, weekends grey.");
  // Nothing was scripted for their sketches.
  pageErrors.length = 0;
});

test("a request is worded better, and the old words come back", async ({ studio, provider, page }) => {
  provider.script({ text: app("To be improved") });
  await studio.ask("an app to be improved, with a heading, a list, and a button to add to it");
  await expect(studio.app.getByRole("heading", { name: "To be improved" })).toBeVisible();
  provider.scriptSmall("Give the list a filter with a field above it, and say how many entries match.");
  await studio.composer.fill("filter the list");
  await page.getByRole("button", { name: "Help with the request" }).click();
  await page.getByRole("menuitem", { name: "Word it better" }).click();
  await expect(studio.composer).toHaveValue(/say how many entries match/);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(studio.composer).toHaveValue("filter the list");
});

test("next steps are suggested and fill the box", async ({ studio, provider, page }) => {
  provider.script({ text: app("Next") });
  await studio.ask("an app to go on with, with a heading, a list, and a button to add to it");
  await expect(studio.app.getByRole("heading", { name: "Next" })).toBeVisible();
  provider.scriptSmall("- Sort the list by name\n- Export as CSV\n- Add a dark theme\n");
  await page.getByRole("button", { name: "What next?" }).click();
  await page.getByRole("list", { name: "Next steps" }).getByRole("button", { name: "Export as CSV" }).click();
  await expect(studio.composer).toHaveValue("Export as CSV");
  await expect(page.getByRole("list", { name: "Next steps" })).toBeHidden();
});
