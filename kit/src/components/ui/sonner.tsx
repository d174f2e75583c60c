import { CircleCheckIcon, InfoIcon, Loader2Icon, OctagonXIcon, TriangleAlertIcon } from "lucide-react";
import { useTheme } from "next-themes";
import * as React from "react";
import { Toaster as Sonner, type ToasterProps, toast } from "sonner";

/** The theme's colours, by the names that sonner reads. */
const colours = {
  "--normal-bg": "var(--popover)",
  "--normal-text": "var(--popover-foreground)",
  "--normal-border": "var(--border)",
  "--border-radius": "var(--radius)",
} as React.CSSProperties;

/** Toasters on the page that aren't stand-ins, and who wants to know. */
let proper = 0;
const listeners = new Set<() => void>();

function count(by: 1 | -1): void {
  proper += by;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where toasts appear: once per app. Without a theme provider, the system's theme counts. */
function Toaster({
  style,
  toastOptions,
  standIn = false,
  ...props
}: ToasterProps & {
  /** Shows nothing while there is another toaster: each toast would be seen twice. */
  standIn?: boolean;
}) {
  const { theme = "system" } = useTheme();
  const others = React.useSyncExternalStore(
    subscribe,
    () => proper,
    () => 0,
  );
  React.useEffect(() => {
    if (standIn) return;
    count(1);
    return () => count(-1);
  }, [standIn]);

  if (standIn && others > 0) return null;
  return (
    <Sonner
      theme={theme as ToasterProps["theme"]}
      className="toaster group"
      icons={{
        success: <CircleCheckIcon className="size-4" />,
        info: <InfoIcon className="size-4" />,
        warning: <TriangleAlertIcon className="size-4" />,
        error: <OctagonXIcon className="size-4" />,
        loading: <Loader2Icon className="size-4 animate-spin motion-reduce:animate-none" />,
      }}
      style={{ ...colours, ...style }}
      toastOptions={{
        ...toastOptions,
        classNames: {
          toast: "font-sans!",
          description: "text-muted-foreground!",
          actionButton: "bg-primary! text-primary-foreground!",
          cancelButton: "bg-muted! text-muted-foreground!",
          ...toastOptions?.classNames,
        },
      }}
      {...props}
    />
  );
}

export { Toaster, toast };
