import clsx from "clsx";
import { Pie, PieChart, ResponsiveContainer } from "recharts";
import { categories, categoryIds, formatMoney, formatWhole, sumCents, type CategoryId, type Expense } from "@/lib/expenses";

interface CategoryChartProps {
  expenses: Expense[];
  selected: CategoryId | null;
  onSelect: (category: CategoryId | null) => void;
}

/** A donut of the month; its legend is the filter of the list. */
export function CategoryChart({ expenses, selected, onSelect }: CategoryChartProps) {
  const total = sumCents(expenses);
  const slices = categoryIds
    .map((id) => ({ id, cents: sumCents(expenses.filter(({ category }) => category === id)), fill: categories[id].color }))
    .filter(({ cents }) => cents > 0)
    .sort((a, b) => b.cents - a.cents);

  return (
    <section aria-labelledby="by-category" className="rounded-xl border border-stone-200 bg-white p-5 dark:border-stone-800 dark:bg-stone-900">
      <h2 id="by-category" className="text-sm font-semibold">
        By category
      </h2>
      {slices.length === 0 ? (
        <p className="py-10 text-center text-sm text-stone-600 dark:text-stone-400">Nothing spent in this month.</p>
      ) : (
        <div className="mt-3 flex flex-wrap items-center justify-center gap-4">
          <div className="relative size-36 shrink-0" aria-hidden>
            <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 144, height: 144 }}>
              <PieChart accessibilityLayer={false}>
                <Pie
                  data={slices.map((slice) => ({ ...slice, fillOpacity: selected && selected !== slice.id ? 0.25 : 1 }))}
                  dataKey="cents"
                  nameKey="id"
                  innerRadius="72%"
                  outerRadius="100%"
                  paddingAngle={2}
                  startAngle={90}
                  endAngle={-270}
                  stroke="none"
                  isAnimationActive={false}
                  rootTabIndex={-1}
                />
              </PieChart>
            </ResponsiveContainer>
            <span className="absolute inset-0 grid place-items-center text-lg font-semibold tabular-nums">
              {formatWhole(selected ? (slices.find(({ id }) => id === selected)?.cents ?? 0) : total)}
            </span>
          </div>
          <ul className="-mr-2 min-w-44 flex-1">
            {slices.map(({ id, cents, fill }) => (
              <li key={id}>
                <button
                  type="button"
                  aria-pressed={selected === id}
                  onClick={() => onSelect(selected === id ? null : id)}
                  className={clsx(
                    "flex w-full items-center gap-2 rounded-md px-2 py-1 text-left text-sm transition-colors",
                    selected === id ? "bg-stone-100 font-medium dark:bg-stone-800" : "hover:bg-stone-100 dark:hover:bg-stone-800/60",
                  )}
                >
                  <span aria-hidden className="size-2.5 rounded-sm" style={{ background: fill }} />
                  <span className="flex-1">{categories[id].name}</span>
                  <span className="text-stone-600 tabular-nums dark:text-stone-400">{formatMoney(cents)}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
