import { format } from "date-fns";
import { Bus, HeartPulse, House, ShoppingBasket, Ticket, Utensils, type LucideIcon } from "lucide-react";
import { z } from "zod";

export const categoryIds = ["housing", "groceries", "eating", "transport", "health", "leisure"] as const;
export type CategoryId = (typeof categoryIds)[number];

export const categories: Record<CategoryId, { name: string; icon: LucideIcon; color: string }> = {
  housing: { name: "Housing", icon: House, color: "var(--color-cat-housing)" },
  groceries: { name: "Groceries", icon: ShoppingBasket, color: "var(--color-cat-groceries)" },
  eating: { name: "Eating out", icon: Utensils, color: "var(--color-cat-eating)" },
  transport: { name: "Transport", icon: Bus, color: "var(--color-cat-transport)" },
  health: { name: "Health", icon: HeartPulse, color: "var(--color-cat-health)" },
  leisure: { name: "Leisure", icon: Ticket, color: "var(--color-cat-leisure)" },
};

export const expenseSchema = z.object({
  id: z.string(),
  cents: z.number().int().positive(),
  note: z.string(),
  category: z.enum(categoryIds),
  /** Calendar day, YYYY-MM-DD. */
  date: z.iso.date(),
});
export type Expense = z.infer<typeof expenseSchema>;

/** What the form holds, and what it gives: an amount in whole cents. */
export const draftSchema = z.object({
  cents: z
    .string()
    .trim()
    .min(1, "Enter an amount.")
    .transform((text) => Math.round(Number(text.replace(",", ".")) * 100))
    .pipe(z.number("Use digits, like 12.50.").positive("Enter more than zero.").max(100_000_000, "That is more than a million.")),
  note: z.string().trim().min(1, "Say what it was for.").max(60, "Keep it under 60 letters."),
  category: z.enum(categoryIds),
  date: z.iso.date("Choose a date."),
});

const currency = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const wholeCurrency = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0 });

export const formatMoney = (cents: number) => currency.format(cents / 100);
export const formatWhole = (cents: number) => wholeCurrency.format(cents / 100);

/** The month of a day or of now, as YYYY-MM. */
export const monthOf = (date: string | Date) => (typeof date === "string" ? date.slice(0, 7) : format(date, "yyyy-MM"));

export const sumCents = (expenses: readonly Expense[]) => expenses.reduce((sum, { cents }) => sum + cents, 0);
