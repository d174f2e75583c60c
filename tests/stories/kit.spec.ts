import { expect, test } from "../support/test";

const APP = `import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogHeader, DialogTitle, DialogTrigger } from "@/components/ui/dialog";

export default function App() {
  const [count, setCount] = useState(0);
  return (
    <main className="p-6">
      <Button onClick={() => setCount(count + 1)}>Pressed {count} times</Button>
      <Dialog>
        <DialogTrigger asChild>
          <Button variant="outline">Open</Button>
        </DialogTrigger>
        <DialogContent>
          <DialogHeader>
            <DialogTitle>From the kit</DialogTitle>
          </DialogHeader>
        </DialogContent>
      </Dialog>
    </main>
  );
}
`;

test("components of the ready kit are there without files, and become the app's own by one press", async ({ studio, page }) => {
  await studio.startBlank();
  await studio.write("src/App.tsx", APP);
  await studio.ready();
  const button = studio.app.getByRole("button", { name: "Pressed 0 times" });
  await expect(button).toBeVisible();
  await studio.enterApp();
  await button.click();
  const pressed = studio.app.getByRole("button", { name: "Pressed 1 times" });
  await expect(pressed).toBeVisible();
  const colours = await pressed.evaluate((element) => {
    const { backgroundColor, color } = getComputedStyle(element);
    return { backgroundColor, color };
  });
  expect(colours.backgroundColor, "the kit's theme is there").not.toBe("rgba(0, 0, 0, 0)");
  expect(colours.backgroundColor).not.toBe(colours.color);
  await expect(studio.app.locator("main"), "Tailwind is there without a style sheet").toHaveCSS("padding-top", "24px");
  await studio.app.getByRole("button", { name: "Open" }).click();
  const dialog = studio.app.getByRole("dialog", { name: "From the kit" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  const kit = page.getByRole("list", { name: "Ready kit" });
  await expect(kit.getByText("button.tsx")).toBeVisible();
  await kit.getByRole("button", { name: "Copy button.tsx into the app" }).click();
  await expect(studio.file("src/components/ui/button.tsx")).toBeVisible();
  await expect(kit.getByText("button.tsx")).toBeHidden();
  await studio.ready();
  await expect(pressed, "a copy changes nothing, and the state is kept").toBeVisible();
  await studio.write("src/components/ui/button.tsx", 'export const Button = (props: object) => <button type="button" data-own {...props} />;\n');
  await expect(studio.app.locator("button[data-own]").first()).toBeVisible();
  await studio.saved();
});

test("packages with long lists are looked up when they are imported", async ({ studio, page }) => {
  await studio.startBlank();
  await studio.write(
    "src/App.tsx",
    'import { FaBeer } from "react-icons/fa";\nexport default () => <h1 className="p-6">Beer <FaBeer title="beer" /></h1>;\n',
  );
  await studio.ready();
  await expect(studio.app.locator("svg title")).toHaveText("beer");
  await studio.write("src/App.tsx", 'import { FaBer } from "react-icons/fa";\nexport default () => <FaBer />;\n');
  await expect(studio.status).toContainText("Failed");
  await page.getByRole("button", { name: /^Problems/ }).click();
  const problems = page.getByRole("region", { name: "Problems", exact: true });
  await expect(problems).toContainText("has no export FaBer");
  await problems.getByRole("button", { name: "Use FaBeer" }).first().click();
  await studio.ready();
});
