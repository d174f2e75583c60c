import { format } from "date-fns";
import { useId, type ReactNode } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { categories, categoryIds, draftSchema } from "@/lib/expenses";
import { zodResolver } from "@/lib/zodResolver";

type Input = z.input<typeof draftSchema>;
export type Draft = z.output<typeof draftSchema>;

const control =
  "w-full rounded-md border border-stone-300 bg-white px-3 py-2 text-sm aria-invalid:border-red-600 placeholder:text-stone-500 dark:border-stone-700 dark:bg-stone-950 dark:placeholder:text-stone-400 dark:aria-invalid:border-red-400";

interface FieldProps {
  label: string;
  error: string | undefined;
  children: (attributes: { id: string; "aria-invalid": boolean; "aria-describedby": string | undefined }) => ReactNode;
}

function Field({ label, error, children }: FieldProps) {
  const id = useId();
  const errorId = `${id}-error`;
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
      </label>
      {children({ id, "aria-invalid": Boolean(error), "aria-describedby": error ? errorId : undefined })}
      {error && (
        <p id={errorId} role="alert" className="text-[13px] text-red-700 dark:text-red-400">
          {error}
        </p>
      )}
    </div>
  );
}

export function AddExpense({ onAdd }: { onAdd: (draft: Draft) => void }) {
  const {
    register,
    handleSubmit,
    reset,
    setFocus,
    formState: { errors },
  } = useForm<Input, unknown, Draft>({
    resolver: zodResolver(draftSchema),
    defaultValues: { cents: "", note: "", category: "groceries", date: format(new Date(), "yyyy-MM-dd") },
  });

  function submit(draft: Draft) {
    onAdd(draft);
    // The category and the date often stay the same for the next one.
    reset({ cents: "", note: "", category: draft.category, date: draft.date });
    setFocus("cents");
  }

  return (
    <form
      noValidate
      onSubmit={handleSubmit(submit)}
      className="space-y-4 rounded-xl border border-stone-200 bg-white p-5 dark:border-stone-800 dark:bg-stone-900"
    >
      <h2 className="text-sm font-semibold">New expense</h2>
      <Field label="Amount" error={errors.cents?.message}>
        {(attributes) => (
          <div className="relative">
            <span aria-hidden className="absolute top-2 left-3 text-sm text-stone-600 dark:text-stone-400">
              $
            </span>
            <input {...register("cents")} {...attributes} inputMode="decimal" autoComplete="off" placeholder="0.00" className={`${control} pl-7 tabular-nums`} />
          </div>
        )}
      </Field>
      <Field label="What for" error={errors.note?.message}>
        {(attributes) => <input {...register("note")} {...attributes} autoComplete="off" placeholder="Weekly shop" className={control} />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-1">
        <Field label="Category" error={errors.category?.message}>
          {(attributes) => (
            <select {...register("category")} {...attributes} className={control}>
              {categoryIds.map((id) => (
                <option key={id} value={id}>
                  {categories[id].name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Date" error={errors.date?.message}>
          {(attributes) => <input type="date" {...register("date")} {...attributes} className={control} />}
        </Field>
      </div>
      <button
        type="submit"
        className="w-full rounded-md bg-accent px-3 py-2 text-sm font-medium text-white transition-colors hover:bg-accent/90 dark:bg-accent-bright dark:hover:bg-accent-bright/90 dark:text-stone-950"
      >
        Add expense
      </button>
    </form>
  );
}
