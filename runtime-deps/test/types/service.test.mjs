// @ts-check
// The language service over the declarations that the build makes: what the
// editor shows of it.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { ROOT } from "../runtime/load.mjs";
import { contents, index, Session } from "./session.mjs";

const TEMPLATES = fileURLToPath(new URL("../../../templates", import.meta.url));

/** @param {import("../../src/types/messages.ts").Finding[]} findings */
const lines = (findings) =>
  findings.map(({ path: file, line, column, code }) => `${file}:${line}:${column} ${code}`);

/** Texts by path below a folder. @param {string} folder @returns {Record<string, string>} */
function filesBelow(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(path.join(folder, name), "utf8")]));
}

suite("completion", () => {
  test("names of a package are proposed, and one that isn't imported yet brings its import", async () => {
    const session = new Session();
    const inside = session.place("src/App.tsx", 'import { useSta| } from "react";\n');
    const listed = await session.answer({ kind: "complete", ...inside });
    assert.equal(listed?.list[0]?.name, "useState");

    const place = session.place(
      "src/App.tsx",
      "export default function App() {\n  const state = useStat|\n}\n",
    );
    const proposed = await session.answer({ kind: "complete", ...place });
    const found = proposed?.list.find(({ name }) => name === "useState");
    assert.equal(found?.module, "react");
    const { name, source, data } = found ?? {};
    const detail = await session.answer({
      kind: "detail",
      ...place,
      name: name ?? "",
      ...(source === undefined ? {} : { source, data }),
    });
    assert.match(detail?.signature ?? "", /useState/);
    assert.match(detail?.docs ?? "", /Returns a stateful value/);
    assert.deepEqual(
      detail?.edits.map(({ insert }) => insert.trim()),
      ['import { useState } from "react";'],
    );
  });

  test("named exports of the project's own files are proposed by the alias of the project", async () => {
    const session = new Session();
    session.files({
      "src/lib/money.ts": "export function formatMoney(cents: number): string { return String(cents); }\n",
    });
    const place = session.place("src/pages/Home.tsx", "const text = formatMon|\n");
    const found = await session.answer({ kind: "complete", ...place });
    const entry = found?.list.find(({ name }) => name === "formatMoney");
    assert.equal(entry?.module, "@/lib/money");
  });

  test("members are proposed by their type, cut down to what fits", async () => {
    const session = new Session();
    const place = session.place("src/a.ts", "const list = [1, 2];\nlist.fi|\n");
    const found = await session.answer({ kind: "complete", ...place });
    assert.deepEqual(
      found?.list.slice(0, 5).map(({ name, type }) => `${name} ${type}`),
      ["fill method", "filter method", "find method", "findIndex method", "findLast method"],
    );
    assert.equal(found?.from, place.offset - 2);
  });

  test("in an import the names of packages and of the project's files are proposed", async () => {
    const session = new Session();
    session.files({ "src/lib/money.ts": "export {};\n", "src/list.tsx": "export {};\n" });
    for (const [text, names] of /** @type {[string, string[]][]} */ ([
      ['import { z } from "zo|"', ["zod", "zod/mini", "zod/v3", "zod/v4"]],
      ['import x from "./li|"', ["lib", "list"]],
      ['const text = "zo|"', []],
    ])) {
      const found = await session.answer({ kind: "complete", ...session.place("src/a.ts", text) });
      assert.deepEqual(found?.list.map(({ name }) => name) ?? [], names, text);
    }
  });

  test("nothing is proposed from packages that an app can't import", async () => {
    const session = new Session();
    const place = session.place("src/a.tsx", 'import "react";\nconst props: StandardProper|\n');
    const found = await session.answer({ kind: "complete", ...place });
    assert.deepEqual(
      found?.list.filter(({ module }) => module === "csstype"),
      [],
    );
  });
});

test("hover gives the type, and the comment of its declaration", async () => {
  const session = new Session();
  const place = session.place(
    "src/App.tsx",
    'import { useState } from "react";\nexport const [count, set|Count] = useState(0);\n',
  );
  const found = await session.answer({ kind: "hover", ...place });
  assert.match(found?.signature ?? "", /setCount: React\.Dispatch<React\.SetStateAction<number>>/);
  assert.equal((found?.to ?? 0) - (found?.from ?? 0), "setCount".length);
});

