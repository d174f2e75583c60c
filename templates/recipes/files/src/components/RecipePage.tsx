import clsx from "clsx";
import { ArrowLeft, Clock, Minus, Plus, ShoppingCart, Trash2 } from "lucide-react";
import { useState } from "react";
import { DishTile } from "@/components/DishTile";
import { formatAmount, scale, type Ingredient, type Recipe } from "@/lib/recipes";

interface RecipePageProps {
  recipe: Recipe;
  onBack: () => void;
  onShop: (ingredients: Ingredient[]) => void;
  onRemove: () => void;
}

const stepper =
  "grid size-8 place-items-center rounded-md border border-stone-300 hover:bg-stone-100 disabled:opacity-40 dark:border-stone-700 dark:hover:bg-stone-800";

export function RecipePage({ recipe, onBack, onShop, onRemove }: RecipePageProps) {
  const [servings, setServings] = useState(recipe.servings);
  const [done, setDone] = useState<number[]>([]);
  const ingredients = recipe.ingredients.map((ingredient) => scale(ingredient, servings / recipe.servings));

  const toggleStep = (step: number) => setDone((now) => (now.includes(step) ? now.filter((other) => other !== step) : [...now, step]));

  return (
    <article aria-labelledby="recipe-title" className="mx-auto max-w-4xl">
      <div className="flex justify-between pb-3">
        <button
          type="button"
          onClick={onBack}
          className="-ml-2 flex items-center gap-1.5 rounded-md px-2 py-1.5 text-sm text-stone-600 hover:bg-stone-200/70 dark:text-stone-400 dark:hover:bg-stone-800"
        >
          <ArrowLeft aria-hidden className="size-4" />
          All recipes
        </button>
        <button
          type="button"
          onClick={onRemove}
          className="-mr-2 flex items-center gap-1.5 rounded-md px-2 py-1.5 text-sm text-stone-600 hover:bg-stone-200/70 dark:text-stone-400 dark:hover:bg-stone-800"
        >
          <Trash2 aria-hidden className="size-4" />
          Delete recipe
        </button>
      </div>
      <div className="overflow-hidden rounded-xl border border-stone-200 bg-white dark:border-stone-800 dark:bg-stone-900">
        <DishTile dish={recipe.dish} className="h-32" />
        <div className="p-5 sm:p-8">
          <h2 id="recipe-title" className="text-2xl font-semibold tracking-tight">
            {recipe.title}
          </h2>
          <p className="mt-1 text-stone-600 dark:text-stone-400">{recipe.summary}</p>
          <p className="mt-3 flex items-center gap-4 text-sm text-stone-600 dark:text-stone-400">
            <span className="flex items-center gap-1.5 tabular-nums">
              <Clock aria-hidden className="size-4" />
              {recipe.minutes} minutes
            </span>
            {recipe.diet !== "any" && <span className="capitalize">{recipe.diet}</span>}
          </p>

          <div className="mt-8 grid gap-8 md:grid-cols-[17rem_1fr]">
            <section aria-labelledby="ingredients">
              <div className="flex items-center justify-between">
                <h3 id="ingredients" className="text-sm font-semibold">
                  Ingredients
                </h3>
                <div role="group" aria-label="Servings" className="flex items-center gap-2 text-sm">
                  <button type="button" aria-label="Fewer servings" disabled={servings === 1} onClick={() => setServings(servings - 1)} className={stepper}>
                    <Minus aria-hidden className="size-4" />
                  </button>
                  <span aria-live="polite" className="min-w-16 text-center tabular-nums">
                    {servings} {servings === 1 ? "serving" : "servings"}
                  </span>
                  <button type="button" aria-label="More servings" disabled={servings === 24} onClick={() => setServings(servings + 1)} className={stepper}>
                    <Plus aria-hidden className="size-4" />
                  </button>
                </div>
              </div>
              <ul className="mt-3 divide-y divide-stone-200 text-sm dark:divide-stone-800">
                {ingredients.map((ingredient) => (
                  <li key={`${ingredient.item} ${ingredient.unit}`} className="flex gap-3 py-2">
                    <span className="w-16 shrink-0 text-right font-medium tabular-nums">{formatAmount(ingredient)}</span>
                    <span>{ingredient.item}</span>
                  </li>
                ))}
              </ul>
              <button
                type="button"
                onClick={() => onShop(ingredients)}
                className="mt-4 flex w-full items-center justify-center gap-2 rounded-md bg-accent px-3 py-2 text-sm font-medium text-white hover:bg-accent/90 dark:bg-accent-bright dark:hover:bg-accent-bright/90 dark:text-stone-950"
              >
                <ShoppingCart aria-hidden className="size-4" />
                Add to shopping list
              </button>
            </section>

            <section aria-labelledby="steps">
              <h3 id="steps" className="text-sm font-semibold">
                Steps
              </h3>
              <ol className="mt-3 space-y-4">
                {recipe.steps.map((step, index) => (
                  <li key={step}>
                    <label className="flex cursor-pointer items-start gap-3 text-[15px] leading-6">
                      <input
                        type="checkbox"
                        checked={done.includes(index)}
                        onChange={() => toggleStep(index)}
                        className="mt-1 size-4 shrink-0 accent-accent dark:accent-accent-bright"
                      />
                      <span className={clsx(done.includes(index) && "text-stone-600 line-through dark:text-stone-400")}>{step}</span>
                    </label>
                  </li>
                ))}
              </ol>
            </section>
          </div>
        </div>
      </div>
    </article>
  );
}
