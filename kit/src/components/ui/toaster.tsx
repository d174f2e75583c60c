import type * as React from "react";
import { Toaster as Sonner } from "@/components/ui/sonner";

/**
 * Shows what `useToast` and sonner's `toast` say. An app may have this and
 * the one of `@/components/ui/sonner`, as many begin with both: then the
 * other shows everything, in one stack.
 */
function Toaster(props: Omit<React.ComponentProps<typeof Sonner>, "standIn">) {
  return <Sonner closeButton {...props} standIn />;
}

export { Toaster };
