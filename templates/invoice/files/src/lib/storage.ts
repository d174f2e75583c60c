import { draftSchema, sampleInvoice, type InvoiceDraft } from "./invoice";

const KEY = "invoice.draft";

export function loadDraft(): InvoiceDraft {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return draftSchema.parse(stored);
  } catch {
    return sampleInvoice();
  }
}

export function saveDraft(draft: InvoiceDraft) {
  try {
    localStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // Storage is full or blocked: the draft lives until the page closes.
  }
}
