import { addDays, format } from "date-fns";
import { z } from "zod";

export const currencies = ["EUR", "USD", "GBP", "CHF"] as const;

/** A number typed as text, with a point or a comma. */
function amount(missing: string) {
  return z
    .string()
    .trim()
    .min(1, missing)
    .transform((text) => Number(text.replace(",", ".")))
    .pipe(z.number("Use digits, like 12.50."));
}

const party = (who: string) =>
  z.object({
    name: z.string().trim().min(1, `Enter the name of the ${who}.`),
    email: z.email("Enter an address like ana@example.com."),
    address: z.string().trim().min(1, "Enter a postal address."),
  });

export const invoiceSchema = z
  .object({
    number: z.string().trim().min(1, "Give the invoice a number."),
    issued: z.iso.date("Choose a date."),
    due: z.iso.date("Choose a date."),
    currency: z.enum(currencies),
    from: party("sender"),
    to: party("client"),
    items: z
      .array(
        z.object({
          description: z.string().trim().min(1, "Describe the work."),
          quantity: amount("Enter a quantity.").pipe(z.number().positive("More than zero.")),
          price: amount("Enter a price.").pipe(z.number().nonnegative("Not below zero.")),
        }),
      )
      .min(1, "Add at least one line."),
    discount: amount("Enter 0 for none.").pipe(z.number().min(0, "From 0 to 100.").max(100, "From 0 to 100.")),
    tax: amount("Enter 0 for none.").pipe(z.number().min(0, "From 0 to 100.").max(100, "From 0 to 100.")),
    notes: z.string().max(600, "Keep it under 600 letters."),
  })
  .refine(({ issued, due }) => due >= issued, { path: ["due"], message: "Due before it was issued." });

/** What the form holds: text as typed. */
export type InvoiceDraft = z.input<typeof invoiceSchema>;
export type Invoice = z.output<typeof invoiceSchema>;

/** What localStorage may hold: a draft of the right shape, not yet valid. */
const text = z.string();
const partyDraft = z.object({ name: text, email: text, address: text });
export const draftSchema: z.ZodType<InvoiceDraft> = z.object({
  number: text,
  issued: text,
  due: text,
  currency: z.enum(currencies),
  from: partyDraft,
  to: partyDraft,
  items: z.array(z.object({ description: text, quantity: text, price: text })),
  discount: text,
  tax: text,
  notes: text,
});

export const emptyItem: InvoiceDraft["items"][number] = { description: "", quantity: "1", price: "" };

/** Reads an amount while it is being typed; anything else counts as nothing. */
function toNumber(value: string) {
  const number = Number(value.replace(",", "."));
  return Number.isFinite(number) ? number : 0;
}

const round = (value: number) => Math.round(value * 100) / 100;

export const lineTotal = (item: InvoiceDraft["items"][number]) => round(toNumber(item.quantity) * toNumber(item.price));

/** Tax is taken from the discounted sum. */
export function totals({ items, discount, tax }: InvoiceDraft) {
  const subtotal = items.reduce((sum, item) => sum + lineTotal(item), 0);
  const discounted = round((subtotal * toNumber(discount)) / 100);
  const taxed = round(((subtotal - discounted) * toNumber(tax)) / 100);
  return { subtotal, discount: discounted, tax: taxed, total: subtotal - discounted + taxed };
}

export function formatMoney(value: number, currency: InvoiceDraft["currency"]) {
  return new Intl.NumberFormat("en-US", { style: "currency", currency }).format(value);
}

const day = (offset: number) => format(addDays(new Date(), offset), "yyyy-MM-dd");

export function sampleInvoice(): InvoiceDraft {
  return {
    number: `${format(new Date(), "yyyy")}-014`,
    issued: day(0),
    due: day(14),
    currency: "EUR",
    from: { name: "Marit Holm Studio", email: "marit@holm.example", address: "Storgata 12\n0184 Oslo\nNorway" },
    to: { name: "Larkspur Books Ltd", email: "accounts@larkspur.example", address: "8 Quay Street\nBristol BS1 4DJ\nUnited Kingdom" },
    items: [
      { description: "Identity: logo and colours", quantity: "1", price: "2400" },
      { description: "Website design, days", quantity: "6", price: "640" },
      { description: "Icon set", quantity: "18", price: "35" },
    ],
    discount: "5",
    tax: "25",
    notes: "Please pay by bank transfer within 14 days. Thank you for the good company.",
  };
}

/** The next invoice keeps the sender and the terms. */
export function blankInvoice(previous: InvoiceDraft): InvoiceDraft {
  const next = previous.number.replace(/\d+$/, (digits) => String(Number(digits) + 1).padStart(digits.length, "0"));
  return {
    ...previous,
    number: next,
    issued: day(0),
    due: day(14),
    to: { name: "", email: "", address: "" },
    items: [emptyItem],
    discount: "0",
  };
}
