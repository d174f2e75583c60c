import { findings } from "../support/axe";
import { Project } from "../support/project";
import type { Brought } from "../support/studio";
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

const picture = (name: string): Brought => ({ name, mimeType: "image/png", buffer: PNG });
/** The same picture with something behind its end, which no program looks at. */
const longer = (name: string): Brought => ({ ...picture(name), buffer: Buffer.concat([PNG, PNG]) });

test("a picture that is added can be looked at, imported, and replaced", async ({ studio, page }) => {
  const project = await Project.start(studio, { "src/App.tsx": APP });
  await studio.showCode();
  await studio.addFiles(picture("dots.png"));
  const view = page.getByRole("region", { name: "File src/assets/dots.png" });
  await expect(view.getByRole("img", { name: "dots.png" })).toBeVisible();
  await expect(view).toContainText(`PNG picture · 2 × 1 · ${PNG.length} bytes`);

  await project.edit("src/App.tsx", "export default", "import dots from \"./assets/dots.png\";\nexport default");
  await project.edit("src/App.tsx", "</h1>", "</h1><img src={dots} alt=\"imported\" />");
  const width = (name: string) =>
    studio.app.getByRole("img", { name }).evaluate((image) => (image as HTMLImageElement).naturalWidth);
  await expect.poll(() => width("imported")).toBe(2);

  await studio.showCode();
  await studio.file("src/assets/dots.png").click();
  const saved = page.waitForEvent("download");
  await view.getByRole("link", { name: "Download" }).click();
  expect((await saved).suggestedFilename()).toBe("dots.png");
  await studio.replaceShown(longer("other.png"));
  await expect(view).toContainText(`${2 * PNG.length} bytes`);
  await expect(page.getByText("Replaced src/assets/dots.png.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(view).toContainText(` ${PNG.length} bytes`);
  await studio.replaceShown(picture("dots.png"));
  await expect(page.getByText("No change: the app has the same src/assets/dots.png already.")).toBeVisible();
});

test("a name without a picture behind it is told", async ({ studio, page }) => {
  await Project.start(studio, { "src/App.tsx": APP });
  await studio.create("src/logo.png");
  const view = page.getByRole("region", { name: "File src/logo.png" });
  await expect(view).toContainText("There is no picture, sound or font in this file. Replace it with one.");
  await expect(view.getByRole("link", { name: "Download" })).toBeHidden();
  await studio.replaceShown(picture("dots.png"));
  await expect(view.getByRole("link", { name: "Download" })).toBeVisible();
});

test("in a narrow window, what can't be replaced is told over every panel", async ({ studio, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await Project.start(studio, { "src/App.tsx": APP });
  await page.getByRole("tab", { name: "Code" }).click();
  const list = page.getByRole("button", { name: "Files", exact: true });
  await list.click();
  await studio.addFiles(picture("dots.png"));
  await list.click();
  await expect(studio.files).toBeHidden();
  await studio.replaceShown(picture("other.txt"));
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("other.txt isn't of the same kind as src/assets/dots.png");
  await dialog.getByRole("button", { name: "OK" }).click();
  await expect(dialog).toBeHidden();

  // The panel is left while the files are read.
  const choice = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Replace" }).click();
  const chooser = await choice;
  await page.getByRole("tab", { name: "Preview" }).click();
  await chooser.setFiles([picture("other.txt")]);
  await dialog.getByRole("button", { name: "OK" }).click();
  await page.getByRole("tab", { name: "Chat" }).click();
  await expect(studio.composer).toBeVisible();
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
  await studio.drop([
    { name: "film.mp4", size: 3 * 1024 * 1024 },
    { name: "notes.txt", size: 4 },
    { name: ".env", size: 4 },
  ]);
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("film.mp4 has 3.0 MB; a file of this kind may have at most 767 KB.");
  await dialog.getByRole("button", { name: "OK" }).click();
  await expect(studio.file("src/assets/notes.txt")).toBeVisible();
  await expect(studio.file(".env")).toBeVisible();
  await expect(studio.files).not.toContainText("film.mp4");

  await studio.drop([{ name: "rows.csv", size: 2 }], "assets");
  await expect(dialog).toContainText("src/assets/rows.csv");
  await dialog.getByRole("button", { name: "Keep both" }).click();
  await expect(studio.file("src/assets/rows-2.csv")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Code editor, src/assets/rows-2.csv" })).toContainText("xx");

  await studio.addFiles({
    name: "tool.exe",
    mimeType: "application/octet-stream",
    buffer: Buffer.from([0xff, 0xfe]),
  });
  await expect(dialog).toContainText("tool.exe is neither text nor a picture");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("an app gets no more than it can have, and nothing ends without a word", async ({ studio, page }) => {
  await Project.start(studio, { "src/App.tsx": APP, "src/large.md": "x".repeat(900_000) });
  await studio.showCode();
  const dialog = page.getByRole("dialog");
  await studio.drop([{ name: ".DS_Store", size: 4 }]);
  await expect(page.getByText("No file to add: hidden files and node_modules are left out.")).toBeVisible();

  const texts = (count: number, size: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `text-${index}.txt`, size }));
  for (const [files, reason] of [
    [texts(501, 1), "These are 501 files, and an app has at most 500. Choose those that it needs."],
    [texts(499, 1), "An app has at most 500 files, and these would be 499 more."],
    [texts(6, 1_000_000), "An app has at most 5.0 MB, and these files have more."],
    [texts(5, 1_000_000), "An app has at most 5.0 MB, and with these files it would have 5.7 MB."],
  ] as const) {
    await studio.drop([...files]);
    await expect(dialog).toContainText(reason);
    await dialog.getByRole("button", { name: "OK" }).click();
  }
  await expect(studio.files).not.toContainText("text-0.txt");

  // What takes another's place has to fit as well.
  await studio.drop(texts(4, 1_000_000));
  await expect(page.getByText("Added 4 files.")).toBeVisible();
  await studio.drop([{ name: "App.tsx", size: 900_000 }], "src");
  await dialog.getByRole("button", { name: "Replace" }).click();
  await expect(dialog).toContainText("with these files it would have");
  await expect(page.getByText("Replaced src/App.tsx.")).toBeHidden();
});

test("a question about one app's files isn't asked in another", async ({ studio, page }) => {
  await Project.start(studio, { "src/App.tsx": APP, "src/assets/rows.csv": "a,b\n" });
  const { pathname } = new URL(page.url());
  await studio.home();
  await page.locator(`a[href="${pathname}"]`).click();
  await studio.showCode();
  await studio.drop([{ name: "rows.csv", size: 2 }], "assets");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("src/assets/rows.csv");
  await page.goBack();
  await page.locator("#templates").getByRole("button", { name: "Write code" }).click();
  await studio.showCode();
  await expect(studio.file("src/App.tsx")).toBeVisible();
  await expect(dialog).toBeHidden();
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("picture and refusal are accessible", async ({ studio, page }) => {
      await Project.start(studio, { "src/App.tsx": APP });
      await studio.showCode();
      await studio.addFiles(picture("dots.png"));
      await expect(page.getByRole("region", { name: "File src/assets/dots.png" })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await studio.addFiles({ ...picture("big.png"), buffer: Buffer.alloc(900_000) });
      await expect(page.getByRole("dialog")).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });
  });
}
