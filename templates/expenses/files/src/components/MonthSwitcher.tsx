import { addMonths, format, parseISO } from "date-fns";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { monthOf } from "@/lib/expenses";

interface MonthSwitcherProps {
  month: string;
  onMonth: (month: string) => void;
}

const arrow =
  "rounded-md p-2 text-stone-600 hover:bg-stone-200/70 disabled:opacity-35 disabled:hover:bg-transparent dark:text-stone-400 dark:hover:bg-stone-800";

export function MonthSwitcher({ month, onMonth }: MonthSwitcherProps) {
  const first = parseISO(`${month}-01`);
  const step = (months: number) => onMonth(monthOf(addMonths(first, months)));
  return (
    <div className="flex items-center gap-1">
      <button type="button" aria-label="Previous month" onClick={() => step(-1)} className={arrow}>
        <ChevronLeft aria-hidden className="size-4" />
      </button>
      <span aria-live="polite" className="w-32 text-center text-sm font-medium">
        {format(first, "MMMM yyyy")}
      </span>
      <button type="button" aria-label="Next month" disabled={month >= monthOf(new Date())} onClick={() => step(1)} className={arrow}>
        <ChevronRight aria-hidden className="size-4" />
      </button>
    </div>
  );
}
