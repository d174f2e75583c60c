import clsx from "clsx";
import { Plus, Search } from "lucide-react";
import { RecipeCard } from "@/components/RecipeCard";
import { matches, noFilters, type Filters, type Recipe } from "@/lib/recipes";

interface RecipeListProps {
  recipes: Recipe[];
  favourites: string[];
  filters: Filters;
  onFilters: (filters: Filters) => void;
  onOpen: (id: string) => void;
  onFavourite: (id: string) => void;
  onNew: () => void;
}

const switches = [
  { key: "vegetarian", label: "Vegetarian" },
  { key: "quick", label: "Up to 30 minutes" },
  { key: "favourites", label: "Favourites" },
] as const;

export function RecipeList({ recipes, favourites, filters, onFilters, onOpen, onFavourite, onNew }: RecipeListProps) {
  const visible = recipes.filter((recipe) => matches(recipe, filters, favourites));

  return (
    <>
      <div className="flex flex-wrap items-center gap-3 pb-5">
        <div className="relative w-full sm:w-64">
          <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-stone-500" />
          <input
            type="search"
            aria-label="Search recipes and ingredients"
            placeholder="Recipe or ingredient"
            value={filters.query}
            onChange={(event) => onFilters({ ...filters, query: event.target.value })}
            className="w-full rounded-md border border-stone-300 bg-white py-2 pr-3 pl-9 text-sm placeholder:text-stone-500 dark:border-stone-700 dark:bg-stone-900 dark:placeholder:text-stone-400"
          />
        </div>
        <div role="group" aria-label="Filters" className="flex flex-wrap gap-1.5">
          {switches.map(({ key, label }) => (
            <button
              key={key}
              type="button"
              aria-pressed={filters[key]}
              onClick={() => onFilters({ ...filters, [key]: !filters[key] })}
              className={clsx(
                "rounded-full border px-3 py-1.5 text-[13px] transition-colors",
                filters[key]
                  ? "border-accent bg-accent text-white dark:border-accent-bright dark:bg-accent-bright dark:text-stone-950"
                  : "border-stone-300 text-stone-700 hover:border-stone-500 dark:border-stone-700 dark:text-stone-300 dark:hover:border-stone-500",
              )}
            >
              {label}
            </button>
          ))}
        </div>
        <button
          type="button"
          onClick={onNew}
          className="flex items-center gap-1.5 rounded-md bg-accent px-3 py-2 text-sm font-medium text-white hover:bg-accent/90 sm:ml-auto dark:bg-accent-bright dark:hover:bg-accent-bright/90 dark:text-stone-950"
        >
          <Plus aria-hidden className="size-4" />
          New recipe
        </button>
      </div>
      <p role="status" className="sr-only">
        {visible.length} recipes
      </p>
      {visible.length === 0 ? (
        <div className="rounded-xl border border-dashed border-stone-300 px-4 py-16 text-center text-sm text-stone-600 dark:border-stone-700 dark:text-stone-400">
          <p>No recipe fits.</p>
          <button type="button" onClick={() => onFilters(noFilters)} className="mt-2 rounded font-medium text-accent underline underline-offset-4 dark:text-accent-bright">
            Show all recipes
          </button>
        </div>
      ) : (
        <ul aria-label="Recipes" className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {visible.map((recipe) => (
            <RecipeCard
              key={recipe.id}
              recipe={recipe}
              favourite={favourites.includes(recipe.id)}
              onOpen={() => onOpen(recipe.id)}
              onFavourite={() => onFavourite(recipe.id)}
            />
          ))}
        </ul>
      )}
    </>
  );
}
