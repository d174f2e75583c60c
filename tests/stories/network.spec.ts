import { findings } from "../support/axe";
import { OutsideHost } from "../support/outside";
import { Project } from "../support/project";
import { expect, test } from "../support/test";

test("a request opens to its headers and its text", async ({ studio, page }) => {
  const host = await OutsideHost.start((_, response) => {
    response.writeHead(201, { "content-type": "application/json", "x-made-by": "test" }).end('{"sun":"shine"}');
  });
  const call = `SandboxAPI.fetch("${host.address}/weather?city=Ghent", {
  method: "POST",
  headers: { "content-type": "text/plain", "x-asked": "yes" },
  body: "how is it",
})`;
  await Project.start(studio, {
    "src/App.tsx": `import { SandboxAPI } from "cumulet";
export default function App() {
  return <button onClick={() => void ${call}}>Ask</button>;
}
`,
  });
  await studio.app.getByRole("button", { name: "Ask" }).click();
  await studio.answer("Always allow");
  await page.getByRole("button", { name: /^Network/ }).click();
  const list = page.getByRole("list", { name: "Requests" });
  const row = list.getByRole("button");
  await expect(row).toHaveText(/201POST 127\.0\.0\.1:\d+\/weather\?city=Ghentfetchapplication\/json15 bytes\d+ ms/);
  await row.press("Enter");
  await expect(list.getByRole("region", { name: "Sent", exact: true })).toContainText("x-askedyes");
  await expect(list.getByRole("region", { name: "Sent: body" })).toHaveText("how is it");
  await expect(list.getByRole("region", { name: "Received", exact: true })).toContainText("x-made-bytest");
  await expect(list.getByRole("region", { name: "Received: body" })).toHaveText('{"sun":"shine"}');
  expect(await findings(page)).toEqual([]);

  await page.getByRole("searchbox", { name: "Filter the requests" }).fill("nothing like it");
  await expect(page.getByText("Nothing matches the filter.")).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter the requests" }).fill("ghent");
  await expect(row).toHaveCount(1);
  await page.getByRole("button", { name: "Clear requests" }).click();
  await expect(page.getByText("The app has sent nothing.")).toBeVisible();
  await host.stop();
});

test("what the sandbox stops is told, with what to do instead", async ({ studio, page }) => {
  await Project.start(studio, {
    "src/App.tsx": `async function ask() {
  for (let n = 0; n < 3; n++) await fetch("https://api.example.com/data").catch(() => {});
  const request = new XMLHttpRequest();
  request.open("GET", "https://xhr.example.com/");
  try { request.send(); } catch {}
  try { new WebSocket("wss://socket.example.com/"); } catch {}
}
export default function App() {
  return <button onClick={() => void ask()}>Ask</button>;
}
`,
  });
  await studio.app.getByRole("button", { name: "Ask" }).click();
  await page.getByRole("button", { name: /^Network/ }).click();
  const list = page.getByRole("list", { name: "Requests" });
  for (const host of ["api.example.com", "xhr.example.com", "socket.example.com"]) {
    await expect(list.getByRole("button", { name: host })).toContainText("blocked");
  }
  const row = list.getByRole("button", { name: "api.example.com" });
  await expect(row.locator(".console-count")).toHaveText("3");
  await row.click();
  await expect(list).toContainText("Blocked by the sandbox (connect-src). Use SandboxAPI.fetch");
  expect(await findings(page)).toEqual([]);
  await page.locator(".dock-switch", { hasText: "Console" }).click();
  const log = page.getByRole("log", { name: "Console" });
  await expect(log.locator('[data-level="error"]').first()).toContainText("Use SandboxAPI.fetch, which asks the person.");
});

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAQAAABeK7cBAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=",
  "base64",
);

/** Answers with a picture, but for `/page`. */
async function gallery(): Promise<OutsideHost> {
  return OutsideHost.start((request, response) => {
    if (request.url === "/page") response.writeHead(200, { "content-type": "image/png" }).end("<html>");
    else response.writeHead(200, { "content-type": "image/png" }).end(PNG);
  });
}

