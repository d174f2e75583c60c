import clsx from "clsx";
import { Clock, Heart, Users } from "lucide-react";
import { DishTile } from "@/components/DishTile";
import type { Recipe } from "@/lib/recipes";

interface RecipeCardProps {
  recipe: Recipe;
  favourite: boolean;
  onOpen: () => void;
  onFavourite: () => void;
}

export function RecipeCard({ recipe, favourite, onOpen, onFavourite }: RecipeCardProps) {
  return (
    <li className="relative flex flex-col overflow-hidden rounded-xl border border-stone-200 bg-white transition-colors hover:border-stone-400 dark:border-stone-800 dark:bg-stone-900 dark:hover:border-stone-600">
      <DishTile dish={recipe.dish} className="h-28" />
      <div className="flex flex-1 flex-col p-4">
        <h2 className="text-[15px] font-semibold tracking-tight">
          <button type="button" onClick={onOpen} className="rounded text-left after:absolute after:inset-0">
            {recipe.title}
          </button>
        </h2>
        <p className="mt-1 text-[13px] leading-5 text-stone-600 dark:text-stone-400">{recipe.summary}</p>
        <p className="mt-auto flex items-center gap-4 pt-3 text-xs text-stone-600 tabular-nums dark:text-stone-400">
          <span className="flex items-center gap-1">
            <Clock aria-hidden className="size-3.5" />
            {recipe.minutes} min
          </span>
          <span className="flex items-center gap-1">
            <Users aria-hidden className="size-3.5" />
            {recipe.servings}
            <span className="sr-only"> servings</span>
          </span>
          {recipe.diet !== "any" && <span className="ml-auto capitalize">{recipe.diet}</span>}
        </p>
      </div>
      <button
        type="button"
        aria-pressed={favourite}
        aria-label={`Favourite ${recipe.title}`}
        onClick={onFavourite}
        className="absolute top-2 right-2 grid size-8 place-items-center rounded-full bg-white text-stone-700 hover:text-stone-950 dark:bg-stone-900 dark:text-stone-300 dark:hover:text-white"
      >
        <Heart aria-hidden className={clsx("size-4", favourite && "fill-accent text-accent dark:fill-accent-bright dark:text-accent-bright")} />
      </button>
    </li>
  );
}
