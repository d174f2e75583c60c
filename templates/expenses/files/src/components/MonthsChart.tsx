import { format, parseISO } from "date-fns";
import { Bar, BarChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatWhole } from "@/lib/expenses";

interface MonthsChartProps {
  /** Oldest first. */
  months: { month: string; cents: number }[];
  selected: string;
  budgetCents: number;
}

interface TipProps {
  active?: boolean;
  payload?: readonly { value?: unknown }[];
  label?: string | number;
}

function Tip({ active, payload, label }: TipProps) {
  const value = payload?.[0]?.value;
  if (!active || typeof value !== "number") return null;
  return (
    <p className="rounded-md border border-stone-200 bg-white px-2.5 py-1.5 text-xs shadow-md dark:border-stone-700 dark:bg-stone-800">
      {label}: <span className="font-semibold tabular-nums">{formatWhole(value)}</span>
    </p>
  );
}

export function MonthsChart({ months, selected, budgetCents }: MonthsChartProps) {
  const data = months.map(({ month, cents }) => ({
    name: format(parseISO(`${month}-01`), "MMM"),
    cents,
    className: month === selected ? "fill-accent dark:fill-accent-bright" : "fill-stone-300 dark:fill-stone-700",
  }));
  const summary = data.map(({ name, cents }) => `${name} ${formatWhole(cents)}`).join(", ");

  return (
    <section aria-labelledby="six-months" className="flex flex-col rounded-xl border border-stone-200 bg-white p-5 dark:border-stone-800 dark:bg-stone-900">
      <div className="flex items-baseline justify-between">
        <h2 id="six-months" className="text-sm font-semibold">
          Six months
        </h2>
        <span className="flex items-center gap-2 text-xs text-stone-600 dark:text-stone-400">
          <span aria-hidden className="w-4 border-t border-dashed border-stone-500" />
          Budget
        </span>
      </div>
      <div role="img" aria-label={`Spent per month: ${summary}`} className="relative mt-4 min-h-44 flex-1 text-stone-600 dark:text-stone-400">
        <div className="absolute inset-0">
          <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height: 176 }}>
            <BarChart data={data} accessibilityLayer={false} margin={{ top: 4, right: 0, bottom: 0, left: 0 }} barCategoryGap="24%">
              <XAxis dataKey="name" axisLine={false} tickLine={false} tick={{ fontSize: 12, fill: "currentColor" }} />
              <YAxis hide domain={[0, (highest: number) => Math.max(highest, budgetCents) * 1.05]} />
              <Tooltip content={<Tip />} cursor={{ fill: "currentColor", fillOpacity: 0.06 }} isAnimationActive={false} />
              <Bar dataKey="cents" radius={[4, 4, 0, 0]} isAnimationActive={false} />
              <ReferenceLine y={budgetCents} stroke="currentColor" strokeDasharray="4 4" strokeOpacity={0.7} />
            </BarChart>
          </ResponsiveContainer>
        </div>
      </div>
    </section>
  );
}
