import { Project } from "../support/project";
import { expect, test } from "../support/test";

/** A component that counts clicks: `name 0`, `name 1`, … */
const counter = (head: string, name: string) => `${head} {
  const [count, setCount] = useState(0);
  return <button onClick={() => setCount(count + 1)}>${name} {count}</button>;
}`;

test("components keep their state, however they are declared", async ({ studio }) => {
  const project = await Project.start(studio, {
    "src/parts.tsx": `import { forwardRef, memo, useState } from "react";
${counter("export function Plain()", "plain")}
export const Memo = memo(${counter("() =>", "memo")});
export const Forward = forwardRef(${counter("function (props, ref)", "forward")});
`,
    "src/Later.tsx": `import { useState } from "react";
${counter("export default function Later()", "lazy")}
`,
    "src/App.tsx": `import { lazy, Suspense, useState } from "react";
import { Forward, Memo, Plain } from "./parts";
const Later = lazy(() => import("./Later"));
${counter("function Sibling()", "sibling")}
const wrap = (Inner) => function Wrapped(props) { return <Inner {...props} />; };
let Late = () => <Sibling />;
Late = wrap(Late);
export default function App() {
  const [count, setCount] = useState(0);
  return (
    <main>
      <button onClick={() => setCount(count + 1)}>app {count}</button>
      <Late /> <Plain /> <Memo /> <Forward />
      <Suspense fallback="…"><Later /></Suspense>
    </main>
  );
}
`,
  });
  const counters = ["app", "sibling", "plain", "memo", "forward", "lazy"];
  for (const name of counters) await project.count(name, 0);

  await project.edit("src/App.tsx", "sibling {", "sister {");
  await project.shows("sister 1", "app 1", "plain 1", "memo 1", "forward 1", "lazy 1");
  await project.edit("src/App.tsx", "app {", "root {");
  await project.shows("root 1", "sister 1", "plain 1", "memo 1", "forward 1", "lazy 1");
  await project.edit("src/parts.tsx", "memo {", "memorised {");
  await project.shows("memorised 1", "plain 1", "forward 1", "root 1", "lazy 1");
  await project.edit("src/parts.tsx", "forward {", "passed on {");
  await project.shows("passed on 1", "memorised 1", "plain 1", "root 1", "lazy 1");
  await project.edit("src/Later.tsx", "lazy {", "late {");
  await project.shows("late 1", "passed on 1", "root 1", "sister 1");
  await project.count("late", 1);
});

test("state is kept as long as the hooks are the same", async ({ studio }) => {
  const project = await Project.start(studio, {
    "src/useCounter.ts": `import { useState } from "react";
export function useCounter(name: string) {
  const [count, setCount] = useState(0);
  return { text: \`\${name} \${count}\`, add: () => setCount(count + 1) };
}
`,
    "src/App.tsx": `import { useRef, useState } from "react";
import { useCounter } from "./useCounter";
${counter("function Beside()", "beside")}
function User() {
  const { text, add } = useCounter("app");
  return <button onClick={add}>{text}</button>;
}
export default function App() {
  return <main><User /> <Beside /></main>;
}
`,
  });
  await project.count("app", 0);
  await project.count("beside", 0);

  // The hook's own text: components that use it run again, and keep what they have.
  await project.edit("src/useCounter.ts", "`${name} ${count}`", "`hooked ${name} ${count}`");
  await project.shows("hooked app 1", "beside 1");
  // Another start of a hook's state, in a module that the component only imports.
  await project.edit("src/useCounter.ts", "useState(0)", "useState(40)");
  await project.shows("hooked app 40", "beside 1");
  await project.count("hooked app", 40);
  // A hook more in the hook.
  await project.edit("src/useCounter.ts", "  return {", "  useState(\"more\");\n  return {");
  await project.shows("hooked app 40", "beside 1");
  await project.count("hooked app", 40);
  // A hook more in the component, then another order of the two.
  await project.edit("src/App.tsx", "  return <button onClick={add}", "  const more = useRef(1);\n  return <button onClick={add}");
  await project.shows("hooked app 40", "beside 1");
  await project.count("hooked app", 40);
  await project.edit(
    "src/App.tsx",
    "const { text, add } = useCounter(\"app\");\n  const more = useRef(1);",
    "const more = useRef(1);\n  const { text, add } = useCounter(\"app\");",
  );
  await project.shows("hooked app 40", "beside 1");
  await project.count("hooked app", 40);
  // Nothing about hooks: all is kept.
  await project.edit("src/App.tsx", "<main>", "<main title=\"again\">");
  await expect(studio.app.getByTitle("again")).toBeVisible();
  await project.shows("hooked app 41", "beside 1");
  // Unless the file asks for fresh state.
  await project.edit("src/App.tsx", "title=\"again\"", "title=\"reset\" /* @refresh reset */");
  await expect(studio.app.getByTitle("reset")).toBeVisible();
  await project.shows("hooked app 40", "beside 0");
});

