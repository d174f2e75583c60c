import clsx from "clsx";
import { format, isAfter, isSameDay } from "date-fns";
import { Check, Flame } from "lucide-react";
import { currentStreak, describeStreak, doneInWeek, toDay, weekDays, type Habit } from "@/lib/habits";

interface HabitRowProps {
  habit: Habit;
  monday: Date;
  today: Date;
  selected: boolean;
  onSelect: () => void;
  onToggle: (day: string) => void;
}

export function HabitRow({ habit, monday, today, selected, onSelect, onToggle }: HabitRowProps) {
  const streak = currentStreak(habit, today);
  const done = doneInWeek(habit, monday);

  return (
    <li
      className={clsx(
        "grid items-center gap-x-4 gap-y-3 px-4 py-3.5 sm:grid-cols-[1fr_auto] sm:px-5",
        selected && "bg-accent/5 dark:bg-accent-bright/5",
      )}
    >
      <button type="button" aria-pressed={selected} onClick={onSelect} className="min-w-0 rounded text-left">
        <span className="block truncate text-[15px] font-medium">{habit.name}</span>
        <span className="mt-0.5 flex items-center gap-3 text-[13px] text-stone-600 tabular-nums dark:text-stone-400">
          <span className={clsx("flex items-center gap-1", streak.length > 1 && "text-accent dark:text-accent-bright")}>
            <Flame aria-hidden className="size-3.5" />
            <span className="sr-only">Streak: </span>
            {describeStreak(streak)}
          </span>
          <span>
            {done} of {habit.goal}
            <span className="sr-only"> this week</span>
          </span>
        </span>
      </button>
      <div role="group" aria-label={habit.name} className="grid grid-cols-7 gap-1 sm:gap-1.5">
        {weekDays(monday).map((day) => {
          const key = toDay(day);
          const checked = habit.days.includes(key);
          const isToday = isSameDay(day, today);
          return (
            <button
              key={key}
              type="button"
              aria-pressed={checked}
              aria-label={`${habit.name}, ${format(day, "EEEE d MMMM")}`}
              disabled={isAfter(day, today)}
              onClick={() => onToggle(key)}
              className={clsx(
                "mx-auto grid size-9 place-items-center rounded-full border transition-colors disabled:cursor-not-allowed disabled:border-dashed disabled:opacity-50",
                checked
                  ? "border-accent bg-accent text-white hover:bg-accent/85 dark:border-accent-bright dark:bg-accent-bright dark:hover:bg-accent-bright/90 dark:text-stone-950"
                  : isToday
                    ? "border-2 border-accent hover:bg-accent/10 dark:border-accent-bright"
                    : "border-stone-300 enabled:hover:border-stone-500 dark:border-stone-700 dark:enabled:hover:border-stone-500",
              )}
            >
              {checked && <Check aria-hidden className="size-4" strokeWidth={2.5} />}
            </button>
          );
        })}
      </div>
    </li>
  );
}
