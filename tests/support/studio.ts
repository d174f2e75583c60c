import type { APIRequestContext, FrameLocator, Locator, Page } from "@playwright/test";
import { expect } from "./expect";

/** Files of a template as the server serves them. */
export async function templateFiles(request: APIRequestContext, id: string): Promise<Record<string, string>> {
  const response = await request.get(`/templates/${id}.json`);
  expect(response.ok()).toBe(true);
  return ((await response.json()) as { files: Record<string, string> }).files;
}

/** A file that is brought into an app. */
export interface Brought {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** The studio and the home page, by the roles and labels that people see. */
export class Studio {
  /** What runs in the sandboxed frame. */
  readonly app: FrameLocator;
  readonly status: Locator;
  readonly errors: Locator;
  readonly composer: Locator;
  /** The list of files. */
  readonly files: Locator;

  constructor(readonly page: Page) {
    this.app = page.frameLocator('iframe[title="Generated app"]').frameLocator("iframe");
    this.status = page.getByRole("banner").locator(".pill-region");
    this.errors = page.getByRole("alert", { name: "Errors" });
    this.composer = page.getByRole("textbox", { name: "What should change?" });
    this.files = page.getByRole("navigation", { name: "Files" });
  }

  /** Opens the home page and waits until its templates are there. */
  async home(address = "/"): Promise<void> {
    await this.page.goto(address);
    await expect(this.page.getByRole("heading", { name: "What do you want to build?" })).toBeVisible();
    await expect(this.page.locator(".template-grid:not([aria-busy=true])")).toBeVisible();
  }

  /** Asks for a new app on the home page. */
  async ask(prompt: string, address = "/"): Promise<void> {
    await this.home(address);
    const box = this.page.getByRole("textbox", { name: "What do you want to build?" });
    await box.fill(prompt);
    await box.press("Enter");
    await expect(this.page).toHaveURL(/\/apps\//);
  }

  /** Asks for a change of the open app. */
  async change(prompt: string): Promise<void> {
    await this.composer.fill(prompt);
    await this.composer.press("Enter");
  }

  /** Presses a button of the app's dialog once its dead time is over; another dialog may follow. */
  async answer(name: string, next?: string): Promise<void> {
    const dialog = this.page.getByRole("dialog");
    const button = dialog.getByRole("button", { name, exact: true });
    await expect(button).not.toHaveAttribute("aria-disabled", "true");
    await button.click();
    if (next === undefined) await expect(dialog).toBeHidden();
    else await expect(dialog.getByRole("heading")).toHaveText(next);
  }

  /** Waits until no turn runs. */
  async turnEnded(): Promise<void> {
    await expect(this.page.getByRole("button", { name: "Send", exact: true })).toBeVisible({ timeout: 20_000 });
  }

  /** Starts an app from the template of this name and waits until it is on the screen. */
  async startTemplate(name: string): Promise<void> {
    await this.home();
    await this.page.locator("#templates").getByRole("button", { name: new RegExp(`^${name}\\b`) }).click();
    await this.ready();
  }

  /** Starts an empty app. */
  async startBlank(): Promise<void> {
    await this.home();
    await this.page.locator("#templates").getByRole("button", { name: "Write code" }).click();
    await expect(this.page).toHaveURL(/\/apps\//);
  }

  /** Waits until the preview says that it is ready. */
  async ready(): Promise<void> {
    await expect(this.status).toContainText(/^Ready/, { timeout: 30_000 });
  }

  /** Shows the code panel. */
  async showCode(): Promise<void> {
    const toggle = this.page.getByRole("button", { name: "Code", exact: true });
    if ((await toggle.getAttribute("aria-pressed")) !== "true") {
      await toggle.click();
    }
    // Beside the conversation there is no room for the list in smaller windows.
    const list = this.page.getByRole("button", { name: "Files", exact: true });
    if ((await list.getAttribute("aria-pressed")) !== "true") {
      await list.click();
    }
    await expect(this.files).toBeVisible();
  }

  /** Opens the console by the preview's menu. */
  async showConsole(): Promise<void> {
    await this.page.getByRole("button", { name: "More of the preview" }).click();
    await this.page.getByRole("menuitem", { name: "Console" }).click();
  }

  /** A file's row in the list. */
  file(path: string): Locator {
    return this.files.locator(`button[title="${path}"]`);
  }

  /** Adds files by the menu of the list. */
  async addFiles(...files: Brought[]): Promise<void> {
    const choice = this.page.waitForEvent("filechooser");
    await this.page.getByRole("button", { name: "Add files" }).click();
    await this.page.getByRole("menuitem", { name: "Add files…" }).click();
    await (await choice).setFiles(files);
  }

  /** Chooses another file for the picture, sound or font that is shown. */
  async replaceShown(by: Brought): Promise<void> {
    const choice = this.page.waitForEvent("filechooser");
    await this.page.getByRole("button", { name: "Replace" }).click();
    await (await choice).setFiles([by]);
  }

  /** Drops files onto a folder of the list, or onto the list itself. */
  async drop(files: { name: string; size: number }[], folder?: string): Promise<void> {
    const onto = folder === undefined ? this.files : this.files.getByRole("button", { name: folder, exact: true });
    const dataTransfer = await this.page.evaluateHandle((list) => {
      const data = new DataTransfer();
      for (const { name, size } of list) data.items.add(new File(["x".repeat(size)], name));
      return data;
    }, files);
    for (const type of ["dragenter", "dragover", "drop"]) {
      await onto.dispatchEvent(type, { dataTransfer });
    }
  }

  /** Opens a file in the editor. */
  async open(path: string): Promise<Locator> {
    await this.showCode();
    await this.file(path).click();
    const editor = this.page.getByRole("textbox", { name: `Code editor, ${path}` });
    await expect(editor).toBeVisible();
    return editor;
  }

  /** Replaces the whole text of a file, as pasting over everything does. */
  async write(path: string, text: string): Promise<void> {
    const editor = await this.open(path);
    await editor.focus();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
  }

  /** Has the pointer come over the app, as it does before a press: a driver's moves don't reach the page around a frame. */
  async enterApp(): Promise<void> {
    const init = { pointerType: "mouse", bubbles: true };
    await this.page.locator(".preview-frame").dispatchEvent("pointerover", init);
  }

  /** Creates a file by the file tree. */
  async create(path: string): Promise<void> {
    await this.showCode();
    await this.page.getByRole("button", { name: "New file" }).click();
    const input = this.page.getByRole("textbox", { name: "Path of the new file" });
    await input.fill(path);
    await input.press("Enter");
  }

  /** Waits until the server has everything. */
  async saved(): Promise<void> {
    await expect(this.page.locator(".saved-state")).toHaveText("Saved");
  }
}
