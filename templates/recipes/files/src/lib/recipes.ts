export type Diet = "any" | "vegetarian" | "vegan";
export type Dish = "soup" | "salad" | "fish" | "grain" | "cake" | "egg" | "pizza" | "vegetable" | "pot";

export interface Ingredient {
  /** For the recipe's own number of servings; null for "to taste". */
  amount: number | null;
  unit: string;
  item: string;
}

export interface Recipe {
  id: string;
  title: string;
  summary: string;
  dish: Dish;
  diet: Diet;
  minutes: number;
  servings: number;
  ingredients: Ingredient[];
  steps: string[];
}

export interface ShoppingItem extends Ingredient {
  id: string;
  checked: boolean;
}

export interface Filters {
  query: string;
  vegetarian: boolean;
  quick: boolean;
  favourites: boolean;
}

export const noFilters: Filters = { query: "", vegetarian: false, quick: false, favourites: false };

export function matches(recipe: Recipe, filters: Filters, favourites: readonly string[]): boolean {
  const text = [recipe.title, recipe.summary, ...recipe.ingredients.map(({ item }) => item)].join(" ").toLowerCase();
  return (
    text.includes(filters.query.trim().toLowerCase()) &&
    (!filters.vegetarian || recipe.diet !== "any") &&
    (!filters.quick || recipe.minutes <= 30) &&
    (!filters.favourites || favourites.includes(recipe.id))
  );
}

export function scale(ingredient: Ingredient, factor: number): Ingredient {
  return { ...ingredient, amount: ingredient.amount === null ? null : ingredient.amount * factor };
}

const fractions: readonly [number, string][] = [
  [0.25, "¼"],
  [1 / 3, "⅓"],
  [0.5, "½"],
  [2 / 3, "⅔"],
  [0.75, "¾"],
];

/** 1.5 as "1½"; from ten up, whole numbers are exact enough for a kitchen. */
export function formatAmount({ amount, unit }: Ingredient): string {
  if (amount === null) return "";
  if (amount >= 10) return `${Math.round(amount)} ${unit}`.trim();
  const whole = Math.floor(amount);
  const rest = amount - whole;
  const fraction = fractions.find(([value]) => Math.abs(value - rest) < 0.05)?.[1];
  const number = fraction ? `${whole || ""}${fraction}` : String(Math.round(amount * 10) / 10);
  return `${number} ${unit}`.trim();
}

const units = ["g", "kg", "ml", "l", "tsp", "tbsp", "cup", "cups", "can", "cans", "bunch", "clove", "cloves", "slice", "slices"];

/** Reads "200 g flour", "2 eggs" or "salt". */
export function parseIngredient(line: string): Ingredient {
  const match = /^(\d+(?:[.,]\d+)?)\s*(.*)$/.exec(line.trim());
  if (!match) return { amount: null, unit: "", item: line.trim() };
  const amount = Number((match[1] ?? "0").replace(",", "."));
  const [first = "", ...others] = (match[2] ?? "").split(/\s+/);
  return units.includes(first) && others.length > 0
    ? { amount, unit: first, item: others.join(" ") }
    : { amount, unit: "", item: [first, ...others].join(" ") };
}

/** Adds ingredients to a list; the same item in the same unit is added up. */
export function addToList(list: ShoppingItem[], ingredients: Ingredient[], makeId: () => string): ShoppingItem[] {
  return ingredients.reduce((result, ingredient) => {
    const same = result.find(({ item, unit, checked }) => !checked && item === ingredient.item && unit === ingredient.unit);
    if (!same) return [...result, { ...ingredient, id: makeId(), checked: false }];
    const amount = same.amount === null && ingredient.amount === null ? null : (same.amount ?? 0) + (ingredient.amount ?? 0);
    return result.map((entry) => (entry === same ? { ...entry, amount } : entry));
  }, list);
}
