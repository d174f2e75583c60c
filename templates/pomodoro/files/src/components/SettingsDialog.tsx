import { useEffect, useRef, useState, type FormEvent } from "react";
import type { Settings } from "@/lib/timer";

interface SettingsDialogProps {
  settings: Settings;
  onSave: (settings: Settings) => void;
  onClose: () => void;
}

const numbers = [
  { key: "focus", label: "Focus, minutes", most: 180 },
  { key: "short", label: "Short break, minutes", most: 180 },
  { key: "long", label: "Long break, minutes", most: 180 },
  { key: "rounds", label: "Rounds to a long break", most: 12 },
] as const;

const switches = [
  { key: "autoStart", label: "Start the next phase by itself" },
  { key: "sound", label: "Chime at the end of a phase" },
] as const;

export function SettingsDialog({ settings, onSave, onClose }: SettingsDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [draft, setDraft] = useState(settings);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  function submit(event: FormEvent) {
    event.preventDefault();
    onSave(draft);
  }

  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      aria-labelledby="settings-title"
      className="m-auto w-[calc(100vw-2rem)] max-w-sm rounded-xl border border-neutral-200 bg-white p-0 text-neutral-900 shadow-2xl backdrop:bg-black/40 dark:border-neutral-800 dark:bg-neutral-900 dark:text-neutral-100"
    >
      <form onSubmit={submit} className="space-y-4 p-5">
        <h2 id="settings-title" className="text-base font-semibold">
          Settings
        </h2>
        {numbers.map(({ key, label, most }) => (
          <label key={key} className="flex items-center justify-between gap-4 text-sm">
            {label}
            <input
              type="number"
              required
              min={1}
              max={most}
              value={draft[key] || ""}
              onChange={(event) => setDraft({ ...draft, [key]: Number(event.target.value) })}
              className="w-20 rounded-md border border-neutral-300 bg-white px-2 py-1.5 text-right tabular-nums dark:border-neutral-700 dark:bg-neutral-950"
            />
          </label>
        ))}
        {switches.map(({ key, label }) => (
          <label key={key} className="flex items-center justify-between gap-4 text-sm">
            {label}
            <input
              type="checkbox"
              checked={draft[key]}
              onChange={(event) => setDraft({ ...draft, [key]: event.target.checked })}
              className="size-4.5 accent-accent dark:accent-accent-bright"
            />
          </label>
        ))}
        <div className="flex justify-end gap-2 border-t border-neutral-200 pt-4 dark:border-neutral-800">
          <button
            type="button"
            onClick={onClose}
            className="rounded-md border border-neutral-300 px-3 py-1.5 text-sm hover:bg-neutral-50 dark:border-neutral-700 dark:hover:bg-neutral-800"
          >
            Cancel
          </button>
          <button
            type="submit"
            className="rounded-md bg-accent px-3 py-1.5 text-sm font-medium text-white hover:bg-accent/90 dark:bg-accent-bright dark:hover:bg-accent-bright/90 dark:text-neutral-950"
          >
            Save
          </button>
        </div>
      </form>
    </dialog>
  );
}
