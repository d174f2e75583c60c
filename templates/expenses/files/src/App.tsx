import { getDaysInMonth, parseISO, subMonths } from "date-fns";
import { X } from "lucide-react";
import { useState } from "react";
import { toast, Toaster } from "sonner";
import { AddExpense, type Draft } from "@/components/AddExpense";
import { CategoryChart } from "@/components/CategoryChart";
import { ExpenseList } from "@/components/ExpenseList";
import { MonthsChart } from "@/components/MonthsChart";
import { MonthSwitcher } from "@/components/MonthSwitcher";
import { Summary } from "@/components/Summary";
import { categories, monthOf, sumCents, type CategoryId, type Expense } from "@/lib/expenses";
import { useExpenses } from "@/lib/useExpenses";
import "./index.css";

export default function App() {
  const { expenses, budgetCents, setBudgetCents, add, remove, restore } = useExpenses();
  const [month, setMonth] = useState(() => monthOf(new Date()));
  const [category, setCategory] = useState<CategoryId | null>(null);

  const inMonth = expenses.filter(({ date }) => monthOf(date) === month);
  const listed = category ? inMonth.filter((expense) => expense.category === category) : inMonth;
  const spentCents = sumCents(inMonth);

  const firstDay = parseISO(`${month}-01`);
  const days = month === monthOf(new Date()) ? new Date().getDate() : getDaysInMonth(firstDay);
  const months = [5, 4, 3, 2, 1, 0].map((back) => {
    const key = monthOf(subMonths(firstDay, back));
    return { month: key, cents: sumCents(expenses.filter(({ date }) => monthOf(date) === key)) };
  });

  function showMonth(next: string) {
    setMonth(next);
    setCategory(null);
  }

  function addExpense(draft: Draft) {
    add(draft);
    showMonth(monthOf(draft.date));
  }

  function removeExpense(expense: Expense) {
    remove(expense.id);
    toast(`Deleted “${expense.note}”`, { action: { label: "Undo", onClick: () => restore(expense) } });
  }

  return (
    <div className="mx-auto max-w-6xl px-4 py-6 sm:px-6">
      <header className="flex flex-wrap items-center justify-between gap-2 pb-5">
        <h1 className="text-xl font-semibold tracking-tight">Expenses</h1>
        <MonthSwitcher month={month} onMonth={showMonth} />
      </header>
      <main className="grid items-start gap-4 lg:grid-cols-[1fr_19rem]">
        <div className="grid min-w-0 gap-4">
          <Summary
            spentCents={spentCents}
            budgetCents={budgetCents}
            perDayCents={Math.round(spentCents / days)}
            onBudget={setBudgetCents}
          />
          <div className="grid gap-4 md:grid-cols-2">
            <CategoryChart expenses={inMonth} selected={category} onSelect={setCategory} />
            <MonthsChart months={months} selected={month} budgetCents={budgetCents} />
          </div>
        </div>
        <aside aria-label="New expense" className="lg:sticky lg:top-6 lg:row-span-2">
          <AddExpense onAdd={addExpense} />
        </aside>
        <div className="min-w-0">
          <div className="flex h-9 items-center justify-between pb-1">
            <h2 className="text-sm font-semibold">{category ? categories[category].name : "All expenses"}</h2>
            {category && (
              <button
                type="button"
                onClick={() => setCategory(null)}
                className="flex items-center gap-1 rounded-md px-2 py-1 text-[13px] text-stone-600 hover:bg-stone-200/70 dark:text-stone-400 dark:hover:bg-stone-800"
              >
                <X aria-hidden className="size-3.5" />
                Clear filter
              </button>
            )}
          </div>
          <ExpenseList expenses={listed} onRemove={removeExpense} />
        </div>
      </main>
      <Toaster theme="system" position="bottom-center" toastOptions={{ actionButtonStyle: { height: 28 } }} />
    </div>
  );
}
