import { format } from "date-fns";
import { Plus } from "lucide-react";
import { useState } from "react";
import { toast, Toaster } from "sonner";
import { HabitDetail } from "@/components/HabitDetail";
import { HabitForm } from "@/components/HabitForm";
import { HabitRow } from "@/components/HabitRow";
import { WeekHeader } from "@/components/WeekHeader";
import { toDay, weekStart, type Habit } from "@/lib/habits";
import { useHabits } from "@/lib/useHabits";
import "./index.css";

const panel = "overflow-hidden rounded-xl border border-stone-200 bg-white dark:border-stone-800 dark:bg-stone-900";

function progressText(done: number, total: number) {
  if (total === 0) return "No habits yet";
  if (done === total) return "All done for today";
  return `${done} of ${total} done today`;
}

export default function App() {
  const { habits, add, toggle, update, remove, insert } = useHabits();
  const [today] = useState(() => new Date());
  const [monday, setMonday] = useState(() => weekStart(today));
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);

  const selected = habits.find(({ id }) => id === selectedId) ?? habits[0];
  const doneToday = habits.filter(({ days }) => days.includes(toDay(today))).length;

  function removeHabit(habit: Habit) {
    const index = habits.indexOf(habit);
    remove(habit.id);
    toast(`Deleted “${habit.name}”`, { action: { label: "Undo", onClick: () => insert(habit, Math.max(index, 0)) } });
  }

  return (
    <div className="mx-auto max-w-3xl px-4 py-8 sm:px-6">
      <header className="flex flex-wrap items-end justify-between gap-3 pb-5">
        <div>
          <p className="text-sm text-stone-600 dark:text-stone-400">{format(today, "EEEE, d MMMM")}</p>
          <h1 className="mt-0.5 text-2xl font-semibold tracking-tight tabular-nums">{progressText(doneToday, habits.length)}</h1>
        </div>
        <button
          type="button"
          onClick={() => setAdding(true)}
          className="flex items-center gap-1.5 rounded-md bg-accent px-3 py-2 text-sm font-medium text-white hover:bg-accent/90 dark:bg-accent-bright dark:hover:bg-accent-bright/90 dark:text-stone-950"
        >
          <Plus aria-hidden className="size-4" />
          New habit
        </button>
      </header>
      <main className="space-y-4">
        <div className={panel}>
          <WeekHeader monday={monday} today={today} onMonday={setMonday} />
          {adding && (
            <div className="border-b border-stone-200 dark:border-stone-800">
              <HabitForm
                title="New habit"
                submitLabel="Add habit"
                onSubmit={(name, goal) => {
                  setSelectedId(add(name, goal));
                  setAdding(false);
                }}
                onCancel={() => setAdding(false)}
              />
            </div>
          )}
          {habits.length === 0 && !adding ? (
            <p className="px-4 py-14 text-center text-sm text-stone-600 dark:text-stone-400">
              Pick one small thing to do most days, and add it as a new habit.
            </p>
          ) : (
            <ul aria-label="Habits" className="divide-y divide-stone-200 dark:divide-stone-800">
              {habits.map((habit) => (
                <HabitRow
                  key={habit.id}
                  habit={habit}
                  monday={monday}
                  today={today}
                  selected={habit.id === selected?.id}
                  onSelect={() => setSelectedId(habit.id)}
                  onToggle={(day) => toggle(habit.id, day)}
                />
              ))}
            </ul>
          )}
        </div>
        {selected && (
          <section aria-label="History" className={panel}>
            <HabitDetail
              key={selected.id}
              habit={selected}
              today={today}
              onUpdate={(fields) => update(selected.id, fields)}
              onRemove={() => removeHabit(selected)}
            />
          </section>
        )}
      </main>
      <Toaster theme="system" position="bottom-center" toastOptions={{ actionButtonStyle: { height: 28 } }} />
    </div>
  );
}
