/** Parts in one list; a list of lists makes the tree as deep as a real app's. */
const LIST_SIZE = 10;

/** The file that is edited, and where its one changing line is. */
export const EDITED = "src/parts/Part1.tsx";
const HEADING = "Heading ";

/**
 * A project of so many modules, `main.tsx` and `App.tsx` among them: parts with
 * state, props and styles, in lists of ten.
 */
export function app(modules: number): Record<string, string> {
  const parts = modules - 2 - Math.max(1, Math.floor((modules - 2) / (LIST_SIZE + 1)));
  const lists = modules - 2 - parts;
  const files: Record<string, string> = {
    "index.html": `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Parts</title></head>
  <body><div id="root"></div><script type="module" src="/src/main.tsx"></script></body>
</html>
`,
    "src/main.tsx": `import { createRoot } from "react-dom/client";
import App from "./App";

createRoot(document.getElementById("root")!).render(<App />);
`,
    "src/App.tsx": `${importing(lists, (list) => `List${list}`, "./lists/")}
export default function App() {
  return (
    <main>
${numbers(lists)
  .map((list) => `      <List${list} />`)
  .join("\n")}
    </main>
  );
}
`,
  };
  for (const list of numbers(lists)) {
    const own = numbers(parts).filter((part) => (part - 1) % lists === list - 1);
    files[`src/lists/List${list}.tsx`] = `${own.map((part) => `import Part${part} from "../parts/Part${part}";`).join("\n")}

export default function List${list}() {
  return (
    <section>
${own.map((part) => `      <Part${part} label="part ${part}" />`).join("\n")}
    </section>
  );
}
`;
  }
  for (const part of numbers(parts)) files[`src/parts/Part${part}.tsx`] = partSource(part, "0");
  return files;
}

/** The edited file with another heading. */
export function edited(heading: string): string {
  return partSource(1, heading);
}

/** Column and line, from 0, of the end of the edited heading. */
export function headingEnd(): { line: number; column: number } {
  const before = partSource(1, "").split(HEADING)[0] ?? "";
  const lines = before.split("\n");
  return { line: lines.length - 1, column: (lines.at(-1)?.length ?? 0) + HEADING.length };
}

/** About as long as a component of a real app. */
function partSource(part: number, heading: string): string {
  return `import { useMemo, useState } from "react";

interface Props {
  label: string;
}

interface Entry {
  id: number;
  text: string;
  done: boolean;
}

const initial: Entry[] = Array.from({ length: 3 }, (_, id) => ({ id, text: \`Entry \${id}\`, done: false }));

/** A short list that can be ticked off. */
export default function Part${part}({ label }: Props) {
  const [entries, setEntries] = useState(initial);
  const open = useMemo(() => entries.filter((entry) => !entry.done).length, [entries]);
  const toggle = (id: number) =>
    setEntries((all) => all.map((entry) => (entry.id === id ? { ...entry, done: !entry.done } : entry)));
  return (
    <article style={{ padding: 8, border: "1px solid" }} aria-label={label}>
      <h2 data-part={${part}}>${HEADING}${heading}</h2>
      <p>{open} of {entries.length} open</p>
      <ul>
        {entries.map((entry) => (
          <li key={entry.id}>
            <label>
              <input type="checkbox" checked={entry.done} onChange={() => toggle(entry.id)} /> {entry.text}
            </label>
          </li>
        ))}
      </ul>
    </article>
  );
}
`;
}

function importing(count: number, name: (number: number) => string, folder: string): string {
  return numbers(count)
    .map((number) => `import ${name(number)} from "${folder}${name(number)}";`)
    .join("\n");
}

/** 1 to `count`. */
function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
