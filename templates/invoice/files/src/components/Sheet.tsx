import { format, isValid, parseISO } from "date-fns";
import { formatMoney, lineTotal, totals, type InvoiceDraft } from "@/lib/invoice";

function formatDay(date: string) {
  const day = parseISO(date);
  return isValid(day) ? format(day, "d MMMM yyyy") : "—";
}

function Party({ title, party }: { title: string; party: InvoiceDraft["from"] }) {
  return (
    <div className="min-w-0">
      <h3 className="text-xs text-zinc-600">{title}</h3>
      <address className="mt-1 text-[13px] leading-5 wrap-break-word not-italic">
        <span className="block font-medium">{party.name || "—"}</span>
        <span className="block whitespace-pre-line text-zinc-700">{party.address}</span>
        <span className="block text-zinc-700">{party.email}</span>
      </address>
    </div>
  );
}

/** The invoice as it prints. Paper is white in both themes. */
export function Sheet({ draft }: { draft: InvoiceDraft }) {
  const money = (value: number) => formatMoney(value, draft.currency);
  const sums = totals(draft);

  return (
    <article
      aria-label="Invoice preview"
      className="min-h-[38rem] rounded-lg border border-zinc-200 bg-white p-6 text-zinc-900 shadow-sm scheme-light sm:p-10 dark:border-zinc-700 print:min-h-0 print:rounded-none print:border-0 print:p-0 print:shadow-none"
    >
      <header className="flex items-start justify-between gap-6">
        <div>
          <h2 className="text-2xl font-semibold tracking-tight text-accent">Invoice</h2>
          <p className="mt-1 text-[13px] text-zinc-600 tabular-nums">{draft.number || "No number"}</p>
        </div>
        <dl className="grid grid-cols-[auto_auto] gap-x-4 gap-y-1 text-right text-[13px]">
          <dt className="text-zinc-600">Issued</dt>
          <dd>{formatDay(draft.issued)}</dd>
          <dt className="text-zinc-600">Due</dt>
          <dd className="font-medium">{formatDay(draft.due)}</dd>
        </dl>
      </header>

      <div className="mt-8 grid grid-cols-2 gap-6">
        <Party title="From" party={draft.from} />
        <Party title="To" party={draft.to} />
      </div>

      <table className="mt-8 w-full text-[13px]">
        <caption className="sr-only">Lines</caption>
        <thead>
          <tr className="border-b border-zinc-900 text-left text-xs text-zinc-600 *:pb-2 *:font-medium">
            <th scope="col">Description</th>
            <th scope="col" className="pl-3 text-right">
              Quantity
            </th>
            <th scope="col" className="hidden pl-3 text-right sm:table-cell print:table-cell">
              Price
            </th>
            <th scope="col" className="pl-3 text-right">
              Amount
            </th>
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {draft.items.map((item, index) => (
            <tr key={index} className="border-b border-zinc-200 align-top *:py-2.5">
              <td className="wrap-anywhere">{item.description || "—"}</td>
              <td className="pl-3 text-right">{item.quantity}</td>
              <td className="hidden pl-3 text-right sm:table-cell print:table-cell">{item.price && money(Number(item.price.replace(",", ".")) || 0)}</td>
              <td className="pl-3 text-right">{money(lineTotal(item))}</td>
            </tr>
          ))}
        </tbody>
      </table>

      <dl className="mt-4 ml-auto grid max-w-64 grid-cols-2 gap-y-1.5 text-[13px] tabular-nums *:odd:text-zinc-600 *:even:text-right">
        <dt>Subtotal</dt>
        <dd>{money(sums.subtotal)}</dd>
        {sums.discount > 0 && (
          <>
            <dt>Discount {draft.discount} %</dt>
            <dd>−{money(sums.discount)}</dd>
          </>
        )}
        <dt>Tax {draft.tax || 0} %</dt>
        <dd>{money(sums.tax)}</dd>
        <dt className="mt-1 border-t border-zinc-900 pt-2 text-base font-semibold text-zinc-900!">Total</dt>
        <dd data-testid="total" className="mt-1 border-t border-zinc-900 pt-2 text-base font-semibold">
          {money(sums.total)}
        </dd>
      </dl>

      {draft.notes && <p className="mt-10 max-w-prose text-[13px] leading-5 whitespace-pre-line text-zinc-700">{draft.notes}</p>}
    </article>
  );
}
