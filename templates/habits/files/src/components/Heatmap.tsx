import clsx from "clsx";
import { format, isAfter, subWeeks } from "date-fns";
import { toDay, weekDays, weekStart, type Habit } from "@/lib/habits";

const WEEKS = 18;

/** One square per day, one column per week, today's week last. */
export function Heatmap({ habit, today }: { habit: Habit; today: Date }) {
  const done = new Set(habit.days);
  const weeks = Array.from({ length: WEEKS }, (_, index) => weekDays(subWeeks(weekStart(today), WEEKS - 1 - index)));
  const count = weeks.flat().filter((day) => done.has(toDay(day))).length;

  return (
    <div role="img" aria-label={`Done on ${count} days in the last ${WEEKS} weeks`} className="grid max-w-md grid-flow-col gap-[3px] sm:gap-1">
      {weeks.map((week, index) => {
        const monday = week[0];
        const startsMonth = monday && (index === 0 || monday.getDate() <= 7);
        return (
          <div key={monday?.getTime()} className="grid gap-[3px] sm:gap-1">
            <span className="h-4 w-0 text-[11px] leading-4 whitespace-nowrap text-stone-600 dark:text-stone-400">
              {startsMonth && !(index === 0 && monday.getDate() > 20) ? format(monday, "MMM") : ""}
            </span>
            {week.map((day) => (
              <span
                key={day.getTime()}
                className={clsx(
                  "aspect-square rounded-[3px]",
                  isAfter(day, today) ? "bg-transparent" : done.has(toDay(day)) ? "bg-accent dark:bg-accent-bright" : "bg-stone-200 dark:bg-stone-800",
                )}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}
