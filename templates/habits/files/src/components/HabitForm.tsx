import { useState, type FormEvent } from "react";

interface HabitFormProps {
  title: string;
  submitLabel: string;
  name?: string;
  goal?: number;
  onSubmit: (name: string, goal: number) => void;
  onCancel: () => void;
}

export function HabitForm({ title, submitLabel, name: initialName = "", goal: initialGoal = 7, onSubmit, onCancel }: HabitFormProps) {
  const [name, setName] = useState(initialName);
  const [goal, setGoal] = useState(initialGoal);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim()) onSubmit(name.trim(), goal);
  }

  return (
    <form
      aria-label={title}
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && onCancel()}
      className="flex flex-wrap items-end gap-3 px-4 py-4 sm:px-5"
    >
      <label className="min-w-0 flex-1 basis-52 space-y-1.5 text-sm font-medium">
        <span className="block">Habit</span>
        <input
          autoFocus
          required
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="Stretch for ten minutes"
          className="w-full rounded-md border border-stone-300 bg-white px-3 py-2 font-normal placeholder:text-stone-500 dark:border-stone-700 dark:bg-stone-950 dark:placeholder:text-stone-400"
        />
      </label>
      <label className="space-y-1.5 text-sm font-medium">
        <span className="block">Goal</span>
        <select
          value={goal}
          onChange={(event) => setGoal(Number(event.target.value))}
          className="rounded-md border border-stone-300 bg-white px-3 py-2 font-normal dark:border-stone-700 dark:bg-stone-950"
        >
          {[7, 6, 5, 4, 3, 2, 1].map((days) => (
            <option key={days} value={days}>
              {days === 7 ? "Every day" : days === 1 ? "Once a week" : `${days} days a week`}
            </option>
          ))}
        </select>
      </label>
      <div className="flex gap-2">
        <button
          type="submit"
          className="rounded-md bg-accent px-3 py-2 text-sm font-medium text-white hover:bg-accent/90 dark:bg-accent-bright dark:hover:bg-accent-bright/90 dark:text-stone-950"
        >
          {submitLabel}
        </button>
        <button
          type="button"
          onClick={onCancel}
          className="rounded-md px-3 py-2 text-sm text-stone-600 hover:bg-stone-200/70 dark:text-stone-400 dark:hover:bg-stone-800"
        >
          Cancel
        </button>
      </div>
    </form>
  );
}
