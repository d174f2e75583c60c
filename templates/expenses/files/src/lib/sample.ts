import { format, isAfter, setDate, startOfMonth, subMonths } from "date-fns";
import { nanoid } from "nanoid";
import type { CategoryId, Expense } from "./expenses";

/** Day of the month, amount, note, category. */
type Row = [number, number, string, CategoryId];

const everyMonth: Row[] = [
  [1, 780, "Rent", "housing"],
  [3, 49, "Bus pass", "transport"],
  [5, 34.9, "Climbing gym", "health"],
  [8, 62.4, "Electricity", "housing"],
  [15, 29.99, "Internet", "housing"],
];

const cycles: Row[][] = [
  [
    [2, 58.35, "Weekly shop", "groceries"],
    [4, 23.5, "Noodles with Ana", "eating"],
    [9, 71.2, "Weekly shop", "groceries"],
    [11, 18, "Cinema", "leisure"],
    [13, 12.75, "Pharmacy", "health"],
    [16, 64.8, "Weekly shop", "groceries"],
    [19, 41.6, "Birthday dinner", "eating"],
    [19, 6.4, "Night bus", "transport"],
    [21, 9.5, "Coffee and cake", "eating"],
    [21, 27, "Second-hand books", "leisure"],
    [23, 55.1, "Weekly shop", "groceries"],
    [26, 38, "Train to the coast", "transport"],
  ],
  [
    [2, 49.9, "Weekly shop", "groceries"],
    [6, 85, "Concert", "leisure"],
    [7, 16.2, "Lunch at the market", "eating"],
    [10, 66.45, "Weekly shop", "groceries"],
    [14, 120, "Dentist", "health"],
    [17, 59.3, "Weekly shop", "groceries"],
    [20, 27.8, "Pizza", "eating"],
    [24, 72.15, "Weekly shop", "groceries"],
    [27, 14.5, "Taxi home", "transport"],
  ],
  [
    [2, 61.7, "Weekly shop", "groceries"],
    [6, 32.4, "Brunch", "eating"],
    [9, 47.25, "Weekly shop", "groceries"],
    [12, 210, "Weekend in the hills", "leisure"],
    [16, 68.9, "Weekly shop", "groceries"],
    [18, 24, "Bicycle repair", "transport"],
    [22, 36.1, "Tapas", "eating"],
    [25, 53.6, "Weekly shop", "groceries"],
  ],
  [
    [2, 44.1, "Weekly shop", "groceries"],
    [6, 13.8, "Ramen", "eating"],
    [10, 51.35, "Weekly shop", "groceries"],
    [14, 22, "Museum and coffee", "leisure"],
    [18, 48.7, "Weekly shop", "groceries"],
    [26, 57.9, "Weekly shop", "groceries"],
  ],
];

/** What happened once, by months back. */
const once: Record<number, Row[]> = { 4: [[20, 289, "Flight home", "transport"]] };

/** Six months of expenses that end today. */
export function sampleExpenses(): Expense[] {
  const today = new Date();
  return [0, 1, 2, 3, 4, 5].flatMap((back) => {
    const month = startOfMonth(subMonths(today, back));
    const rows = [...everyMonth, ...(cycles[back % cycles.length] ?? []), ...(once[back] ?? [])];
    return rows
      .map(([day, amount, note, category]) => ({ date: setDate(month, day), cents: Math.round(amount * 100), note, category }))
      .filter(({ date }) => !isAfter(date, today))
      .map((row) => ({ ...row, id: nanoid(8), date: format(row.date, "yyyy-MM-dd") }));
  });
}
