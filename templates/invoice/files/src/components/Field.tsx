import clsx from "clsx";
import { get } from "lodash-es";
import { useId } from "react";
import { useFormContext, type FieldPath } from "react-hook-form";
import type { InvoiceDraft } from "@/lib/invoice";

export const control =
  "w-full rounded-md border border-zinc-300 bg-white px-3 py-2 text-sm placeholder:text-zinc-500 aria-invalid:border-red-600 dark:border-zinc-700 dark:bg-zinc-950 dark:placeholder:text-zinc-400 dark:aria-invalid:border-red-400";

interface FieldProps {
  name: FieldPath<InvoiceDraft>;
  label: string;
  type?: "text" | "email" | "date" | "decimal";
  /** Makes it a text area. */
  rows?: number;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  placeholder?: string;
}

/** A labelled control of the invoice with its error below. */
export function Field({ name, label, type = "text", rows, hideLabel = false, placeholder }: FieldProps) {
  const id = useId();
  const {
    register,
    formState: { errors },
  } = useFormContext<InvoiceDraft>();
  const message: unknown = get(errors, `${name}.message`);
  const error = typeof message === "string" ? message : null;

  const attributes = {
    ...register(name),
    id,
    placeholder,
    "aria-invalid": error !== null,
    "aria-describedby": error === null ? undefined : `${id}-error`,
  };

  return (
    <div className="min-w-0">
      <label htmlFor={id} className={clsx(hideLabel ? "sr-only" : "mb-1.5 block text-[13px] font-medium")}>
        {label}
      </label>
      {rows ? (
        <textarea {...attributes} rows={rows} className={`${control} resize-y leading-5`} />
      ) : (
        <input
          {...attributes}
          type={type === "decimal" ? "text" : type}
          inputMode={type === "decimal" ? "decimal" : undefined}
          autoComplete="off"
          className={clsx(control, type === "decimal" && "text-right tabular-nums")}
        />
      )}
      {error && (
        <p id={`${id}-error`} className="mt-1 text-[13px] text-red-700 dark:text-red-400">
          {error}
        </p>
      )}
    </div>
  );
}
