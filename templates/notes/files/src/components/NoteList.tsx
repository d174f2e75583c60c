import clsx from "clsx";
import { formatDistanceToNowStrict } from "date-fns";
import { Pin, Plus, Search } from "lucide-react";
import { plainText } from "@/lib/markdown";
import { allTags, useNotes, visibleNotes } from "@/lib/store";

function TagFilter() {
  const notes = useNotes((state) => state.notes);
  const tag = useNotes((state) => state.tag);
  const setTag = useNotes((state) => state.setTag);
  return (
    <div role="group" aria-label="Filter by tag" className="flex flex-wrap gap-1.5">
      {allTags(notes).map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={tag === name}
          onClick={() => setTag(tag === name ? null : name)}
          className={clsx(
            "rounded-full border px-2.5 py-0.5 text-xs leading-5 transition-colors",
            tag === name
              ? "border-accent bg-accent text-white dark:border-accent-bright dark:bg-accent-bright dark:text-stone-950"
              : "border-stone-300 text-stone-600 hover:border-stone-500 dark:border-stone-700 dark:text-stone-400 dark:hover:border-stone-500",
          )}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

interface NoteListProps {
  selectedId: string | null;
  onCreate: () => void;
}

export function NoteList({ selectedId, onCreate }: NoteListProps) {
  const { notes, query, tag, select, setQuery } = useNotes();
  const visible = visibleNotes(notes, query, tag);

  return (
    <div className="flex h-full flex-col">
      <header className="space-y-3 p-4">
        <div className="flex items-center justify-between">
          <p className="text-lg font-semibold tracking-tight">Notes</p>
          <button
            type="button"
            onClick={onCreate}
            className="flex items-center gap-1.5 rounded-md bg-accent px-2.5 py-1.5 text-sm font-medium text-white hover:bg-accent/90 dark:bg-accent-bright dark:hover:bg-accent-bright/90 dark:text-stone-950"
          >
            <Plus aria-hidden className="size-4" />
            New note
          </button>
        </div>
        <div className="relative">
          <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-stone-500" />
          <input
            type="search"
            aria-label="Search notes"
            placeholder="Search notes"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            className="w-full rounded-md border border-stone-300 bg-white py-2 pr-3 pl-9 text-sm placeholder:text-stone-500 dark:border-stone-700 dark:bg-stone-900 dark:placeholder:text-stone-400"
          />
        </div>
        <TagFilter />
      </header>
      {visible.length === 0 ? (
        <p className="px-4 py-10 text-center text-sm text-stone-600 dark:text-stone-400">
          {notes.length === 0 ? "No notes yet. Start one above." : "No note matches."}
        </p>
      ) : (
        <ul aria-label="Notes" className="min-h-0 flex-1 overflow-y-auto border-t border-stone-200 dark:border-stone-800">
          {visible.map((note) => (
            <li key={note.id} className="border-b border-stone-200 dark:border-stone-800">
              <button
                type="button"
                aria-current={note.id === selectedId}
                onClick={() => select(note.id)}
                className={clsx(
                  "block w-full px-4 py-3 text-left -outline-offset-2! transition-colors",
                  note.id === selectedId ? "bg-accent/10 dark:bg-accent-bright/10" : "hover:bg-stone-100 dark:hover:bg-stone-900",
                )}
              >
                <span className="flex items-center gap-1.5 text-sm font-medium">
                  <span className="truncate">{note.title || "Untitled"}</span>
                  {note.pinned && <Pin aria-label="Pinned" className="size-3.5 shrink-0 text-accent dark:text-accent-bright" />}
                </span>
                <span className="mt-0.5 line-clamp-2 text-[13px] leading-5 text-stone-600 dark:text-stone-400">{plainText(note.body) || "Empty"}</span>
                <span className="mt-1 block truncate text-xs text-stone-600 dark:text-stone-400">
                  {formatDistanceToNowStrict(note.updatedAt, { addSuffix: true })}
                  {note.tags.length > 0 && ` · ${note.tags.join(", ")}`}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
