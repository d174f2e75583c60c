import type { Locator } from "@playwright/test";
import { expect } from "./expect";
import type { Studio } from "./studio";

/** The files of an app under test, edited in the studio as a person does. */
export class Project {
  private readonly files: Map<string, string>;

  private constructor(
    private readonly studio: Studio,
    files: Record<string, string>,
  ) {
    this.files = new Map(Object.entries(files));
  }

  /** Opens an app of these files, which the server has already. */
  static async start(studio: Studio, files: Record<string, string>): Promise<Project> {
    await studio.page.goto("/");
    // From the page, since the server changes nothing for others.
    const { id } = await studio.page.evaluate(async (body) => {
      const headers = { "Content-Type": "application/json" };
      const response = await fetch("/api/apps", { method: "POST", headers, body });
      return (await response.json()) as { id: string };
    }, JSON.stringify({ name: "Edited", files }));
    await studio.page.goto(`/apps/${id}`);
    await studio.ready();
    return new Project(studio, files);
  }

  /** Writes a whole file, which may be new. */
  async write(path: string, text: string): Promise<void> {
    if (!this.files.has(path)) {
      await this.studio.create(path);
    }
    await this.studio.write(path, text);
    this.files.set(path, text);
  }

  /** Replaces a part of a file, which must be there. */
  async edit(path: string, before: string, after: string): Promise<void> {
    const text = this.files.get(path) ?? "";
    expect(text, `${path} has the text to be replaced`).toContain(before);
    await this.write(path, text.replace(before, after));
  }

  async delete(path: string): Promise<void> {
    const { page } = this.studio;
    await page.getByRole("button", { name: `Actions for ${path}` }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    this.files.delete(path);
  }

  /** A button of the app whose whole text is this. */
  button(name: string): Locator {
    return this.studio.app.getByRole("button", { name, exact: true });
  }

  /** Clicks a counter, whose text is its name and a number, and waits for the next number. */
  async count(name: string, from: number): Promise<void> {
    await this.button(`${name} ${from}`).click();
    await expect(this.button(`${name} ${from + 1}`)).toBeVisible();
  }

  /** Waits until the app shows all these buttons. */
  async shows(...names: string[]): Promise<void> {
    for (const name of names) {
      await expect(this.button(name)).toBeVisible();
    }
  }
}
