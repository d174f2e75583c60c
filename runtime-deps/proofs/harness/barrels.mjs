// @ts-check
/**
 * Proofs for packages of very many exports: some of them, chosen by a seeded
 * generator, are imported by name; icons are shown, everything else must be there.
 * And one for the languages of dayjs, of which each is a package entry.
 */

/** @typedef {import("./cases.mjs").Case} Case */

/**
 * @typedef {object} Barrel
 * @property {RegExp} specifier
 * @property {number} count exports to take
 * @property {RegExp} [icons] names of exports that are icons; no icons when left out
 */

/** @type {Barrel[]} */
const BARRELS = [
  { specifier: /^lucide-react$/, count: 50, icons: /^(?!(Icon|LucideIcon)$)[A-Z]/ },
  { specifier: /^(@heroicons\/react\/\d+\/\w+|heroicons)$/, count: 50, icons: /Icon$/ },
  { specifier: /^react-icons\/(?!lib)\w+$/, count: 5, icons: /^[A-Z]/ },
  { specifier: /^date-fns(\/locale)?$/, count: 50 },
  { specifier: /^lodash-es$/, count: 50 },
  { specifier: /^d3$/, count: 50 },
  { specifier: /^radix-ui$/, count: 50 },
];

/** Numbers in [0, 1) that are the same in every run (mulberry32). @param {number} seed */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {string[]} names @param {number} count @param {number} seed */
export function sample(names, count, seed) {
  const random = generator(seed);
  const rest = [...names];
  const chosen = [];
  while (chosen.length < count && rest.length > 0) {
    chosen.push(...rest.splice(Math.floor(random() * rest.length), 1));
  }
  return chosen.sort();
}

/**
 * @param {Map<string, string[]>} exportsOf every package of the catalogue, with the names of its exports
 * @returns {Case[]} one for each barrel
 */
export function barrelCases(exportsOf) {
  return [...exportsOf].flatMap(([specifier, names]) => {
    const barrel = BARRELS.find((candidate) => candidate.specifier.test(specifier));
    if (!barrel) return [];
    const { count, icons } = barrel;
    const chosen = sample(icons ? names.filter((name) => icons.test(name)) : names, count, names.length);
    const source = icons ? iconsSource(specifier, chosen) : valuesSource(specifier, chosen);
    const name = `${count} of ${specifier}`;
    return [{ name, proves: [specifier], sandbox: [], expected: [], source }];
  });
}

const LANGUAGE = "dayjs/locale/";

/** @param {Iterable<string>} specifiers of the catalogue @returns {Case[]} */
export function languageCases(specifiers) {
  const proves = [...specifiers].filter((specifier) => specifier.startsWith(LANGUAGE));
  if (proves.length === 0) return [];
  const imports = proves.map((specifier, index) => `import l${index} from "${specifier}";`).join("\n");
  const pairs = proves
    .map((specifier, index) => `["${specifier.slice(LANGUAGE.length)}", l${index}]`)
    .join(", ");
  const source = `import dayjs from "dayjs";
${imports}
const languages: [string, any][] = [${pairs}];
const day = dayjs("2024-03-05");
export default function App() {
  return <ul>{languages.map(([name]) => <li key={name} id={name}>{day.locale(name).format("dddd D MMMM YYYY")}</li>)}</ul>;
}
export function prove(t) {
  for (const [name, { weekdays }] of languages) {
    t.equal(day.locale(name).locale(), name);
    t.equal(t.find("#" + name).textContent.includes(weekdays[2]), true, name + " names the day");
  }
  t.equal(day.locale("de").format("dddd, D. MMMM"), "Dienstag, 5. März");
}
`;
  return [{ name: "languages of dayjs", proves, sandbox: [], expected: [], source }];
}

/** @param {string} specifier @param {string[]} names */
function imports(specifier, names) {
  const list = names.map((name, index) => `${name} as e${index}`).join(", ");
  const pairs = names.map((name, index) => `["${name}", e${index}]`).join(", ");
  return `import { ${list} } from "${specifier}";\nconst chosen: [string, any][] = [${pairs}];\n`;
}

/** @param {string} specifier @param {string[]} names */
function iconsSource(specifier, names) {
  return `${imports(specifier, names)}
export default function App() {
  return <main>{chosen.map(([name, Icon]) => <p key={name} title={name}><Icon width={24} height={24} /></p>)}</main>;
}
const SHAPES = "path, circle, rect, line, polyline, polygon, ellipse";
export function prove(t) {
  t.equal(document.querySelectorAll("main > p").length, ${names.length}, "icons");
  for (const [name] of chosen) {
    const svg = t.find(\`p[title="\${name}"] > svg\`);
    t.ok(svg.querySelectorAll(SHAPES).length > 0, \`\${name} has a shape\`);
    t.ok(svg.getBoundingClientRect().width > 0, \`\${name} has a size\`);
  }
}
`;
}

/** @param {string} specifier @param {string[]} names */
function valuesSource(specifier, names) {
  return `${imports(specifier, names)}
export default function App() {
  return <ul>{chosen.map(([name, value]) => <li key={name}>{name}: {typeof value}</li>)}</ul>;
}
export function prove(t) {
  t.equal(chosen.length, ${names.length}, "exports");
  for (const [name, value] of chosen) {
    t.ok(value !== undefined && value !== null, \`\${name} is there\`);
  }
  t.equal(document.querySelectorAll("li").length, ${names.length}, "shown");
}
`;
}