/** An app with pictures of a host: by elements, by code, by HTML as text, by styles; and one that is none. */
function picturesOf(address: string): Record<string, string> {
  return {
    "src/app.css": `@import "tailwindcss";\n.sheet { background: no-repeat url(${address}/sheet.png) 0 0; }\n`,
    "src/App.tsx": `import "./app.css";
import { useEffect, useState } from "react";
export default function App() {
  const [made, setMade] = useState("");
  useEffect(() => {
    const image = new Image();
    image.onload = () => setMade("made " + image.naturalWidth);
    image.src = "${address}/made.png";
  }, []);
  return (
    <main>
      <img src="${address}/a.png" alt="First" />
      <img srcSet="${address}/b.png 1x, ${address}/c.png 2x" alt="Second" />
      <img src="${address}/page" alt="Not a picture" />
      <div dangerouslySetInnerHTML={{ __html: '<img src="${address}/html.png" alt="Third">' }} />
      <p className="sheet">Sheet</p>
      <p style={{ backgroundImage: 'url("${address}/style.png")', color: "red" }}>Style</p>
      <p role="status">{made}</p>
    </main>
  );
}
`,
  };
}

test("pictures of a host are shown when the person allows it, asked for once", async ({
  studio,
  page,
  pageErrors,
}) => {
  const host = await gallery();
  await Project.start(studio, picturesOf(host.address));
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("heading")).toHaveText(`Show pictures from ${host.host}?`);
  expect(host.asked).toEqual([]);
  await studio.answer("Always allow");
  for (const text of ["Sheet", "Style"]) {
    await expect(studio.app.getByText(text)).toHaveCSS("background-image", /^url\("blob:/);
  }
  for (const name of ["First", "Second", "Third"]) {
    await expect(studio.app.getByRole("img", { name })).toHaveJSProperty("naturalWidth", 2);
  }
  await expect(studio.app.getByRole("status")).toHaveText("made 2");
  await expect(studio.app.getByRole("img", { name: "Not a picture" })).toHaveAttribute("src", "data:image/gif,x");
  await page.getByRole("button", { name: /^Network/ }).click();
  const list = page.getByRole("list", { name: "Requests" });
  await expect(list.getByRole("button", { name: "/a.png" })).toContainText(/^200GET .*pictureimage\/png/);
  await expect(list.getByRole("button", { name: "/page" })).toContainText("no answer");
  await page.getByRole("button", { name: /^Permissions/ }).click();
  const permission = page.getByRole("listitem").filter({ hasText: `Show pictures of ${host.host}` });
  await permission.getByRole("button", { name: /^Revoke/ }).click();
  await expect(permission).toBeHidden();
  await page.getByRole("button", { name: "Reload app" }).click();
  await expect(dialog.getByRole("heading")).toHaveText(`Show pictures from ${host.host}?`);
  // The browser tells the server's refusal of what is no picture in the console.
  pageErrors.splice(0, pageErrors.length, ...pageErrors.filter((text) => !text.includes("status of 502")));
  await host.stop();
});

test("pictures that the person doesn't want stay away, with one line in the console", async ({ studio, page }) => {
  const host = await gallery();
  await Project.start(studio, picturesOf(host.address));
  const dialog = page.getByRole("dialog");
  const no = dialog.getByRole("button", { name: "Don't allow" });
  await expect(no).not.toHaveAttribute("aria-disabled", "true");
  await no.click();
  await expect(dialog).toBeHidden();
  await expect(studio.app.getByRole("img", { name: "First" })).toHaveAttribute("src", "data:image/gif,x");
  await page.locator(".dock-switch", { hasText: "Console" }).click();
  const lines = page.getByRole("log", { name: "Console" }).getByRole("listitem");
  await expect(lines.filter({ hasText: `A picture of ${host.host} isn't shown` })).toHaveCount(1);
  await page.getByRole("button", { name: /^Network/ }).click();
  await expect(page.getByRole("list", { name: "Requests" }).getByText("denied").first()).toBeVisible();
  expect(host.asked).toEqual([]);
  await host.stop();
});
