import { expect, test } from "../support/test";

/** Each attempt reports what came of it; the names of the ones that worked end up in the page. */
const ATTACKS = `
import { useEffect, useState } from "react";

// What is put together while the code runs is hidden from the bundler's checks.
const hidden = (...parts: string[]) => parts.join("");

const attempts: Record<string, () => unknown> = {
  parentDocument: () => window.parent.document.title,
  topDocument: () => window.top!.document.cookie,
  frameElement: () => window.frameElement!.removeAttribute("sandbox"),
  cookie: () => { if (document.cookie === "") throw new Error("empty"); },
  evaluate: () => (0, (window as any)[hidden("ev", "al")])("1 + 1"),
  construct: () => (function () {} as any)[hidden("constr", "uctor")]("return 1")(),
  peerConnection: () => new (window as any).RTCPeerConnection(),
  popup: () => { if (window.open("about:blank") === null) throw new Error("null"); },
  fetchHost: () => fetch("/api/health"),
  fetchOut: () => fetch("http://127.0.0.1:9/"),
};

export default function App() {
  const [worked, setWorked] = useState<string[] | null>(null);
  useEffect(() => {
    (async () => {
      const list: string[] = [];
      for (const [name, attempt] of Object.entries(attempts)) {
        try {
          await attempt();
          list.push(name);
        } catch {
          // Refused, as it should be.
        }
      }
      setWorked(list);
    })();
  }, []);
  return <p role="status">{worked === null ? "trying" : "worked: " + worked.join(", ") + "."}</p>;
}
`;

test("hostile code reaches neither the studio nor the network", async ({ studio, page, server, pageErrors }) => {
  const outside: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(server.address) && !/^(blob|data|about):/.test(request.url())) {
      outside.push(request.url());
    }
  });
  await studio.startBlank();
  await studio.write("src/App.tsx", ATTACKS);
  await expect(studio.app.getByRole("status")).toHaveText("worked: .");
  expect(outside.filter((url) => !url.includes("127.0.0.1:9"))).toEqual([]);
  // The browser reports each refusal of the app's own attempts in its console.
  pageErrors.splice(0, pageErrors.length, ...pageErrors.filter((text) => !/Content Security Policy|Connection-Allowlist|Failed to fetch|ERR_BLOCKED|sandbox|Refused|violates|Blocked opening/i.test(text)));
});

test("the inner frame's sandbox is exactly what the architecture promises", async ({ studio, page }) => {
  await studio.startTemplate("Kanban");
  const shell = page.frames().find((frame) => frame.url().includes("/sandbox/shell.html"));
  expect(await shell?.locator("iframe").getAttribute("sandbox")).toBe("allow-scripts allow-forms");
  const response = await page.request.get("/sandbox/shell.html");
  expect(response.headers()["connection-allowlist"]).toBe("()");
  expect(response.headers()["content-security-policy"]).toContain("sandbox allow-scripts allow-forms");
});

test("links and forms of an app don't navigate its frame away", async ({ studio, page }) => {
  await studio.startBlank();
  await studio.write(
    "src/App.tsx",
    `import { useState } from "react";
export default function App() {
  const [sent, setSent] = useState("no");
  return (
    <main>
      <a href="https://example.com/">out</a> <a href="#/inside">in</a>
      <form onSubmit={() => setSent("yes")}><button>Send it</button></form>
      <p role="status">sent: {sent}</p>
    </main>
  );
}
`,
  );
  await studio.app.getByRole("link", { name: "in" }).click();
  await studio.app.getByRole("link", { name: "out" }).click();
  const refuse = page.getByRole("dialog").getByRole("button", { name: "Don't open" });
  await expect(refuse).not.toHaveAttribute("aria-disabled", "true");
  await refuse.click();
  await studio.app.getByRole("button", { name: "Send it" }).click();
  await expect(studio.app.getByRole("status")).toHaveText("sent: yes");
});