suite("type errors", () => {
  test("a wrong prop is found where it is written", async () => {
    const session = new Session();
    session.files({
      "src/Badge.tsx": "export const Badge = ({ label }: { label: string }) => <b>{label}</b>;\n",
      "src/App.tsx":
        'import { Badge } from "./Badge";\nexport default () => <main><Badge label={7} /><Badge /></main>;\n',
    });
    const found = await session.answer({ kind: "check", path: "src/App.tsx" });
    assert.deepEqual(lines(found), ["src/App.tsx:2:35 2322", "src/App.tsx:2:48 2741"]);
    assert.match(found[0]?.message ?? "", /^Type 'number' is not assignable to type 'string'/);
  });

  test("generics of react-hook-form and zod go all the way through", async () => {
    const session = new Session();
    session.files({
      "src/Form.tsx": `import { useForm } from "react-hook-form";
import { zodResolver } from "@hookform/resolvers/zod";
import { z } from "zod";
const schema = z.object({ name: z.string(), age: z.number() });
export function Form() {
  const { register, handleSubmit } = useForm<z.infer<typeof schema>>({ resolver: zodResolver(schema) });
  return (
    <form onSubmit={handleSubmit((values) => values.age.toFixed(1) + values.nme)}>
      <input {...register("name")} />
      <input {...register("nam")} />
    </form>
  );
}
`,
    });
    assert.deepEqual(lines(await session.answer({ kind: "check", path: "src/Form.tsx" })), [
      "src/Form.tsx:8:77 2551",
      "src/Form.tsx:10:27 2345",
    ]);
  });

  test("files that the bundler knows have types, and so has import.meta", async () => {
    const session = new Session();
    session.files({
      "src/a.module.css": ".a { color: red }",
      "src/data.json": '{ "count": 1 }',
      "src/App.tsx": `import "./index.css";
import classes from "./a.module.css";
import raw from "./notes.md?raw";
import address from "./notes.md?url";
import picture from "./logo.png";
import Logo, { ReactComponent } from "./logo.svg?react";
import data from "./data.json";
const pages = import.meta.glob<{ default: () => null }>("./pages/*.tsx");
const eager = import.meta.glob("./pages/*.tsx", { eager: true, import: "default" });
const texts: string[] = [classes.a ?? "", raw, address, picture, import.meta.env.MODE, import.meta.env.VITE_NAME];
const numbers: number[] = [data.count, Object.keys(eager).length];
const loaders: (() => Promise<{ default: () => null }>)[] = Object.values(pages);
const mode = process.env.NODE_ENV;
export default () => <Logo width={16} aria-label={[...texts, ...numbers, ...loaders, mode, ReactComponent].join()} />;
const wrong: number = import.meta.env.MODE;
`,
    });
    assert.deepEqual(lines(await session.answer({ kind: "check", path: "src/App.tsx" })), [
      "src/App.tsx:15:7 2322",
    ]);
  });

  test("our own declarations have none of their own", () => {
    const own = path.join(ROOT, "src/types/cumulet.d.ts");
    const program = ts.createProgram([own], {
      strict: true,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: [],
      noEmit: true,
    });
    const file = program.getSourceFile(own);
    assert.ok(file);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    assert.deepEqual(
      found.map(({ messageText }) => messageText),
      [],
    );
  });

  test("what the compiler reports is left to it", async () => {
    const session = new Session();
    session.files({
      "src/a.ts": 'import axios from "axios";\nimport { b } from "./missing";\nconsole.log(axios, b);\n',
      "src/b.ts": "const = 1;\nconst text: string = 1;\n",
      "src/env.d.ts": '/// <reference types="vite/client" />\n',
    });
    assert.deepEqual(await session.answer({ kind: "checkAll" }), []);
  });

  test("the project's tsconfig counts: strictness, and aliases", async () => {
    const session = new Session();
    session.files({
      "app/lib/x.ts": "export const x = 1;\n",
      "src/a.ts": 'import { x } from "#/x";\nexport function f(y) { return x + y; }\nconst t: string = x;\n',
      "tsconfig.json": '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
      "tsconfig.app.json":
        '{ /* as Vite has it */ "compilerOptions": { "strict": false, "lib": ["ES2020", "DOM"], "types": ["vite/client"], "baseUrl": ".", "paths": { "#/*": ["app/lib/*"] } } }',
    });
    assert.deepEqual(lines(await session.answer({ kind: "check", path: "src/a.ts" })), ["src/a.ts:3:7 2322"]);
    session.files({
      "tsconfig.app.json": '{ "compilerOptions": { "strict": true, "paths": { "#/*": ["./app/lib/*"] } } }',
    });
    assert.deepEqual(lines(await session.answer({ kind: "check", path: "src/a.ts" })), [
      "src/a.ts:2:19 7006",
      "src/a.ts:3:7 2322",
    ]);
  });

  test("a new file mends an import, and a deleted one breaks it for the check of its users", async () => {
    const session = new Session();
    session.files({ "src/a.ts": 'import { b } from "./b";\nexport const text: string = b;\n' });
    assert.deepEqual(await session.answer({ kind: "check", path: "src/a.ts" }), []);
    session.files({ "src/b.ts": "export const b = 1;\n" });
    assert.deepEqual(lines(await session.answer({ kind: "check", path: "src/a.ts" })), [
      "src/a.ts:2:14 2322",
    ]);
    session.files({ "src/b.ts": null });
    assert.deepEqual(await session.answer({ kind: "check", path: "src/a.ts" }), []);
  });

  test("every template is free of them", async () => {
    const session = new Session();
    for (const name of readdirSync(TEMPLATES)) {
      const folder = path.join(TEMPLATES, name, "files");
      if (!existsSync(folder)) continue;
      session.conversation.take({ type: "reset" });
      session.files(filesBelow(folder));
      const found = await session.answer({ kind: "checkAll" });
      assert.deepEqual(
        found.map((one) => `${name}: ${lines([one])} ${one.message}`),
        [],
      );
    }
  });
});

