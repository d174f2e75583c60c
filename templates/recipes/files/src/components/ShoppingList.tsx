import clsx from "clsx";
import { ShoppingCart } from "lucide-react";
import { formatAmount, type ShoppingItem } from "@/lib/recipes";

interface ShoppingListProps {
  items: ShoppingItem[];
  onToggle: (id: string) => void;
  onClear: (left: ShoppingItem[]) => void;
  onBrowse: () => void;
}

const action = "rounded-md px-2 py-1.5 text-sm text-stone-600 hover:bg-stone-200/70 dark:text-stone-400 dark:hover:bg-stone-800";

export function ShoppingList({ items, onToggle, onClear, onBrowse }: ShoppingListProps) {
  const open = items.filter(({ checked }) => !checked);

  if (items.length === 0) {
    return (
      <div className="grid justify-items-center gap-3 rounded-xl border border-dashed border-stone-300 px-4 py-16 text-center text-sm text-stone-600 dark:border-stone-700 dark:text-stone-400">
        <ShoppingCart aria-hidden className="size-7 stroke-1" />
        <p>Nothing to buy. Open a recipe and add its ingredients.</p>
        <button type="button" onClick={onBrowse} className="rounded font-medium text-accent underline underline-offset-4 dark:text-accent-bright">
          Choose a recipe
        </button>
      </div>
    );
  }

  return (
    <section aria-labelledby="shopping-title" className="mx-auto max-w-xl">
      <div className="flex items-center justify-between pb-3">
        <h2 id="shopping-title" className="text-sm font-semibold tabular-nums">
          {open.length === 0 ? "All in the basket" : `${open.length} to buy`}
        </h2>
        <div className="-mr-2 flex">
          {open.length < items.length && (
            <button type="button" onClick={() => onClear(open)} className={action}>
              Remove ticked
            </button>
          )}
          <button type="button" onClick={() => onClear([])} className={action}>
            Clear list
          </button>
        </div>
      </div>
      <ul aria-label="Shopping list" className="divide-y divide-stone-200 rounded-xl border border-stone-200 bg-white dark:divide-stone-800 dark:border-stone-800 dark:bg-stone-900">
        {items.map((item) => (
          <li key={item.id}>
            <label className="flex cursor-pointer items-center gap-3 px-4 py-2.5 text-sm">
              <input
                type="checkbox"
                checked={item.checked}
                onChange={() => onToggle(item.id)}
                className="size-4 shrink-0 accent-accent dark:accent-accent-bright"
              />
              <span className={clsx("flex-1", item.checked && "text-stone-600 line-through dark:text-stone-400")}>{item.item}</span>
              <span className="text-stone-600 tabular-nums dark:text-stone-400">{formatAmount(item)}</span>
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}
