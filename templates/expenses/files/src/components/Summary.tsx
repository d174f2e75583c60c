import clsx from "clsx";
import { useState, type FormEvent } from "react";
import { formatMoney } from "@/lib/expenses";

interface SummaryProps {
  spentCents: number;
  budgetCents: number;
  perDayCents: number;
  onBudget: (cents: number) => void;
}

function Budget({ budgetCents, onBudget }: Pick<SummaryProps, "budgetCents" | "onBudget">) {
  const [text, setText] = useState<string | null>(null);

  function commit(event?: FormEvent) {
    event?.preventDefault();
    const amount = Number(text?.replace(",", "."));
    if (text?.trim() && Number.isFinite(amount) && amount >= 0) onBudget(Math.round(amount * 100));
    setText(null);
  }

  if (text === null) {
    return (
      <button
        type="button"
        onClick={() => setText(String(budgetCents / 100))}
        className="rounded underline decoration-stone-400 decoration-dotted underline-offset-4 hover:decoration-current"
      >
        {formatMoney(budgetCents)} <span className="sr-only">Change budget</span>
      </button>
    );
  }
  return (
    <form onSubmit={commit} className="inline">
      <input
        autoFocus
        aria-label="Monthly budget"
        inputMode="decimal"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => commit()}
        onKeyDown={(event) => event.key === "Escape" && setText(null)}
        className="w-24 rounded border border-stone-300 bg-transparent px-1.5 tabular-nums dark:border-stone-700"
      />
    </form>
  );
}

export function Summary({ spentCents, budgetCents, perDayCents, onBudget }: SummaryProps) {
  const left = budgetCents - spentCents;
  const percent = budgetCents > 0 ? Math.min(100, Math.round((spentCents / budgetCents) * 100)) : 100;

  return (
    <section aria-label="This month" className="rounded-xl border border-stone-200 bg-white p-5 dark:border-stone-800 dark:bg-stone-900">
      <dl className="grid grid-cols-3 items-end gap-x-4 gap-y-4 sm:flex sm:gap-x-10">
        <div className="col-span-3 mr-auto">
          <dt className="text-sm text-stone-600 dark:text-stone-400">Spent</dt>
          <dd className="text-3xl font-semibold tracking-tight tabular-nums">{formatMoney(spentCents)}</dd>
        </div>
        <div>
          <dt className="text-sm text-stone-600 dark:text-stone-400">{left < 0 ? "Over budget" : "Left"}</dt>
          <dd className={clsx("text-base font-medium sm:text-lg tabular-nums", left < 0 && "text-red-700 dark:text-red-400")}>{formatMoney(Math.abs(left))}</dd>
        </div>
        <div>
          <dt className="text-sm text-stone-600 dark:text-stone-400">Per day</dt>
          <dd className="text-base font-medium sm:text-lg tabular-nums">{formatMoney(perDayCents)}</dd>
        </div>
        <div>
          <dt className="text-sm text-stone-600 dark:text-stone-400">Budget</dt>
          <dd className="text-base font-medium sm:text-lg tabular-nums">
            <Budget budgetCents={budgetCents} onBudget={onBudget} />
          </dd>
        </div>
      </dl>
      <div
        role="progressbar"
        aria-label="Budget used"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="mt-4 h-2 overflow-hidden rounded-full bg-stone-200 dark:bg-stone-800"
      >
        <div
          className={clsx("h-full rounded-full transition-[width]", left < 0 ? "bg-red-600 dark:bg-red-400" : "bg-accent dark:bg-accent-bright")}
          style={{ width: `${percent}%` }}
        />
      </div>
    </section>
  );
}
