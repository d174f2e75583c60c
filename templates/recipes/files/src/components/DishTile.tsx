import clsx from "clsx";
import { CakeSlice, Carrot, CookingPot, EggFried, Fish, Pizza, Salad, Soup, Wheat, type LucideIcon } from "lucide-react";
import type { Dish } from "@/lib/recipes";

const tiles: Record<Dish, { icon: LucideIcon; tint: string }> = {
  soup: { icon: Soup, tint: "bg-orange-100/60 text-orange-900 dark:bg-orange-950/40 dark:text-orange-200" },
  salad: { icon: Salad, tint: "bg-lime-100/60 text-lime-900 dark:bg-lime-950/40 dark:text-lime-200" },
  fish: { icon: Fish, tint: "bg-sky-100/60 text-sky-900 dark:bg-sky-950/40 dark:text-sky-200" },
  grain: { icon: Wheat, tint: "bg-amber-100/60 text-amber-900 dark:bg-amber-950/40 dark:text-amber-200" },
  cake: { icon: CakeSlice, tint: "bg-rose-100/60 text-rose-900 dark:bg-rose-950/40 dark:text-rose-200" },
  egg: { icon: EggFried, tint: "bg-yellow-100/60 text-yellow-900 dark:bg-yellow-950/40 dark:text-yellow-200" },
  pizza: { icon: Pizza, tint: "bg-red-100/60 text-red-900 dark:bg-red-950/40 dark:text-red-200" },
  vegetable: { icon: Carrot, tint: "bg-emerald-100/60 text-emerald-900 dark:bg-emerald-950/40 dark:text-emerald-200" },
  pot: { icon: CookingPot, tint: "bg-stone-200/60 text-stone-800 dark:bg-stone-800/60 dark:text-stone-200" },
};

/** Stands in for a photo: a quiet colour and a drawing of the kind of dish. */
export function DishTile({ dish, className }: { dish: Dish; className?: string }) {
  const { icon: Icon, tint } = tiles[dish] ?? tiles.pot;
  return (
    <div aria-hidden className={clsx("grid place-items-center", tint, className)}>
      <Icon className="size-12" strokeWidth={1} />
    </div>
  );
}
