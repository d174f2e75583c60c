import clsx from "clsx";
import { Fragment, type ReactNode } from "react";
import { parseMarkdown, type Block, type Inline, type ListItem } from "@/lib/markdown";

function renderInline(nodes: Inline[]): ReactNode {
  return nodes.map((node, index) => {
    switch (node.kind) {
      case "text":
        return <Fragment key={index}>{node.text}</Fragment>;
      case "code":
        return (
          <code key={index} className="rounded bg-stone-100 px-1 py-0.5 font-mono text-[0.875em] dark:bg-stone-800">
            {node.text}
          </code>
        );
      case "strong":
        return <strong key={index}>{renderInline(node.children)}</strong>;
      case "emphasis":
        return <em key={index}>{renderInline(node.children)}</em>;
      case "strike":
        return <s key={index}>{renderInline(node.children)}</s>;
      case "link":
        return (
          <a key={index} href={node.href} target="_blank" rel="noreferrer" className="text-accent underline underline-offset-2 dark:text-accent-bright">
            {renderInline(node.children)}
          </a>
        );
    }
  });
}

/** The note's title is an h2, so its own headings begin at h3 and never skip a level. */
function headingLevels(blocks: Block[]): Map<Block, number> {
  const levels = new Map<Block, number>();
  const open: number[] = [];
  for (const block of blocks) {
    if (block.kind !== "heading") continue;
    while (open.length > 0 && (open.at(-1) ?? 0) >= block.level) open.pop();
    open.push(block.level);
    levels.set(block, Math.min(2 + open.length, 6));
  }
  return levels;
}

function Heading({ level, children }: { level: number; children: ReactNode }) {
  const Tag = `h${level}` as "h3" | "h4" | "h5" | "h6";
  return <Tag className={clsx("pt-2 font-semibold tracking-tight", level === 3 ? "text-lg" : "text-base")}>{children}</Tag>;
}

function Task({ item, onToggle }: { item: ListItem; onToggle: (line: number) => void }) {
  return (
    <label className="flex items-start gap-2.5">
      <input
        type="checkbox"
        checked={item.checked === true}
        onChange={() => onToggle(item.line)}
        className="mt-1.5 size-4 shrink-0 accent-accent dark:accent-accent-bright"
      />
      <span className={clsx(item.checked && "text-stone-600 line-through dark:text-stone-400")}>{renderInline(item.children)}</span>
    </label>
  );
}

interface BlocksProps {
  blocks: Block[];
  onToggle: (line: number) => void;
}

function Blocks({ blocks, onToggle }: BlocksProps) {
  const levels = headingLevels(blocks);
  return blocks.map((block, index) => {
    switch (block.kind) {
      case "heading":
        return (
          <Heading key={index} level={levels.get(block) ?? 3}>
            {renderInline(block.children)}
          </Heading>
        );
      case "paragraph":
        return <p key={index}>{renderInline(block.children)}</p>;
      case "code":
        return (
          <pre
            key={index}
            tabIndex={0}
            aria-label="Code"
            role="region"
            className="overflow-x-auto rounded-lg border border-stone-200 bg-stone-50 p-3 font-mono text-[13px] leading-5 dark:border-stone-800 dark:bg-stone-950"
          >
            {block.text}
          </pre>
        );
      case "list": {
        const List = block.ordered ? "ol" : "ul";
        const tasks = block.items.every(({ checked }) => checked !== null);
        return (
          <List
            key={index}
            className={clsx("space-y-1", tasks ? "" : block.ordered ? "list-decimal pl-6 marker:text-stone-500" : "list-disc pl-5 marker:text-stone-400")}
          >
            {block.items.map((item) => (
              <li key={item.line}>{item.checked === null ? renderInline(item.children) : <Task item={item} onToggle={onToggle} />}</li>
            ))}
          </List>
        );
      }
      case "quote":
        return (
          <blockquote key={index} className="space-y-3 border-l-2 border-accent pl-4 text-stone-700 dark:border-accent-bright dark:text-stone-300">
            <Blocks blocks={block.blocks} onToggle={onToggle} />
          </blockquote>
        );
      case "rule":
        return <hr key={index} className="border-stone-200 dark:border-stone-800" />;
    }
  });
}

interface MarkdownProps {
  source: string;
  /** A task was ticked on this line of the source. */
  onToggle: (line: number) => void;
}

export function Markdown({ source, onToggle }: MarkdownProps) {
  return (
    <div className="space-y-3 text-[15px] leading-7 wrap-break-word">
      <Blocks blocks={parseMarkdown(source)} onToggle={onToggle} />
    </div>
  );
}
