import clsx from "clsx";
import { ArrowLeft, Columns2, Eye, Pin, PinOff, SquarePen, Trash2, type LucideIcon } from "lucide-react";
import { useEffect, useRef } from "react";
import { Markdown } from "@/components/Markdown";
import { TagInput } from "@/components/TagInput";
import { toggleTask } from "@/lib/markdown";
import { useNotes, type Note } from "@/lib/store";

export type Mode = "write" | "split" | "read";

const modes: readonly { id: Mode; name: string; icon: LucideIcon }[] = [
  { id: "write", name: "Write", icon: SquarePen },
  { id: "split", name: "Split", icon: Columns2 },
  { id: "read", name: "Read", icon: Eye },
];

const tool = "rounded-md p-2 text-stone-600 hover:bg-stone-200/70 dark:text-stone-400 dark:hover:bg-stone-800";

type ModeSwitchProps = Pick<NoteViewProps, "mode" | "canSplit" | "onMode">;

function ModeSwitch({ mode, canSplit, onMode }: ModeSwitchProps) {
  const offered = modes.filter(({ id }) => canSplit || id !== "split");
  return (
    <div role="group" aria-label="View" className="flex rounded-md border border-stone-300 p-0.5 dark:border-stone-700">
      {offered.map(({ id, name, icon: Icon }) => (
        <button
          key={id}
          type="button"
          aria-pressed={mode === id}
          onClick={() => onMode(id)}
          className={clsx(
            "flex items-center gap-1.5 rounded px-2 py-1 text-[13px]",
            mode === id ? "bg-stone-200 font-medium dark:bg-stone-700" : "text-stone-600 hover:text-stone-900 dark:text-stone-400 dark:hover:text-stone-100",
          )}
        >
          <Icon aria-hidden className="size-3.5" />
          {name}
        </button>
      ))}
    </div>
  );
}

interface NoteViewProps {
  note: Note;
  mode: Mode;
  /** Whether there is room for two columns. */
  canSplit: boolean;
  onMode: (mode: Mode) => void;
  onRemove: () => void;
}

export function NoteView({ note, mode, canSplit, onMode, onRemove }: NoteViewProps) {
  const { update, togglePin, select } = useNotes();
  const title = useRef<HTMLInputElement>(null);
  const words = note.body.split(/\s+/).filter(Boolean).length;
  const isNew = note.title === "" && note.body === "";

  useEffect(() => {
    if (isNew) title.current?.focus();
    // Only when another note opens, not while typing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [note.id]);

  return (
    <article aria-label={note.title || "Untitled"} className="flex h-full min-w-0 flex-col">
      <div className="flex items-center gap-1 border-b border-stone-200 px-3 py-2 sm:px-6 dark:border-stone-800">
        <button type="button" aria-label="Back to the list" onClick={() => select(null)} className={clsx(tool, "md:hidden")}>
          <ArrowLeft aria-hidden className="size-4" />
        </button>
        <ModeSwitch mode={mode} canSplit={canSplit} onMode={onMode} />
        <span className="ml-3 text-xs text-stone-600 tabular-nums dark:text-stone-400">
          {words} {words === 1 ? "word" : "words"}
        </span>
        <div className="ml-auto flex">
          <button type="button" aria-label={note.pinned ? "Unpin note" : "Pin note"} onClick={() => togglePin(note.id)} className={tool}>
            {note.pinned ? <PinOff aria-hidden className="size-4" /> : <Pin aria-hidden className="size-4" />}
          </button>
          <button type="button" aria-label="Delete note" onClick={onRemove} className={tool}>
            <Trash2 aria-hidden className="size-4" />
          </button>
        </div>
      </div>
      <div className="space-y-2 px-4 pt-5 pb-3 sm:px-7">
        <h2 className="sr-only">{note.title || "Untitled"}</h2>
        <input
          ref={title}
          aria-label="Title"
          placeholder="Untitled"
          value={note.title}
          onChange={(event) => update(note.id, { title: event.target.value })}
          className="-mx-1 w-full rounded bg-transparent px-1 text-2xl font-semibold tracking-tight placeholder:text-stone-500 dark:placeholder:text-stone-400"
        />
        <TagInput tags={note.tags} onChange={(tags) => update(note.id, { tags })} />
      </div>
      <div className={clsx("grid min-h-0 flex-1", mode === "split" && "grid-cols-2")}>
        {mode !== "read" && (
          <textarea
            aria-label="Note in Markdown"
            placeholder="Write in Markdown: # heading, **bold**, - list, - [ ] task"
            value={note.body}
            onChange={(event) => update(note.id, { body: event.target.value })}
            className={clsx(
              "h-full resize-none bg-transparent px-4 py-3 font-mono text-[13px] leading-6 -outline-offset-2! placeholder:text-stone-500 sm:px-7 dark:placeholder:text-stone-400",
              mode === "split" && "border-r border-stone-200 dark:border-stone-800",
            )}
          />
        )}
        {mode !== "write" && (
          <div role="region" aria-label="Preview" tabIndex={0} className="overflow-y-auto px-4 py-2 -outline-offset-2! sm:px-7">
            <div className="max-w-prose pb-10">
              {note.body.trim() ? (
                <Markdown source={note.body} onToggle={(line) => update(note.id, { body: toggleTask(note.body, line) })} />
              ) : (
                <p className="text-sm text-stone-600 dark:text-stone-400">Nothing written yet.</p>
              )}
            </div>
          </div>
        )}
      </div>
    </article>
  );
}