suite("declarations", () => {
  test("every approved package can be imported, and what it exports is known", async () => {
    const session = new Session();
    const specifiers = Object.values(index.packages).flatMap((entry) => entry.specifiers);
    const text = specifiers.map((name, at) => `import * as p${at} from "${name}";\nconsole.log(p${at});\n`);
    session.files({ "src/all.ts": text.join("") });
    const found = (await session.answer({ kind: "check", path: "src/all.ts" })) ?? [];
    // A namespace of what is a function (`export =`), which apps import by default.
    const NO_NAMESPACE = 2497;
    assert.deepEqual(
      found.filter(({ code }) => code !== NO_NAMESPACE),
      [],
    );
    assert.ok(found.length < 5, "most packages have namespaces");
    assert.ok(specifiers.includes("react"));
  });

  test("the module cumulet and the global SandboxAPI are known, and what they don't have is told", async () => {
    const session = new Session();
    session.files({
      "src/a.ts": `import { SandboxAPI as imported, SandboxError, type SandboxErrorCode } from "cumulet";
const same: typeof imported = SandboxAPI;
const response: Promise<Response> = same.fetch("https://a.example");
const code = (error: SandboxError): SandboxErrorCode => error.code;
console.log(response, code, SandboxAPI.theme === "dark", SandboxAPI.user.id.length);
SandboxAPI.vibrate();
SandboxAPI.confirm(1);
`,
    });
    const found = await session.answer({ kind: "check", path: "src/a.ts" });
    assert.deepEqual(lines(found), ["src/a.ts:6:12 2339", "src/a.ts:7:20 2345"]);
  });

  test("only what is imported is loaded, with what that needs, and only once", async () => {
    const session = new Session();
    session.files({ "src/a.ts": 'import { format } from "date-fns";\nformat;\n' });
    await session.answer({ kind: "check", path: "src/a.ts" });
    const names = session.fetched.map((file) => file.replace(/(-[0-9a-f]{10})?\.json$/, ""));
    assert.deepEqual(names, ["types", "lib", "date-fns"]);
    session.files({
      "src/b.tsx": 'import { format } from "date-fns";\nexport const a = <p>{format(1, "P")}</p>;\n',
    });
    assert.deepEqual(await session.answer({ kind: "check", path: "src/b.tsx" }), []);
    assert.equal(new Set(session.fetched).size, session.fetched.length);
    assert.ok(session.fetched.some((file) => file.startsWith("csstype-")));
  });

  test("a package whose declarations can't be had may be anything, until the next check of all", async () => {
    const session = new Session();
    const file = index.packages.clsx?.file ?? "";
    session.broken.add(file);
    session.files({ "src/a.ts": 'import clsx from "clsx";\nexport const n: number = clsx("a");\n' });
    assert.deepEqual(await session.answer({ kind: "check", path: "src/a.ts" }), []);
    session.broken.delete(file);
    assert.deepEqual(lines(await session.answer({ kind: "checkAll" })), ["src/a.ts:2:14 2322"]);
  });

  test("without the list the service says that it can't begin", async () => {
    const session = new Session(["types.json"]);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(session.heard, [{ type: "failed", message: "types.json can't be had" }]);
  });

  test("their hashes are those of their content, and equal input gives equal bytes", () => {
    assert.ok(contents.has("types.json"));
    for (const { file, bytes } of [index.lib, ...Object.values(index.packages)]) {
      assert.equal(contents.get(file)?.length, bytes);
    }
  });
});

