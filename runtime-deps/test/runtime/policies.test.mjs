// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { limitDefines, parseLimits } from "../../build/limits.mjs";
import { headers } from "../../build/policies.mjs";
import { makeSandbox } from "../../build/sandbox.mjs";
import { LIMITS, ROOT } from "./load.mjs";

const sandbox = await makeSandbox(ROOT, limitDefines(LIMITS));

test("the same sources give the same bytes", async () => {
  assert.equal((await makeSandbox(ROOT, limitDefines(LIMITS))).html, sandbox.html);
});

test("the inner frame's sandbox is exactly allow-scripts allow-forms", () => {
  assert.deepEqual(sandbox.html.match(/"sandbox","[^"]*"/g), ['"sandbox","allow-scripts allow-forms"']);
  assert.equal(sandbox.html.includes("allow-same-origin"), false);
});

test("the shell's scripts are pinned by hash, and nothing else may run or be reached", () => {
  const policy = headers(sandbox.shellHash, sandbox.bootHash).shell["Content-Security-Policy"] ?? "";
  const directives = new Map(policy.split("; ").map((text) => [text.split(" ")[0], text]));
  assert.equal(directives.get("script-src"), `script-src ${sandbox.shellHash} ${sandbox.bootHash} blob:`);
  assert.equal(directives.get("connect-src"), "connect-src data: blob:");
  assert.equal(directives.get("sandbox"), "sandbox allow-scripts allow-forms");
  for (const word of ["unsafe-eval", "nonce-", "strict-dynamic", "http:", "https:", "*"]) {
    assert.equal(policy.includes(word), false, word);
  }
});

test("a shell with an origin of its own has the same policies, but is no sandbox and is framed by the studio", () => {
  const { shell, subdomain } = headers(sandbox.shellHash, sandbox.bootHash);
  const own = subdomain["Content-Security-Policy"];
  const shared = shell["Content-Security-Policy"];
  assert.equal(
    own,
    shared
      ?.replace("sandbox allow-scripts allow-forms; ", "")
      .replace("frame-ancestors 'self'", "frame-ancestors {studio}"),
  );
  assert.equal(subdomain["Connection-Allowlist"], "()");
  assert.equal(subdomain["Permissions-Policy"], shell["Permissions-Policy"]);
});

test("a page that asks models itself differs in whom it may ask, and in nothing else", () => {
  const { host, direct, shell, subdomain } = headers(sandbox.shellHash, sandbox.bootHash);
  const connect = /connect-src [^;]*/;
  const own = direct["Content-Security-Policy"] ?? "";
  assert.equal(own.replace(connect, "connect-src 'self'"), host["Content-Security-Policy"]);
  const hosts = connect.exec(own)?.[0].split(" ").slice(2) ?? [];
  assert.ok(hosts.includes("http://localhost:*") && hosts.includes("https://openrouter.ai"));
  // No wildcards of hosts or schemes: what a page could be made to send goes nowhere else.
  for (const source of hosts) {
    assert.match(source, /^(https:\/\/[a-z.]+|http:\/\/(localhost|127\.0\.0\.1):\*)$/);
    assert.equal(
      (shell["Content-Security-Policy"] + (subdomain["Content-Security-Policy"] ?? "")).includes(source),
      false,
    );
  }
  assert.equal(
    direct["Permissions-Policy"],
    host["Permissions-Policy"]?.replace("local-network-access=()", "local-network-access=(self)"),
  );
  for (const group of [shell, subdomain])
    assert.match(group["Permissions-Policy"] ?? "", /local-network-access=\(\)/);
});

test("limits are read as products of whole numbers, and anything else is refused", () => {
  const source = "pub const A: usize = 8 * 1024;\npub const B: u32 = 5_000;\n";
  assert.deepEqual(parseLimits(source), { A: 8192, B: 5000 });
  assert.throws(() => parseLimits("pub const A: usize = other();\n"), /not a product/);
});