test("modules that are no components run again with what imports them", async ({ studio }) => {
  const project = await Project.start(studio, {
    "src/words.json": `{ "word": "json" }\n`,
    "src/label.ts": `export const label = (text: string) => text + " helped";\n`,
    "src/theme.tsx": `import { createContext, useContext, useState } from "react";
const Theme = createContext("none");
export const useTheme = () => useContext(Theme);
export function ThemeProvider({ children }) {
  const [count, setCount] = useState(0);
  return <Theme.Provider value="provided"><button onClick={() => setCount(count + 1)}>provider {count}</button>{children}</Theme.Provider>;
}
`,
    "src/Part.tsx": `import { useState } from "react";
export const limit = 10;
${counter("export function Part()", "part")}
`,
    "src/style.css": `h1 { color: rgb(1, 2, 3); }\n`,
    "src/App.tsx": `import { useState } from "react";
import words from "./words.json";
import { label } from "./label";
import { limit, Part } from "./Part";
import { ThemeProvider, useTheme } from "./theme";
import "./style.css";
document.body.dataset.runs = String(Number(document.body.dataset.runs ?? 0) + 1);
function Inner() { return <p>{useTheme()}</p>; }
${counter("function Own()", "own")}
export default function App() {
  return <ThemeProvider><h1>{words.word} {label("is")} below {limit}</h1> <Inner /> <Own /> <Part /></ThemeProvider>;
}
`,
  });
  const counters = ["own", "part", "provider"];
  for (const name of counters) await project.count(name, 0);
  const kept = counters.map((name) => `${name} 1`);
  const heading = studio.app.getByRole("heading");
  const body = studio.app.locator("body");

  await project.edit("src/style.css", "1, 2, 3", "4, 5, 6");
  await expect(heading).toHaveCSS("color", "rgb(4, 5, 6)");
  await expect(body).toHaveAttribute("data-runs", "1");
  await project.edit("src/words.json", "\"json\"", "\"data\"");
  await expect(heading).toHaveText("data is helped below 10");
  await expect(body).toHaveAttribute("data-runs", "2");
  await project.edit("src/label.ts", "helped", "shown");
  await expect(heading).toHaveText("data is shown below 10");
  await project.edit("src/Part.tsx", "limit = 10", "limit = 20");
  await expect(heading).toHaveText("data is shown below 20");
  await project.shows(...kept);
  // A new context is another provider, so that what is below it starts anew.
  await project.edit("src/theme.tsx", "value=\"provided\"", "value=\"given\"");
  await expect(studio.app.getByText("given")).toBeVisible();
  await project.shows("provider 1", "own 0", "part 0");
});

test("files come and go", async ({ studio }) => {
  const app = `import { useState } from "react";
${counter("export default function App()", "app")}
`;
  const extra = "export const Extra = () => <em>extra part</em>;\n";
  const project = await Project.start(studio, { "src/App.tsx": app });
  await project.count("app", 0);

  await project.write("src/Extra.tsx", extra);
  await project.write("src/App.tsx", `import { Extra } from "./Extra";\n${app.replace("app {", "app <Extra /> {")}`);
  await project.shows("app extra part 1");
  await project.delete("src/Extra.tsx");
  await expect(studio.errors).toContainText("Extra");
  await project.count("app extra part", 1);
  await project.write("src/Extra.tsx", extra.replace("extra", "other"));
  await expect(studio.errors).toBeHidden();
  await project.shows("app other part 2");
  await project.write("src/App.tsx", app);
  await project.shows("app 2");
});

