import { cva, type VariantProps } from "class-variance-authority";
import { XIcon } from "lucide-react";
import * as React from "react";
import { focusRing } from "@/components/ui/kit-styles";
import { cn } from "@/lib/utils";

/** Takes away the toast that a part stands in; `useToast` provides it to a toast's action. */
const ToastDismissContext = React.createContext<() => void>(() => {});

/** Present in code written for older kits; toasts need no provider here. */
function ToastProvider({ children }: { children?: React.ReactNode }) {
  return children;
}

/** The corner in which toasts stand that an app lays out on its own. */
function ToastViewport({ className, ...props }: React.ComponentProps<"ol">) {
  return (
    <ol
      data-slot="toast-viewport"
      className={cn(
        "fixed right-0 bottom-0 z-100 flex max-h-screen w-full flex-col gap-2 p-4 empty:hidden sm:max-w-sm",
        className,
      )}
      {...props}
    />
  );
}

const toastVariants = cva(
  "pointer-events-auto relative flex w-full items-center justify-between gap-4 overflow-hidden rounded-md border p-4 pr-8 shadow-md",
  {
    variants: {
      variant: {
        default: "bg-popover text-popover-foreground",
        destructive: "border-destructive bg-destructive text-destructive-foreground",
      },
    },
    defaultVariants: { variant: "default" },
  },
);

type ToastProps = Omit<React.ComponentProps<"div">, "title"> &
  VariantProps<typeof toastVariants> & {
    open?: boolean;
    onOpenChange?: (open: boolean) => void;
    duration?: number;
  };

function Toast({ className, variant, open = true, onOpenChange, duration, children, ...props }: ToastProps) {
  const [closed, setClosed] = React.useState(false);
  const dismiss = React.useCallback(() => {
    setClosed(true);
    onOpenChange?.(false);
  }, [onOpenChange]);
  const shown = open && !closed;

  React.useEffect(() => {
    if (!shown || duration === undefined || !Number.isFinite(duration)) return;
    const timer = setTimeout(dismiss, duration);
    return () => clearTimeout(timer);
  }, [shown, duration, dismiss]);

  if (!shown) return null;
  return (
    <ToastDismissContext.Provider value={dismiss}>
      <div
        role={variant === "destructive" ? "alert" : "status"}
        data-slot="toast"
        className={cn(toastVariants({ variant }), className)}
        {...props}
      >
        {children}
      </div>
    </ToastDismissContext.Provider>
  );
}

function ToastTitle({ className, ...props }: React.ComponentProps<"div">) {
  return <div data-slot="toast-title" className={cn("text-sm font-semibold", className)} {...props} />;
}

function ToastDescription({ className, ...props }: React.ComponentProps<"div">) {
  return <div data-slot="toast-description" className={cn("text-sm opacity-90", className)} {...props} />;
}

type ToastActionProps = React.ComponentProps<"button"> & {
  /** How to do the same elsewhere, for those who can't reach the toast in time. */
  altText: string;
};

function ToastAction({ className, altText, onClick, ...props }: ToastActionProps) {
  const dismiss = React.useContext(ToastDismissContext);
  return (
    <button
      type="button"
      data-slot="toast-action"
      title={altText}
      className={cn(
        "ml-auto inline-flex h-7 shrink-0 items-center justify-center rounded-md border border-input bg-transparent px-2.5 text-xs font-medium whitespace-nowrap transition-colors hover:bg-accent hover:text-accent-foreground disabled:pointer-events-none disabled:opacity-50",
        focusRing,
        className,
      )}
      onClick={(event) => {
        onClick?.(event);
        if (!event.defaultPrevented) dismiss();
      }}
      {...props}
    />
  );
}

type ToastActionElement = React.ReactElement<typeof ToastAction>;

function ToastClose({ className, onClick, ...props }: React.ComponentProps<"button">) {
  const dismiss = React.useContext(ToastDismissContext);
  return (
    <button
      type="button"
      data-slot="toast-close"
      className={cn(
        "absolute top-1.5 right-1.5 rounded-sm p-1 opacity-70 transition-opacity hover:opacity-100",
        focusRing,
        className,
      )}
      onClick={(event) => {
        onClick?.(event);
        dismiss();
      }}
      {...props}
    >
      <XIcon className="size-4" />
      <span className="sr-only">Close</span>
    </button>
  );
}

export {
  Toast,
  ToastAction,
  type ToastActionElement,
  ToastClose,
  ToastDescription,
  ToastDismissContext,
  type ToastProps,
  ToastProvider,
  ToastTitle,
  ToastViewport,
};
