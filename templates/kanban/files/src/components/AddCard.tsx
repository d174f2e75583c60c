import { Plus } from "lucide-react";
import { useState, type FormEvent, type KeyboardEvent } from "react";

interface AddCardProps {
  columnTitle: string;
  onAdd: (title: string) => void;
}

/** A button that turns into a one-field form; Enter adds and stays for the next card. */
export function AddCard({ columnTitle, onAdd }: AddCardProps) {
  const [open, setOpen] = useState(false);
  const [title, setTitle] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!title.trim()) return;
    onAdd(title.trim());
    setTitle("");
  }

  function close() {
    setOpen(false);
    setTitle("");
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") close();
  }

  if (!open) {
    return (
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="flex w-full items-center gap-2 rounded-lg px-2 py-2 text-sm text-zinc-600 transition-colors hover:bg-zinc-200/70 hover:text-zinc-900 dark:text-zinc-400 dark:hover:bg-zinc-800 dark:hover:text-zinc-100"
      >
        <Plus aria-hidden className="size-4" />
        <span>
          Add card<span className="sr-only"> to {columnTitle}</span>
        </span>
      </button>
    );
  }

  return (
    <form onSubmit={submit} onKeyDown={onKeyDown} className="space-y-2">
      <input
        autoFocus
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        aria-label={`Title of the new card in ${columnTitle}`}
        placeholder="What needs doing?"
        maxLength={120}
        className="w-full rounded-lg border border-zinc-300 bg-white px-3 py-2 text-sm placeholder:text-zinc-500 dark:border-zinc-700 dark:bg-zinc-900 dark:placeholder:text-zinc-400"
      />
      <div className="flex gap-2">
        <button
          type="submit"
          disabled={!title.trim()}
          className="rounded-md bg-accent px-3 py-1.5 text-sm font-medium text-white disabled:opacity-50 dark:bg-accent-bright dark:text-zinc-950"
        >
          Add
        </button>
        <button
          type="button"
          onClick={close}
          className="rounded-md px-3 py-1.5 text-sm text-zinc-600 hover:text-zinc-900 dark:text-zinc-400 dark:hover:text-zinc-100"
        >
          Cancel
        </button>
      </div>
    </form>
  );
}
