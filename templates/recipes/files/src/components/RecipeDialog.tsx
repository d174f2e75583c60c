import { useEffect, useRef, type FormEvent } from "react";
import { parseIngredient, type Recipe } from "@/lib/recipes";

interface RecipeDialogProps {
  onSave: (draft: Omit<Recipe, "id">) => void;
  onClose: () => void;
}

const control =
  "mt-1.5 block w-full rounded-md border border-stone-300 bg-white px-3 py-2 text-sm font-normal placeholder:text-stone-500 dark:border-stone-700 dark:bg-stone-950 dark:placeholder:text-stone-400";

const lines = (text: string) => text.split("\n").map((line) => line.trim()).filter(Boolean);

export function RecipeDialog({ onSave, onClose }: RecipeDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? "").trim();
    onSave({
      title: text("title"),
      summary: text("summary"),
      dish: "pot",
      diet: data.has("vegetarian") ? "vegetarian" : "any",
      minutes: Number(text("minutes")),
      servings: Number(text("servings")),
      ingredients: lines(text("ingredients")).map(parseIngredient),
      steps: lines(text("steps")),
    });
  }

  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      aria-labelledby="new-recipe"
      className="m-auto w-[calc(100vw-2rem)] max-w-lg rounded-xl border border-stone-200 bg-white p-0 text-stone-900 shadow-2xl backdrop:bg-black/40 dark:border-stone-800 dark:bg-stone-900 dark:text-stone-100"
    >
      <form onSubmit={submit} className="space-y-4 p-5 text-sm font-medium">
        <h2 id="new-recipe" className="text-base font-semibold">
          New recipe
        </h2>
        <label className="block">
          Title
          <input name="title" required maxLength={60} className={control} />
        </label>
        <label className="block">
          In one sentence
          <input name="summary" maxLength={120} className={control} />
        </label>
        <div className="grid grid-cols-2 gap-3">
          <label className="block">
            Minutes
            <input name="minutes" type="number" required min={1} max={1440} defaultValue={30} className={`${control} tabular-nums`} />
          </label>
          <label className="block">
            Servings
            <input name="servings" type="number" required min={1} max={24} defaultValue={4} className={`${control} tabular-nums`} />
          </label>
        </div>
        <label className="block">
          Ingredients, one per line
          <textarea name="ingredients" required rows={5} placeholder={"200 g flour\n2 eggs\nsalt"} className={`${control} leading-6`} />
        </label>
        <label className="block">
          Steps, one per line
          <textarea name="steps" required rows={4} className={`${control} leading-6`} />
        </label>
        <label className="flex items-center gap-2 font-normal">
          <input name="vegetarian" type="checkbox" className="size-4 accent-accent dark:accent-accent-bright" />
          Vegetarian
        </label>
        <div className="flex justify-end gap-2 border-t border-stone-200 pt-4 dark:border-stone-800">
          <button type="button" onClick={onClose} className="rounded-md border border-stone-300 px-3 py-1.5 font-normal hover:bg-stone-50 dark:border-stone-700 dark:hover:bg-stone-800">
            Cancel
          </button>
          <button type="submit" className="rounded-md bg-accent px-3 py-1.5 text-white hover:bg-accent/90 dark:bg-accent-bright dark:hover:bg-accent-bright/90 dark:text-stone-950">
            Save recipe
          </button>
        </div>
      </form>
    </dialog>
  );
}