test("an app gets over errors", async ({ studio }) => {
  const project = await Project.start(studio, {
    "src/label.ts": `export const label = "label";\n`,
    "src/Part.tsx": `import { useState } from "react";
${counter("export default function Part()", "part")}
`,
    "src/App.tsx": `import { useState } from "react";
import Part from "./Part";
import { label } from "./label";
export default function App() {
  const [count, setCount] = useState(0);
  return <main><button onClick={() => setCount(count + 1)}>{label} {count}</button> <Part /></main>;
}
`,
  });
  await project.count("label", 0);
  await project.count("part", 0);

  // Two edits that arrive together, since the first alone is no good.
  await project.edit("src/Part.tsx", "part {", "part {{");
  await expect(studio.errors).toContainText("src/Part.tsx");
  await project.edit("src/label.ts", "\"label\"", "\"name\"");
  await project.edit("src/Part.tsx", "part {{", "piece {");
  await expect(studio.errors).toBeHidden();
  await project.shows("name 1", "piece 1");

  // Thrown by a module, after another of the same update ran: all that was there goes on.
  await project.edit("src/Part.tsx", "piece {", "bit {{");
  await expect(studio.errors).toContainText("src/Part.tsx");
  await project.edit("src/label.ts", "export", "throw new Error(\"No label today\");\nexport");
  await project.edit("src/Part.tsx", "bit {{", "bit {");
  await expect(studio.errors).toContainText("No label today");
  await expect(studio.errors).toContainText("src/label.ts:1");
  await project.count("name", 1);
  await project.count("piece", 1);
  await project.edit("src/label.ts", "throw new Error(\"No label today\");\nexport", "export");
  await expect(studio.errors).toBeHidden();
  await project.shows("name 2", "bit 2");

  // Thrown while rendering: the app starts anew with the next good edit.
  await project.edit("src/Part.tsx", "  return <button", "  if (count > 1) throw new Error(\"Out of bits\");\n  return <button");
  await expect(studio.errors).toContainText("Out of bits");
  await project.edit("src/Part.tsx", "  if (count > 1) throw new Error(\"Out of bits\");\n", "");
  await expect(studio.errors).toBeHidden();
  await project.shows("name 0", "bit 0");
  await project.count("bit", 0);
});

test("classes and renamed components start anew, what is beside them goes on", async ({ studio }) => {
  const project = await Project.start(studio, {
    "src/Classy.tsx": `import { Component } from "react";
export class Classy extends Component {
  state = { count: 0 };
  render() {
    return <button onClick={() => this.setState({ count: this.state.count + 1 })}>class {this.state.count}</button>;
  }
}
`,
    "src/Renamed.tsx": `import { useState } from "react";
${counter("export default function Before()", "renamed")}
`,
    "src/App.tsx": `import { useState } from "react";
import { Classy } from "./Classy";
import Renamed from "./Renamed";
export default function App() {
  const [count, setCount] = useState(0);
  return <main><button onClick={() => setCount(count + 1)}>app {count}</button> <Classy /> <Renamed /></main>;
}
`,
  });
  for (const name of ["app", "class", "renamed"]) await project.count(name, 0);

  await project.edit("src/Classy.tsx", "class {", "lesson {");
  await project.shows("lesson 0", "renamed 1", "app 1");
  await project.count("lesson", 0);
  await project.edit("src/Renamed.tsx", "Before()", "After()");
  await project.shows("renamed 0", "lesson 1", "app 1");
  await project.edit("src/App.tsx", "function App()", "function Start()");
  await project.shows("app 0", "lesson 0", "renamed 0");
});

