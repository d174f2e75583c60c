/** What an app of a lot of work does, as actions of an app with a button for each. */
export const ACTIONS = `{
  lines: async () => { for (let n = 0; n < 10_000; n++) { console.log("line", n, { n, list: [n] }); if (n % 100 === 0) await pause(0); } return "logged"; },
  documents: async () => {
    const rows = appData("rows");
    for (let n = 0; n < 1_000; n += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, at) => rows.create({ title: "Row " + (n + at), done: false })));
    }
    return (await rows.list()).length;
  },
  messages: async () => {
    for (let n = 0; n < 300; n++) { localStorage.setItem("tick", String(n)); console.log("tick", n); await pause(1000 / 60); }
    return "sent";
  },
}`;

/** A live list of the documents, beside the buttons. */
export const LIST = `
function Rows() {
  const { items } = useAppData("rows");
  return <ul aria-label="Rows">{items.map((item) => <li key={item.id}>{String(item.title)}</li>)}</ul>;
}
`;

/** A project of nearly 5 MB: forty modules of functions and data. */
export function largeApp(): Record<string, string> {
  const files: Record<string, string> = {};
  const names = Array.from({ length: 40 }, (_, index) => `part${index}`);
  for (const name of names) {
    let text = "";
    for (let line = 0; text.length < 118_000; line += 1) {
      text += `export function ${name}_${line}(value: number): string {\n  const doubled = value * ${line};\n  return "${name} " + doubled.toFixed(2);\n}\n`;
    }
    files[`src/${name}.ts`] = text;
  }
  files["src/App.tsx"] = `${names.map((name) => `import { ${name}_1 } from "./${name}";`).join("\n")}
export default function App() {
  return <main><h1>Large</h1><ul>{[${names.map((name) => `${name}_1`).join(", ")}].map((part) => <li key={part(1)}>{part(1)}</li>)}</ul></main>;
}
`;
  return files;
}
