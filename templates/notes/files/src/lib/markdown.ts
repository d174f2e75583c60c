/** A small Markdown parser: text in, plain data out. Nothing in a note ever becomes HTML. */

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "strong" | "emphasis" | "strike"; children: Inline[] }
  | { kind: "link"; href: string; children: Inline[] };

export interface ListItem {
  children: Inline[];
  /** For tasks: whether it is ticked; null for plain items. */
  checked: boolean | null;
  /** Line in the source, from 0. */
  line: number;
}

export type Block =
  | { kind: "heading"; level: number; children: Inline[] }
  | { kind: "paragraph"; children: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "list"; ordered: boolean; items: ListItem[] }
  | { kind: "quote"; blocks: Block[] }
  | { kind: "rule" };

const HEADING = /^(#{1,6})\s+(.+?)\s*#*$/;
const FENCE = /^```/;
const RULE = /^(-{3,}|\*{3,}|_{3,})$/;
const QUOTE = /^>\s?/;
const ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/;
const TASK = /^\[([ xX])\]\s+(.*)$/;

const startsBlock = (line: string) => [HEADING, FENCE, RULE, QUOTE, ITEM].some((pattern) => pattern.test(line));

/** Parses a note; `firstLine` is the number of its first line, for nested parts. */
export function parseMarkdown(source: string, firstLine = 0): Block[] {
  const lines = source.split("\n");
  const blocks: Block[] = [];
  let index = 0;
  const current = () => lines[index] ?? "";

  /** Takes lines while they match. */
  function take(matches: (line: string) => boolean): string[] {
    const taken: string[] = [];
    for (; index < lines.length && matches(current()); index += 1) taken.push(current());
    return taken;
  }

  while (index < lines.length) {
    const line = current();
    const heading = HEADING.exec(line);
    if (line.trim() === "") {
      index += 1;
    } else if (heading) {
      blocks.push({ kind: "heading", level: heading[1]?.length ?? 1, children: parseInline(heading[2] ?? "") });
      index += 1;
    } else if (FENCE.test(line)) {
      index += 1;
      const text = take((next) => !FENCE.test(next)).join("\n");
      index += 1;
      blocks.push({ kind: "code", text });
    } else if (RULE.test(line)) {
      blocks.push({ kind: "rule" });
      index += 1;
    } else if (QUOTE.test(line)) {
      const start = firstLine + index;
      const quoted = take((next) => QUOTE.test(next)).map((next) => next.replace(QUOTE, ""));
      blocks.push({ kind: "quote", blocks: parseMarkdown(quoted.join("\n"), start) });
    } else if (ITEM.test(line)) {
      const ordered = ITEM.exec(line)?.[1] !== undefined;
      const start = firstLine + index;
      const items = take((next) => ITEM.test(next) && (ITEM.exec(next)?.[1] !== undefined) === ordered);
      blocks.push({ kind: "list", ordered, items: items.map((item, offset) => parseItem(item, start + offset)) });
    } else {
      const first = index;
      const paragraph = take((next) => next.trim() !== "" && (index === first || !startsBlock(next)));
      blocks.push({ kind: "paragraph", children: parseInline(paragraph.join(" ")) });
    }
  }
  return blocks;
}

function parseItem(source: string, line: number): ListItem {
  const text = ITEM.exec(source)?.[2] ?? "";
  const task = TASK.exec(text);
  return task
    ? { children: parseInline(task[2] ?? ""), checked: task[1] !== " ", line }
    : { children: parseInline(text), checked: null, line };
}

const INLINE = /`([^`]+)`|\*\*(.+?)\*\*|~~(.+?)~~|\*([^*\s][^*]*)\*|\b_([^_\s][^_]*)_\b|\[([^\]]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s)]+)/;

export function parseInline(text: string): Inline[] {
  const match = INLINE.exec(text);
  if (!match) return text ? [{ kind: "text", text }] : [];
  const [whole, code, strong, strike, star, underscore, label, target, bare] = match;
  const before: Inline[] = match.index > 0 ? [{ kind: "text", text: text.slice(0, match.index) }] : [];
  const emphasis = star ?? underscore;
  const href = safeHref(target ?? bare ?? "");

  let node: Inline;
  if (code !== undefined) node = { kind: "code", text: code };
  else if (strong !== undefined) node = { kind: "strong", children: parseInline(strong) };
  else if (strike !== undefined) node = { kind: "strike", children: parseInline(strike) };
  else if (emphasis !== undefined) node = { kind: "emphasis", children: parseInline(emphasis) };
  else if (href) node = { kind: "link", href, children: label ? parseInline(label) : [{ kind: "text", text: whole }] };
  else node = { kind: "text", text: whole };

  return [...before, node, ...parseInline(text.slice(match.index + whole.length))];
}

/** Only addresses that can't run code. */
function safeHref(href: string): string | null {
  return /^(https?:\/\/|mailto:)/i.test(href) ? href : null;
}

/** Ticks or unticks the task on a line of the source. */
export function toggleTask(source: string, line: number): string {
  return source
    .split("\n")
    .map((text, index) => (index === line ? text.replace(/\[([ xX])\]/, (_, mark) => (mark === " " ? "[x]" : "[ ]")) : text))
    .join("\n");
}

/** The text of a note without its marks, for the list. */
export function plainText(source: string): string {
  return source
    .replace(/^```.*$/gm, "")
    .replace(/^\s*(#{1,6}|>|[-*+]|\d+[.)])\s+(\[[ xX]\]\s+)?/gm, "")
    .replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")
    .replace(/[*_`~]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
