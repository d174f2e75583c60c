import { nanoid } from "nanoid";
import { useEffect, useState } from "react";
import { addToList, type Ingredient, type Recipe, type ShoppingItem } from "./recipes";
import { sampleRecipes } from "./sample";

const KEY = "recipes.v1";

interface Cookbook {
  recipes: Recipe[];
  /** Ids of recipes. */
  favourites: string[];
  shopping: ShoppingItem[];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const isText = (value: unknown) => typeof value === "string";
const isNumber = (value: unknown) => typeof value === "number";
const isListOf = (value: unknown, isItem: (item: unknown) => boolean) => Array.isArray(value) && value.every(isItem);

const isIngredient = (value: unknown) =>
  isRecord(value) && (value.amount === null || isNumber(value.amount)) && isText(value.unit) && isText(value.item);

const isShoppingItem = (value: unknown) =>
  isIngredient(value) && isRecord(value) && isText(value.id) && typeof value.checked === "boolean";

const isRecipe = (value: unknown) =>
  isRecord(value) &&
  [value.id, value.title, value.summary, value.dish, value.diet].every(isText) &&
  [value.minutes, value.servings].every(isNumber) &&
  isListOf(value.ingredients, isIngredient) &&
  isListOf(value.steps, isText);

function isCookbook(value: unknown): value is Cookbook {
  return (
    isRecord(value) && isListOf(value.recipes, isRecipe) && isListOf(value.favourites, isText) && isListOf(value.shopping, isShoppingItem)
  );
}

function load(): Cookbook {
  const fresh: Cookbook = { recipes: sampleRecipes, favourites: ["red-lentil-soup", "shakshuka"], shopping: [] };
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return isCookbook(stored) ? stored : fresh;
  } catch {
    return fresh;
  }
}

/** Recipes, favourites and the shopping list, kept in localStorage. */
export function useCookbook() {
  const [book, setBook] = useState(load);

  useEffect(() => {
    try {
      localStorage.setItem(KEY, JSON.stringify(book));
    } catch {
      // Storage is full or blocked: the book lives until the page closes.
    }
  }, [book]);

  const setShopping = (change: (list: ShoppingItem[]) => ShoppingItem[]) =>
    setBook((now) => ({ ...now, shopping: change(now.shopping) }));

  return {
    ...book,
    addRecipe: (draft: Omit<Recipe, "id">) => {
      const recipe: Recipe = { id: nanoid(8), ...draft };
      setBook((now) => ({ ...now, recipes: [recipe, ...now.recipes] }));
      return recipe.id;
    },
    removeRecipe: (id: string) => setBook((now) => ({ ...now, recipes: now.recipes.filter((recipe) => recipe.id !== id) })),
    restoreRecipe: (recipe: Recipe, index: number) => setBook((now) => ({ ...now, recipes: now.recipes.toSpliced(index, 0, recipe) })),
    toggleFavourite: (id: string) =>
      setBook((now) => ({
        ...now,
        favourites: now.favourites.includes(id) ? now.favourites.filter((other) => other !== id) : [...now.favourites, id],
      })),
    shop: (ingredients: Ingredient[]) => setShopping((list) => addToList(list, ingredients, () => nanoid(8))),
    replaceShopping: (list: ShoppingItem[]) => setShopping(() => list),
    toggleItem: (id: string) => setShopping((list) => list.map((item) => (item.id === id ? { ...item, checked: !item.checked } : item))),
  };
}
