import { nanoid } from "nanoid";
import { useEffect, useState } from "react";
import { z } from "zod";
import { expenseSchema, type Expense } from "./expenses";
import { sampleExpenses } from "./sample";

const KEY = "expenses.v1";
const DEFAULT_BUDGET_CENTS = 150_000;

const stateSchema = z.object({ expenses: z.array(expenseSchema), budgetCents: z.number().int().nonnegative() });
type State = z.infer<typeof stateSchema>;

function load(): State {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return stateSchema.parse(stored);
  } catch {
    return { expenses: sampleExpenses(), budgetCents: DEFAULT_BUDGET_CENTS };
  }
}

/** Expenses, newest first, and the monthly budget, kept in localStorage. */
export function useExpenses() {
  const [state, setState] = useState(load);

  useEffect(() => {
    try {
      localStorage.setItem(KEY, JSON.stringify(state));
    } catch {
      // Storage is full or blocked: the list lives until the page closes.
    }
  }, [state]);

  return {
    expenses: state.expenses.toSorted((a, b) => b.date.localeCompare(a.date)),
    budgetCents: state.budgetCents,
    setBudgetCents: (budgetCents: number) => setState((now) => ({ ...now, budgetCents })),
    add: (draft: Omit<Expense, "id">) =>
      setState((now) => ({ ...now, expenses: [{ id: nanoid(8), ...draft }, ...now.expenses] })),
    restore: (expense: Expense) => setState((now) => ({ ...now, expenses: [expense, ...now.expenses] })),
    remove: (id: string) => setState((now) => ({ ...now, expenses: now.expenses.filter((expense) => expense.id !== id) })),
  };
}
