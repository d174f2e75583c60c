import { format, isToday, isYesterday, parseISO } from "date-fns";
import { groupBy } from "lodash-es";
import { Trash2 } from "lucide-react";
import { categories, formatMoney, sumCents, type Expense } from "@/lib/expenses";

function dayName(date: string) {
  const day = parseISO(date);
  if (isToday(day)) return "Today";
  if (isYesterday(day)) return "Yesterday";
  return format(day, "EEEE, d MMMM");
}

interface ExpenseListProps {
  /** Newest first. */
  expenses: Expense[];
  onRemove: (expense: Expense) => void;
}

export function ExpenseList({ expenses, onRemove }: ExpenseListProps) {
  if (expenses.length === 0) {
    return (
      <p className="rounded-xl border border-dashed border-stone-300 px-4 py-12 text-center text-sm text-stone-600 dark:border-stone-700 dark:text-stone-400">
        No expenses here yet. Add the first one with the form.
      </p>
    );
  }

  return (
    <div className="overflow-hidden rounded-xl border border-stone-200 bg-white dark:border-stone-800 dark:bg-stone-900">
      {Object.entries(groupBy(expenses, "date")).map(([date, day]) => (
        <section key={date} aria-labelledby={`day-${date}`} className="border-t border-stone-200 first:border-t-0 dark:border-stone-800">
          <div className="flex items-baseline justify-between bg-stone-50 py-1.5 pr-12 pl-4 text-xs text-stone-600 dark:bg-stone-950/40 dark:text-stone-400">
            <h3 id={`day-${date}`} className="font-medium">
              {dayName(date)}
            </h3>
            <span className="tabular-nums">{formatMoney(sumCents(day))}</span>
          </div>
          <ul className="divide-y divide-stone-100 dark:divide-stone-800/60">
            {day.map((expense) => {
              const { name, icon: Icon, color } = categories[expense.category];
              return (
                <li key={expense.id} className="group flex items-center gap-3 py-2.5 pr-2 pl-4">
                  <Icon aria-hidden className="size-4.5 shrink-0" style={{ color }} />
                  <div className="min-w-0 flex-1">
                    <p className="truncate text-sm font-medium">{expense.note}</p>
                    <p className="text-[13px] text-stone-600 dark:text-stone-400">{name}</p>
                  </div>
                  <span className="text-sm tabular-nums">{formatMoney(expense.cents)}</span>
                  <button
                    type="button"
                    onClick={() => onRemove(expense)}
                    aria-label={`Delete ${expense.note}`}
                    className="rounded-md p-1.5 text-stone-500 hover:bg-stone-100 hover:text-red-700 dark:text-stone-400 dark:hover:bg-stone-800 dark:hover:text-red-400"
                  >
                    <Trash2 aria-hidden className="size-4" />
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}