test("an app that mounts itself restarts when its first file changes, and says why", async ({ studio, page }) => {
  const project = await Project.start(studio, {
    "src/App.tsx": `import { useState } from "react";
${counter("export default function App()", "app")}
`,
    "src/main.tsx": `import { createRoot } from "react-dom/client";
import App from "./App";
createRoot(document.getElementById("root")!).render(<App />);
`,
  });
  await project.count("app", 0);

  await project.edit("src/App.tsx", "app {", "kept {");
  await project.shows("kept 1");
  // No boundary of the runtime's catches this one.
  await project.edit("src/App.tsx", "  return <button", "  if (count > 0) throw new Error(\"Unmounted\");\n  return <button");
  await expect(studio.errors).toContainText("Unmounted");
  await project.edit("src/App.tsx", "  if (count > 0) throw new Error(\"Unmounted\");\n", "");
  await expect(studio.errors).toBeHidden();
  await project.shows("kept 0");
  await project.count("kept", 0);
  await project.edit("src/main.tsx", "<App />", "<><App /> again</>");
  await expect(studio.app.getByText("again")).toBeVisible();
  await project.shows("kept 0");
  await studio.showConsole();
  await expect(page.getByRole("log", { name: "Console" })).toContainText("src/main.tsx starts the app");
});

test("a class of a CSS module is repainted, and the state is kept", async ({ studio }) => {
  const project = await Project.start(studio, {
    "src/Card.module.css": `.title { color: rgb(1, 2, 3); }\n`,
    "src/App.tsx": `import { useState } from "react";
import styles from "./Card.module.css";
${counter("function Part()", "part")}
export default function App() {
  return <main><h1 className={styles.title}>Card</h1><p className={styles.note}>Note</p> <Part /></main>;
}
`,
  });
  const heading = studio.app.getByRole("heading", { name: "Card" });
  await expect(heading).toHaveCSS("color", "rgb(1, 2, 3)");
  await project.count("part", 0);
  await project.edit("src/Card.module.css", "1, 2, 3", "4, 5, 6");
  await expect(heading).toHaveCSS("color", "rgb(4, 5, 6)");
  await project.shows("part 1");
  // A new name changes the module, and with it the component that reads it.
  await project.edit("src/Card.module.css", "}\n", "}\n.note { color: rgb(7, 8, 9); }\n");
  await expect(studio.app.getByText("Note")).toHaveCSS("color", "rgb(7, 8, 9)");
  await project.shows("part 1");
});

test("modules wait for what they await at their top, fail and recover", async ({ studio, page }) => {
  const project = await Project.start(studio, {
    "src/data.ts": `const load = (rows: string[]) => new Promise<string[]>((resolve) => setTimeout(() => resolve(rows), 100));
export const rows = await load(["first"]);
`,
    "src/Model.ts": `const named = (_: unknown, context: ClassFieldDecoratorContext) => (value: string) => \`\${String(context.name)} \${value}\`;
export class Model {
  @named label = "made";
  describe() {
    return this.label;
  }
}
`,
    "src/App.tsx": `import { useState } from "react";
import { rows } from "./data";
import { Model } from "./Model";
${counter("function Beside()", "beside")}
export default function App() {
  return <main><p>{new Model().describe()}: {rows.join()}</p><Beside /></main>;
}
`,
  });
  const text = studio.app.getByRole("paragraph");
  await expect(text).toHaveText("label made: first");
  await project.count("beside", 0);

  await project.edit("src/data.ts", "\"first\"", "\"second\"");
  await expect(text).toHaveText("label made: second");
  await project.edit("src/Model.ts", "\"made\"", "\"built\"");
  await expect(text).toHaveText("label built: second");
  await project.shows("beside 1");
  await project.edit("src/data.ts", "resolve(rows)", "reject(new Error(\"No rows today\"))");
  await project.edit("src/data.ts", "(resolve)", "(resolve, reject)");
  await expect(studio.errors).toContainText("No rows today");
  await expect(text).toHaveText("label built: second");
  await project.edit("src/data.ts", "reject(new Error(\"No rows today\"))", "resolve([...rows, \"third\"])");
  await expect(studio.errors).toBeHidden();
  await expect(text).toHaveText("label built: second,third");
  await project.shows("beside 1");

  await project.edit("src/data.ts", "await load", "await new Promise(() => {}) ?? load");
  await studio.showConsole();
  const log = page.getByRole("log", { name: "Console" });
  await expect(log).toContainText("Still waiting for the top-level await of src/data.ts.");
  await expect(text).toHaveText("label built: second,third");
  await project.edit("src/data.ts", "await new Promise(() => {}) ?? load([\"second\"])", "await load([\"last\"])");
  await expect(text).toHaveText("label built: last,third");
  await project.shows("beside 1");
});
