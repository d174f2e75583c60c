import clsx from "clsx";
import { Search } from "lucide-react";
import { labels, type LabelId } from "@/lib/board";

interface FiltersProps {
  query: string;
  onQuery: (query: string) => void;
  label: LabelId | null;
  onLabel: (label: LabelId | null) => void;
}

export function Filters({ query, onQuery, label, onLabel }: FiltersProps) {
  return (
    <div className="flex flex-col gap-3 sm:flex-row sm:items-center">
      <div className="relative">
        <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-zinc-500" />
        <input
          type="search"
          value={query}
          onChange={(event) => onQuery(event.target.value)}
          aria-label="Search cards"
          placeholder="Search cards"
          className="w-full rounded-md border border-zinc-300 bg-white py-2 pr-3 pl-9 text-sm placeholder:text-zinc-500 sm:w-52 dark:border-zinc-700 dark:bg-zinc-900 dark:placeholder:text-zinc-400"
        />
      </div>
      <div role="group" aria-label="Filter by label" className="flex flex-wrap gap-1">
        {labels.map(({ id, name, dot }) => (
          <button
            key={id}
            type="button"
            aria-pressed={label === id}
            onClick={() => onLabel(label === id ? null : id)}
            className={clsx(
              "flex items-center gap-1.5 rounded-full border px-2.5 py-1 text-xs transition-colors",
              label === id
                ? "border-zinc-900 bg-zinc-900 text-white dark:border-zinc-100 dark:bg-zinc-100 dark:text-zinc-900"
                : "border-transparent text-zinc-600 hover:border-zinc-300 dark:text-zinc-400 dark:hover:border-zinc-700",
            )}
          >
            <span aria-hidden className={clsx("size-2 rounded-full", dot)} />
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}
