import type * as React from "react";
import { fieldBox, focusRing, invalidRing } from "@/components/ui/kit-styles";
import { cn } from "@/lib/utils";

/** Grows with its text where the browser can do that. */
function Textarea({ className, ...props }: React.ComponentProps<"textarea">) {
  return (
    <textarea
      data-slot="textarea"
      className={cn(
        "flex field-sizing-content min-h-16 w-full px-3 py-2 text-base placeholder:text-muted-foreground disabled:cursor-not-allowed disabled:opacity-50 md:text-sm",
        fieldBox,
        focusRing,
        invalidRing,
        className,
      )}
      {...props}
    />
  );
}

export { Textarea };
