import type * as React from "react";
import { Toaster as Sonner } from "@/components/ui/sonner";
import { TOASTER_ID } from "@/hooks/use-toast";

/**
 * Shows what `useToast` says. It has a name of its own, so that an app that
 * has `@/components/ui/sonner` too doesn't show each toast twice.
 */
function Toaster(props: Omit<React.ComponentProps<typeof Sonner>, "id">) {
  return <Sonner closeButton containerAriaLabel="Messages" {...props} id={TOASTER_ID} />;
}

export { Toaster };