suite("conversation", () => {
  test("a newer question of a kind takes the place of one that waits", async () => {
    const session = new Session();
    session.files({ "src/a.ts": "export const a: string = 1;\n" });
    const [first, second, other] = await Promise.all([
      session.ask({ kind: "check", path: "src/a.ts" }),
      session.ask({ kind: "check", path: "src/a.ts" }),
      session.ask({ kind: "hover", path: "src/a.ts", offset: 14 }),
    ]);
    assert.deepEqual([first.type, second.type, other.type], ["dropped", "answer", "answer"]);
  });

  test("a question about one file doesn't wait for the check of all", async () => {
    const session = new Session();
    for (let at = 0; at < 20; at++)
      session.files({ [`src/f${at}.ts`]: `export const v${at}: string = ${at};\n` });
    const all = session.ask({ kind: "checkAll" });
    const hover = await session.ask({ kind: "hover", path: "src/f3.ts", offset: 14 });
    assert.equal(hover.type, "answer");
    assert.ok(!session.heard.some((message) => message.type === "answer" && Array.isArray(message.answer)));
    const answer = await all;
    assert.equal(answer.type === "answer" && Array.isArray(answer.answer) && answer.answer.length, 20);
  });

  test("another project drops what was asked about the last", async () => {
    const session = new Session();
    session.files({ "src/a.ts": "export const a: string = 1;\n" });
    const asked = session.ask({ kind: "checkAll" });
    session.conversation.take({ type: "reset" });
    assert.equal((await asked).type, "dropped");
    assert.deepEqual(await session.answer({ kind: "checkAll" }), []);
  });

  test("extra files can be imported, aren't checked, outlive the project and give way to its own", async () => {
    const session = new Session();
    session.conversation.take({
      type: "extraFiles",
      files: {
        "src/kit/button.tsx":
          "export const Button = (props: { tone: string }) => <b>{props.tone as number}</b>;\n",
      },
    });
    session.conversation.take({ type: "reset" });
    session.files({
      "src/a.tsx": 'import { Button } from "@/kit/button";\nexport const a = <Button tone={1} />;\n',
    });
    assert.deepEqual(lines(await session.answer({ kind: "checkAll" })), ["src/a.tsx:2:26 2322"]);
    session.files({
      "src/kit/button.tsx": "export const Button = (props: { tone: number }) => <b>{props.tone}</b>;\n",
    });
    assert.deepEqual(await session.answer({ kind: "checkAll" }), []);
    session.files({ "src/kit/button.tsx": null });
    assert.deepEqual(lines(await session.answer({ kind: "checkAll" })), ["src/a.tsx:2:26 2322"]);
  });
});
