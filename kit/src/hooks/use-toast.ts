import * as React from "react";
import { toast as sonner, useSonner } from "sonner";
import { ToastDismissContext } from "@/components/ui/toast";

type ToastId = string | number;

export type ToastOptions = {
  title?: React.ReactNode;
  description?: React.ReactNode;
  variant?: "default" | "destructive";
  /** Usually a `<ToastAction>`, which takes the toast away when it's pressed. */
  action?: React.ReactNode;
  /** In milliseconds; `Infinity` waits for the user. */
  duration?: number;
  onOpenChange?: (open: boolean) => void;
};

function show({ title, description, variant, action, duration, onOpenChange }: ToastOptions, id?: ToastId) {
  const closed = () => onOpenChange?.(false);
  const say = variant === "destructive" ? sonner.error : sonner;
  // The id is known only once the toast is there; its action is pressed later than that.
  let own: ToastId = id ?? "";
  own = say(title ?? description, {
    ...(id === undefined ? {} : { id }),
    ...(duration === undefined ? {} : { duration }),
    description: title === undefined ? undefined : description,
    action:
      action === undefined || action === null
        ? undefined
        : React.createElement(ToastDismissContext, { value: () => sonner.dismiss(own) }, action),
    onDismiss: closed,
    onAutoClose: closed,
  });
  return own;
}

/** Shows a toast; what it returns changes it or takes it away. */
export function toast(options: ToastOptions) {
  const id = show(options);
  return {
    id: String(id),
    dismiss: () => {
      sonner.dismiss(id);
    },
    update: (next: ToastOptions) => {
      show({ ...options, ...next }, id);
    },
  };
}

function dismiss(id?: string) {
  if (id === undefined) {
    sonner.dismiss();
    return;
  }
  // Ids are handed out as text; sonner's own are numbers.
  sonner.dismiss(/^\d+$/.test(id) ? Number(id) : id);
}

/** `toast` and `dismiss`, with the toasts that are shown. */
export function useToast() {
  const { toasts } = useSonner();
  return { toast, dismiss, toasts };
}
