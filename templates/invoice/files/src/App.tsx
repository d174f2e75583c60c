import { FilePlus2, Printer } from "lucide-react";
import { useEffect, useState } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { toast, Toaster } from "sonner";
import { InvoiceForm } from "@/components/InvoiceForm";
import { Sheet } from "@/components/Sheet";
import { blankInvoice, invoiceSchema, type Invoice, type InvoiceDraft } from "@/lib/invoice";
import { loadDraft, saveDraft } from "@/lib/storage";
import { zodResolver } from "@/lib/zodResolver";
import "./index.css";

/** Opens the print dialog. Gives false where the page may not open one, as in some embedded previews. */
function printPage() {
  let opened = false;
  const onBeforePrint = () => (opened = true);
  window.addEventListener("beforeprint", onBeforePrint);
  window.print();
  window.removeEventListener("beforeprint", onBeforePrint);
  return opened;
}

export default function App() {
  const [saved] = useState(loadDraft);
  const form = useForm<InvoiceDraft, unknown, Invoice>({ resolver: zodResolver(invoiceSchema), defaultValues: saved });
  const draft = useWatch({ control: form.control, compute: (values: InvoiceDraft) => values });

  useEffect(() => saveDraft(draft), [draft]);

  function print() {
    if (!printPage()) toast("Printing is off in this preview. Open the app in its own tab to print it.");
  }

  function onInvalid() {
    toast.error("The invoice isn’t complete. Look for the fields marked in red.");
  }

  function startNew() {
    const previous = form.getValues();
    form.reset(blankInvoice(previous));
    toast("Started a new invoice", { action: { label: "Undo", onClick: () => form.reset(previous) } });
  }

  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={form.handleSubmit(print, onInvalid)} className="mx-auto max-w-7xl px-4 sm:px-6 print:max-w-none print:p-0">
        <header className="flex flex-wrap items-center justify-between gap-3 py-5 print:hidden">
          <h1 className="text-xl font-semibold tracking-tight">Invoices</h1>
          <div className="flex gap-2">
            <button
              type="button"
              onClick={startNew}
              className="flex items-center gap-2 rounded-md border border-zinc-300 bg-white px-3 py-2 text-sm hover:bg-zinc-50 dark:border-zinc-700 dark:bg-zinc-900 dark:hover:bg-zinc-800"
            >
              <FilePlus2 aria-hidden className="size-4" />
              New invoice
            </button>
            <button
              type="submit"
              className="flex items-center gap-2 rounded-md bg-accent px-3 py-2 text-sm font-medium text-white hover:bg-accent/90 dark:bg-accent-bright dark:hover:bg-accent-bright/90 dark:text-zinc-950"
            >
              <Printer aria-hidden className="size-4" />
              Print
            </button>
          </div>
        </header>
        <main className="grid items-start gap-6 pb-10 lg:grid-cols-[28rem_1fr] print:block print:p-0">
          <div className="rounded-xl border border-zinc-200 bg-white p-5 dark:border-zinc-800 dark:bg-zinc-900 print:hidden">
            <InvoiceForm />
          </div>
          <div className="min-w-0 lg:sticky lg:top-6">
            <Sheet draft={draft} />
          </div>
        </main>
      </form>
      <Toaster theme="system" position="bottom-center" toastOptions={{ actionButtonStyle: { height: 28 } }} />
    </FormProvider>
  );
}
