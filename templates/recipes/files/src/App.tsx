import clsx from "clsx";
import { useState } from "react";
import { toast, Toaster } from "sonner";
import { RecipeDialog } from "@/components/RecipeDialog";
import { RecipeList } from "@/components/RecipeList";
import { RecipePage } from "@/components/RecipePage";
import { ShoppingList } from "@/components/ShoppingList";
import { noFilters, type Ingredient, type Recipe, type ShoppingItem } from "@/lib/recipes";
import { useCookbook } from "@/lib/useCookbook";
import "./index.css";

type Page = "recipes" | "shopping";

export default function App() {
  const book = useCookbook();
  const [page, setPage] = useState<Page>("recipes");
  const [openId, setOpenId] = useState<string | null>(null);
  const [filters, setFilters] = useState(noFilters);
  const [adding, setAdding] = useState(false);

  const open = book.recipes.find(({ id }) => id === openId);
  const toBuy = book.shopping.filter(({ checked }) => !checked).length;
  const pages: { id: Page; name: string }[] = [
    { id: "recipes", name: "Recipes" },
    { id: "shopping", name: toBuy > 0 ? `Shopping list (${toBuy})` : "Shopping list" },
  ];

  function show(next: Page, recipe: string | null = null) {
    setPage(next);
    setOpenId(recipe);
    window.scrollTo({ top: 0 });
  }

  function shop(ingredients: Ingredient[]) {
    const before = book.shopping;
    book.shop(ingredients);
    toast(`Added ${ingredients.length} ingredients`, { action: { label: "Undo", onClick: () => book.replaceShopping(before) } });
  }

  function clear(left: ShoppingItem[]) {
    const before = book.shopping;
    book.replaceShopping(left);
    toast("Cleared the list", { action: { label: "Undo", onClick: () => book.replaceShopping(before) } });
  }

  function removeRecipe(recipe: Recipe) {
    const index = book.recipes.indexOf(recipe);
    book.removeRecipe(recipe.id);
    show("recipes");
    toast(`Deleted “${recipe.title}”`, { action: { label: "Undo", onClick: () => book.restoreRecipe(recipe, Math.max(index, 0)) } });
  }

  return (
    <div className="mx-auto max-w-5xl px-4 py-6 sm:px-6">
      <header className="flex flex-wrap items-center justify-between gap-3 pb-6">
        <h1 className="text-xl font-semibold tracking-tight">Recipe book</h1>
        <nav aria-label="Pages" className="-mr-2.5 flex gap-1">
          {pages.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              aria-current={page === id ? "page" : undefined}
              onClick={() => show(id)}
              className={clsx(
                "rounded-md px-2.5 py-1.5 text-sm tabular-nums",
                page === id ? "font-medium text-accent dark:text-accent-bright" : "text-stone-600 hover:text-stone-900 dark:text-stone-400 dark:hover:text-stone-100",
              )}
            >
              {name}
            </button>
          ))}
        </nav>
      </header>
      <main>
        {page === "shopping" ? (
          <ShoppingList items={book.shopping} onToggle={book.toggleItem} onClear={clear} onBrowse={() => show("recipes")} />
        ) : open ? (
          <RecipePage key={open.id} recipe={open} onBack={() => show("recipes")} onShop={shop} onRemove={() => removeRecipe(open)} />
        ) : (
          <RecipeList
            recipes={book.recipes}
            favourites={book.favourites}
            filters={filters}
            onFilters={setFilters}
            onOpen={(id) => show("recipes", id)}
            onFavourite={book.toggleFavourite}
            onNew={() => setAdding(true)}
          />
        )}
      </main>
      {adding && (
        <RecipeDialog
          onSave={(draft) => {
            show("recipes", book.addRecipe(draft));
            setAdding(false);
          }}
          onClose={() => setAdding(false)}
        />
      )}
      <Toaster theme="system" position="bottom-center" toastOptions={{ actionButtonStyle: { height: 28 } }} />
    </div>
  );
}
