import { Plus, Trash2 } from "lucide-react";
import { useFieldArray, useFormContext } from "react-hook-form";
import { Field } from "@/components/Field";
import { emptyItem, type InvoiceDraft } from "@/lib/invoice";

export function LineItems() {
  const { control, formState } = useFormContext<InvoiceDraft>();
  const { fields, append, remove } = useFieldArray({ control, name: "items" });
  const error = formState.errors.items?.root?.message ?? formState.errors.items?.message;

  return (
    <div className="space-y-2">
      <div aria-hidden className="hidden grid-cols-[1fr_4rem_5.5rem_2rem] gap-2 text-[13px] font-medium sm:grid">
        <span>Description</span>
        <span className="text-right">Quantity</span>
        <span className="text-right">Price</span>
      </div>
      <ul className="space-y-3 sm:space-y-2">
        {fields.map((field, index) => (
          <li
            key={field.id}
            className="grid grid-cols-[4.5rem_1fr_2rem] items-start gap-2 border-b border-zinc-200 pb-3 sm:grid-cols-[1fr_4rem_5.5rem_2rem] sm:border-0 sm:pb-0 dark:border-zinc-800"
          >
            <div className="col-span-3 sm:col-span-1">
              <Field name={`items.${index}.description`} label={`Line ${index + 1}, description`} hideLabel placeholder="What was done" />
            </div>
            <Field name={`items.${index}.quantity`} label={`Line ${index + 1}, quantity`} type="decimal" hideLabel />
            <Field name={`items.${index}.price`} label={`Line ${index + 1}, price`} type="decimal" hideLabel placeholder="0.00" />
            <button
              type="button"
              onClick={() => remove(index)}
              disabled={fields.length === 1}
              aria-label={`Remove line ${index + 1}`}
              className="grid h-9 place-items-center rounded-md text-zinc-600 hover:bg-zinc-100 hover:text-red-700 disabled:opacity-35 dark:text-zinc-400 dark:hover:bg-zinc-800 dark:hover:text-red-400"
            >
              <Trash2 aria-hidden className="size-4" />
            </button>
          </li>
        ))}
      </ul>
      {error && (
        <p role="alert" className="text-[13px] text-red-700 dark:text-red-400">
          {error}
        </p>
      )}
      <button
        type="button"
        onClick={() => append({ ...emptyItem })}
        className="-ml-2 flex items-center gap-1.5 rounded-md px-2 py-1.5 text-sm font-medium text-accent hover:bg-accent/10 dark:text-accent-bright dark:hover:bg-accent-bright/10"
      >
        <Plus aria-hidden className="size-4" />
        Add line
      </button>
    </div>
  );
}
