// The inputs, the same for every engine and in every run: React components as
// apps have them, with hooks, generics, Tailwind classes, icons, charts and dates.

const ACCENTS = ["slate", "emerald", "amber", "rose", "indigo"];
const ICONS = ["Plus", "Heart", "Search", "Clock"];

const HEAD = `import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { Clock, Heart, Plus, Search } from "lucide-react";
import { Bar, BarChart, ResponsiveContainer, Tooltip, XAxis } from "recharts";
import { addDays, format } from "date-fns";
`;

/** Name of the component with this number. */
export function componentName(number: number): string {
  return `Panel${number}`;
}

/** The component with this number; `inside` goes into its markup. */
function component(number: number, inside = ""): string {
  return number % 2 === 0 ? list(number, inside) : chart(number, inside);
}

function list(number: number, inside: string): string {
  const name = componentName(number);
  const accent = ACCENTS[number % ACCENTS.length];
  const icon = ICONS[number % ICONS.length];
  return `
interface ${name}Props<T extends { id: string; amount: number }> {
  items: readonly T[];
  onPick?: (item: T, index: number) => void;
  children?: ReactNode;
}

function use${name}<T extends { id: string; amount: number }>(items: readonly T[], query: string) {
  const [total, setTotal] = useState<number>(0);
  useEffect(() => setTotal(items.reduce((sum, { amount }) => sum + amount, ${number})), [items]);
  const found = useMemo(() => items.filter((item) => item.id.includes(query)), [items, query]);
  return { found, total: total as number } as const;
}

export function ${name}<T extends { id: string; amount: number }>(props: ${name}Props<T>) {
  const { items, onPick, children } = props;
  const [query, setQuery] = useState<string | null>(null);
  const { found, total } = use${name}(items, query ?? "");
  const pick = useCallback((item: T, index: number) => onPick?.(item, index), [onPick]);
  return (
    <section className="rounded-xl border border-${accent}-200 bg-white p-4 shadow-sm">
      <h2 className="flex items-center gap-2 text-lg font-semibold text-${accent}-700">
        <${icon} size={${16 + (number % 3) * 4}} aria-hidden /> ${name} &middot; {total.toFixed(2)}
      </h2>
      <input value={query ?? ""} onChange={(event) => setQuery(event.target.value)} />
      <ul className="divide-y md:grid-cols-[1fr_auto]">
        {found.map((item, index) => (
          <li
            key={item.id}
            className={\`py-1 \${index % 2 === 0 ? "bg-${accent}-50" : ""}\`}
            onClick={() => pick(item, index)}
          >
            {item.id}
          </li>
        ))}
      </ul>
      {children}${inside}
    </section>
  );
}
`;
}

function chart(number: number, inside: string): string {
  const name = componentName(number);
  const accent = ACCENTS[number % ACCENTS.length];
  return `
type ${name}Mode = "day" | "week";

interface ${name}Props {
  items: readonly { id: string; amount: number }[];
  since?: Date | null;
  mode?: ${name}Mode;
}

export function ${name}({ items, since = null, mode = "day" }: ${name}Props) {
  const [page, setPage] = useState<number>(${number % 7});
  const first = useMemo(() => addDays(since ?? new Date(2024, ${number % 12}, 1), page), [since, page]);
  // A page holds ten of them; \`slice\` takes what is there.
  const shown = items.slice(page * 10, page * 10 + 10) satisfies readonly unknown[];
  if (shown.length === 0) {
    return <p className="text-sm text-${accent}-500">Nothing since {format(first, "d MMM yyyy")}.</p>;
  }
  return (
    <figure className="grid gap-3 rounded-lg bg-${accent}-50 p-6 dark:bg-${accent}-900">
      <ResponsiveContainer width="100%" height={${180 + (number % 4) * 20}}>
        <BarChart data={shown.map(({ id, amount }) => ({ id, amount: amount * ${number} }))}>
          <XAxis dataKey="id" />
          <Tooltip />
          <Bar dataKey="amount" fill="#${(number * 4099).toString(16).padStart(6, "0").slice(-6)}" />
        </BarChart>
      </ResponsiveContainer>
      <figcaption className={mode === "week" ? "font-bold" : "font-normal"}>
        {format(first, mode === "week" ? "wo" : "d MMM")}
      </figcaption>
      <button type="button" className="rounded px-2" onClick={() => setPage((old) => old + 1)}>
        Next ${name}
      </button>${inside}
    </figure>
  );
}
`;
}

/** A source text of exactly `lines` lines. */
export function source(lines: number): string {
  let text = HEAD;
  for (let number = 0; ; number += 1) {
    const longer = text + component(number);
    if (lineCount(longer) > lines) {
      break;
    }
    text = longer;
  }
  for (let number = 0; lineCount(text) < lines; number += 1) {
    text += `export const limit${number}: number = ${number} as number;\n`;
  }
  return text;
}

function lineCount(text: string): number {
  return text.split("\n").length - 1;
}

const CHILDREN = 3;

/** Path of the module with this number; the first is the app. */
export function modulePath(number: number): string {
  return number === 0 ? "src/App.tsx" : `src/panels/${componentName(number)}.tsx`;
}

/** A module of a project of `count` modules, each of which shows up to three others. */
export function moduleSource(number: number, count: number, note = ""): string {
  const children = Array.from({ length: CHILDREN }, (_, child) => number * CHILDREN + child + 1)
    .filter((child) => child < count)
    .map(componentName);
  const folder = number === 0 ? "./panels/" : "./";
  const imports = children.map((name) => `import { ${name} } from "${folder}${name}";\n`).join("");
  const inside = children.map((name) => `<${name} items={items} />`).join("");
  const app = number === 0 ? `\nexport default () => <${componentName(0)} items={[]} />;\n` : "";
  return `${HEAD}${imports}${component(number, `${note}${inside}`)}${app}`;
}

/** A project of `count` modules. */
export function project(count: number): Record<string, string> {
  const files: Record<string, string> = {};
  for (let number = 0; number < count; number += 1) {
    files[modulePath(number)] = moduleSource(number, count);
  }
  return files;
}
