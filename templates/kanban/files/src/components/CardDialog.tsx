import { Trash2, X } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { columns, isColumnId, labels, type Card, type ColumnId } from "@/lib/board";

const control =
  "w-full rounded-md border border-zinc-300 bg-white px-3 py-2 text-sm dark:border-zinc-700 dark:bg-zinc-950";

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className="block space-y-1.5">
      <span className="block text-sm font-medium">{label}</span>
      {children}
    </label>
  );
}

interface CardDialogProps {
  card: Card;
  column: ColumnId;
  onSave: (card: Card, column: ColumnId) => void;
  onDelete: () => void;
  onClose: () => void;
}

export function CardDialog({ card, column, onSave, onDelete, onClose }: CardDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [draft, setDraft] = useState(card);
  const [target, setTarget] = useState(column);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  function submit(event: FormEvent) {
    event.preventDefault();
    onSave({ ...draft, title: draft.title.trim(), notes: draft.notes.trim() }, target);
  }

  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      aria-labelledby="card-dialog-title"
      className="m-auto w-[calc(100vw-2rem)] max-w-md rounded-xl border border-zinc-200 bg-white p-0 text-zinc-900 shadow-2xl backdrop:bg-black/40 dark:border-zinc-800 dark:bg-zinc-900 dark:text-zinc-100"
    >
      <form onSubmit={submit} className="space-y-4 p-5">
        <div className="flex items-center justify-between">
          <h2 id="card-dialog-title" className="text-base font-semibold">
            Edit card
          </h2>
          <button
            type="button"
            onClick={onClose}
            aria-label="Close"
            className="-m-1.5 rounded-md p-1.5 text-zinc-500 hover:text-zinc-900 dark:text-zinc-400 dark:hover:text-zinc-100"
          >
            <X aria-hidden className="size-4" />
          </button>
        </div>

        <Field label="Title">
          <input
            required
            pattern=".*\S.*"
            title="A title needs at least one letter."
            maxLength={120}
            value={draft.title}
            onChange={(event) => setDraft({ ...draft, title: event.target.value })}
            className={control}
          />
        </Field>
        <Field label="Notes">
          <textarea
            rows={4}
            value={draft.notes}
            onChange={(event) => setDraft({ ...draft, notes: event.target.value })}
            className={`${control} resize-y leading-6`}
          />
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field label="Column">
            <select
              value={target}
              onChange={(event) => isColumnId(event.target.value) && setTarget(event.target.value)}
              className={control}
            >
              {columns.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </Field>
          <Field label="Label">
            <select
              value={draft.label ?? ""}
              onChange={(event) => {
                const label = labels.find(({ id }) => id === event.target.value);
                setDraft({ ...draft, label: label?.id ?? null });
              }}
              className={control}
            >
              <option value="">None</option>
              {labels.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <Field label="Due date">
          <input
            type="date"
            value={draft.due ?? ""}
            onChange={(event) => setDraft({ ...draft, due: event.target.value || null })}
            className={control}
          />
        </Field>

        <div className="flex items-center justify-between border-t border-zinc-200 pt-4 dark:border-zinc-800">
          <button
            type="button"
            onClick={onDelete}
            className="flex items-center gap-1.5 rounded-md px-2 py-1.5 text-sm text-red-700 hover:bg-red-50 dark:text-red-400 dark:hover:bg-red-950/50"
          >
            <Trash2 aria-hidden className="size-4" />
            Delete card
          </button>
          <div className="flex gap-2">
            <button
              type="button"
              onClick={onClose}
              className="rounded-md border border-zinc-300 px-3 py-1.5 text-sm hover:bg-zinc-50 dark:border-zinc-700 dark:hover:bg-zinc-800"
            >
              Cancel
            </button>
            <button
              type="submit"
              className="rounded-md bg-accent px-3 py-1.5 text-sm font-medium text-white hover:bg-accent/90 dark:bg-accent-bright dark:hover:bg-accent-bright/90 dark:text-zinc-950"
            >
              Save
            </button>
          </div>
        </div>
      </form>
    </dialog>
  );
}
