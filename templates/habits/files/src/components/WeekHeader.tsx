import clsx from "clsx";
import { addWeeks, format, isSameDay, isSameWeek } from "date-fns";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { weekDays, weekStart } from "@/lib/habits";

interface WeekHeaderProps {
  monday: Date;
  today: Date;
  onMonday: (monday: Date) => void;
}

const arrow =
  "rounded-md p-1.5 text-stone-600 hover:bg-stone-200/70 disabled:opacity-35 disabled:hover:bg-transparent dark:text-stone-400 dark:hover:bg-stone-800";

/** Week navigation on the left, the names of the days above the grid on the right. */
export function WeekHeader({ monday, today, onMonday }: WeekHeaderProps) {
  const current = isSameWeek(monday, today, { weekStartsOn: 1 });
  return (
    <div className="grid items-center gap-x-4 gap-y-2 border-b border-stone-200 px-4 py-3 sm:grid-cols-[1fr_auto] sm:px-5 dark:border-stone-800">
      <div className="-ml-1.5 flex items-center gap-1">
        <button type="button" aria-label="Previous week" onClick={() => onMonday(addWeeks(monday, -1))} className={arrow}>
          <ChevronLeft aria-hidden className="size-4" />
        </button>
        <button type="button" aria-label="Next week" disabled={current} onClick={() => onMonday(addWeeks(monday, 1))} className={arrow}>
          <ChevronRight aria-hidden className="size-4" />
        </button>
        <h2 aria-live="polite" className="ml-1 text-sm font-medium">
          {current ? "This week" : `Week of ${format(monday, "d MMMM")}`}
        </h2>
        {!current && (
          <button
            type="button"
            onClick={() => onMonday(weekStart(today))}
            className="ml-2 rounded-md px-2 py-1 text-[13px] text-accent hover:bg-accent/10 dark:text-accent-bright"
          >
            Back to today
          </button>
        )}
      </div>
      <div aria-hidden className="grid grid-cols-7 gap-1 text-center text-xs text-stone-600 sm:gap-1.5 dark:text-stone-400">
        {weekDays(monday).map((day) => (
          <span
            key={day.getTime()}
            className={clsx("mx-auto w-9 leading-4 tabular-nums", isSameDay(day, today) && "font-semibold text-accent dark:text-accent-bright")}
          >
            <span className="block">{format(day, "EEEEEE")}</span>
            {format(day, "d")}
          </span>
        ))}
      </div>
    </div>
  );
}
