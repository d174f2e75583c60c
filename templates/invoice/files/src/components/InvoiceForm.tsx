import { type ReactNode, useId } from "react";
import { useFormContext } from "react-hook-form";
import { control, Field } from "@/components/Field";
import { LineItems } from "@/components/LineItems";
import { currencies, type InvoiceDraft } from "@/lib/invoice";

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="space-y-3 border-t border-zinc-200 pt-5 first:border-t-0 first:pt-0 dark:border-zinc-800">
      <h2 id={id} className="text-sm font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}

function CurrencyField() {
  const id = useId();
  const { register } = useFormContext<InvoiceDraft>();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-[13px] font-medium">
        Currency
      </label>
      <select id={id} {...register("currency")} className={control}>
        {currencies.map((currency) => (
          <option key={currency}>{currency}</option>
        ))}
      </select>
    </div>
  );
}

function Party({ name }: { name: "from" | "to" }) {
  return (
    <div className="space-y-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field name={`${name}.name`} label="Name" />
        <Field name={`${name}.email`} label="Email" type="email" />
      </div>
      <Field name={`${name}.address`} label="Address" rows={3} />
    </div>
  );
}

export function InvoiceForm() {
  return (
    <div className="space-y-6">
      <Section title="Details">
        <div className="grid grid-cols-2 gap-3">
          <Field name="number" label="Number" />
          <CurrencyField />
          <Field name="issued" label="Issued" type="date" />
          <Field name="due" label="Due" type="date" />
        </div>
      </Section>
      <Section title="Lines">
        <LineItems />
        <div className="grid grid-cols-2 gap-3">
          <Field name="discount" label="Discount, %" type="decimal" />
          <Field name="tax" label="Tax, %" type="decimal" />
        </div>
      </Section>
      <Section title="To">
        <Party name="to" />
      </Section>
      <Section title="From">
        <Party name="from" />
      </Section>
      <Section title="Notes">
        <Field name="notes" label="Printed below the total" rows={3} />
      </Section>
    </div>
  );
}
