import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { HabitForm } from "@/components/HabitForm";
import { Heatmap } from "@/components/Heatmap";
import { bestStreak, currentStreak, describeStreak, recentRate, type Habit } from "@/lib/habits";

interface HabitDetailProps {
  habit: Habit;
  today: Date;
  onUpdate: (fields: Pick<Habit, "name" | "goal">) => void;
  onRemove: () => void;
}

const action =
  "flex items-center gap-1.5 rounded-md px-2 py-1.5 text-[13px] text-stone-600 hover:bg-stone-100 dark:text-stone-400 dark:hover:bg-stone-800";

export function HabitDetail({ habit, today, onUpdate, onRemove }: HabitDetailProps) {
  const [editing, setEditing] = useState(false);
  const figures = [
    { label: "Streak", value: describeStreak(currentStreak(habit, today)) },
    { label: "Best streak", value: describeStreak(bestStreak(habit, today)) },
    { label: "Last 30 days", value: `${recentRate(habit, today)} %` },
  ];

  if (editing) {
    return (
      <HabitForm
        title="Edit habit"
        submitLabel="Save"
        name={habit.name}
        goal={habit.goal}
        onSubmit={(name, goal) => {
          onUpdate({ name, goal });
          setEditing(false);
        }}
        onCancel={() => setEditing(false)}
      />
    );
  }

  return (
    <div className="p-4 sm:p-5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-sm font-semibold">{habit.name}</h2>
        <div className="-mr-2 flex">
          <button type="button" onClick={() => setEditing(true)} className={action}>
            <Pencil aria-hidden className="size-3.5" />
            Edit
          </button>
          <button type="button" onClick={onRemove} className={action}>
            <Trash2 aria-hidden className="size-3.5" />
            Delete
          </button>
        </div>
      </div>
      <div className="mt-3 grid gap-6 sm:grid-cols-[1fr_auto] sm:items-center">
        <Heatmap habit={habit} today={today} />
        <dl className="grid grid-cols-3 gap-4 sm:grid-cols-1 sm:pr-4">
          {figures.map(({ label, value }) => (
            <div key={label}>
              <dt className="text-[13px] text-stone-600 dark:text-stone-400">{label}</dt>
              <dd className="text-lg font-semibold tracking-tight tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}
