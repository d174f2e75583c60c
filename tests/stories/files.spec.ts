import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { Project } from "../support/project";
import { expect, test } from "../support/test";

/** A picture of two pixels. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAQAAABeK7cBAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=",
  "base64",
);
const APP = `export default function App() {
  return <main><h1>Pictures</h1></main>;
}
`;

/** Chooses files by the menu of the file tree. */
async function choose(page: Page, files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const opened = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Add files" }).click();
  await page.getByRole("menuitem", { name: "Add files…" }).click();
  await (await opened).setFiles(files);
}

const picture = (name: string) => ({ name, mimeType: "image/png", buffer: PNG });

/** Drops files onto a row of the file tree, or onto the list itself. */
async function drop(page: Page, onto: string, files: { name: string; size: number }[]): Promise<void> {
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const { name, size } of list) data.items.add(new File(["x".repeat(size)], name));
    return data;
  }, files);
  for (const type of ["dragenter", "dragover", "drop"]) {
    await page.dispatchEvent(onto, type, { dataTransfer: transfer });
  }
}

test("a picture that is added can be looked at, imported, and replaced", async ({ studio, page }) => {
  const project = await Project.start(studio, { "src/App.tsx": APP });
  await studio.showCode();
  await choose(page, [picture("dots.png")]);
  const view = page.getByRole("region", { name: "File src/assets/dots.png" });
  await expect(view.getByRole("img", { name: "dots.png" })).toBeVisible();
  await expect(view).toContainText(`PNG picture · 2 × 1 · ${PNG.length} bytes`);

  await project.edit("src/App.tsx", "export default", "import dots from \"./assets/dots.png\";\nexport default");
  await project.edit("src/App.tsx", "</h1>", "</h1><img src={dots} alt=\"imported\" />");
  const width = (name: string) =>
    studio.app.getByRole("img", { name }).evaluate((image) => (image as HTMLImageElement).naturalWidth);
  await expect.poll(() => width("imported")).toBe(2);

  await studio.showCode();
  await page.getByRole("navigation", { name: "Files" }).locator("button[title='src/assets/dots.png']").click();
  const saved = page.waitForEvent("download");
  await view.getByRole("link", { name: "Download" }).click();
  expect((await saved).suggestedFilename()).toBe("dots.png");
  const opened = page.waitForEvent("filechooser");
  await view.getByRole("button", { name: "Replace" }).click();
  await (await opened).setFiles([picture("other.txt")]);
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("other.txt isn't of the same kind as src/assets/dots.png");
  await dialog.getByRole("button", { name: "OK" }).click();
  await expect(dialog).toBeHidden();
});

test("files of the public folder are shown by their addresses, and a missing one is named", async ({
  studio,
  page,
}) => {
  const project = await Project.start(studio, {
    "src/App.tsx": `const name = "made";
export default function App() {
  return <main><img src="/dot.svg" alt="literal" /><img src={\`/\${name}.svg\`} alt="made" /></main>;
}
`,
    "public/made.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"/>`,
  });
  const width = (alt: string) =>
    studio.app.getByAltText(alt).evaluate((image) => (image as HTMLImageElement).naturalWidth);
  await expect.poll(() => width("made")).toBe(7);
  await page.getByRole("button", { name: /^Problems/ }).click();
  const problems = page.getByRole("region", { name: "Problems", exact: true });
  await expect(problems).toContainText("There is no file /dot.svg");
  await project.write("public/dot.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"/>`);
  await expect.poll(() => width("literal")).toBe(5);
  await expect(problems).not.toContainText("/dot.svg");
});

test("what an app can't have is refused with the reason, and a taken name is asked about", async ({ studio, page }) => {
  await Project.start(studio, { "src/App.tsx": APP, "src/assets/rows.csv": "a,b\n" });
  await studio.showCode();
  await drop(page, ".file-tree", [
    { name: "film.mp4", size: 3 * 1024 * 1024 },
    { name: "notes.txt", size: 4 },
  ]);
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("film.mp4 has 3.0 MB; a file of this kind may have at most 767 KB.");
  await dialog.getByRole("button", { name: "OK" }).click();
  const files = page.getByRole("navigation", { name: "Files" });
  await expect(files.locator("button[title='src/assets/notes.txt']")).toBeVisible();
  await expect(files).not.toContainText("film.mp4");

  await drop(page, "li[data-folder='src/assets'].folder", [{ name: "rows.csv", size: 2 }]);
  await expect(dialog).toContainText("src/assets/rows.csv");
  await dialog.getByRole("button", { name: "Keep both" }).click();
  await expect(files.locator("button[title='src/assets/rows-2.csv']")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Code editor, src/assets/rows-2.csv" })).toContainText("xx");

  await choose(page, [{ name: "tool.exe", mimeType: "application/octet-stream", buffer: Buffer.from([0xff, 0xfe]) }]);
  await expect(dialog).toContainText("tool.exe is neither text nor a picture");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("picture and refusal are accessible", async ({ studio, page }) => {
      await Project.start(studio, { "src/App.tsx": APP });
      await studio.showCode();
      await choose(page, [picture("dots.png")]);
      await expect(page.getByRole("region", { name: "File src/assets/dots.png" })).toBeVisible();
      const serious = async () => {
        const { violations } = await new AxeBuilder({ page }).exclude("iframe").analyze();
        return violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join("; ")}`);
      };
      expect(await serious()).toEqual([]);
      await choose(page, [{ name: "big.png", mimeType: "image/png", buffer: Buffer.alloc(900_000) }]);
      await expect(page.getByRole("dialog")).toBeVisible();
      expect(await serious()).toEqual([]);
    });
  });
}
