import type * as React from "react";
import { fieldBox, focusRing, invalidRing } from "@/components/ui/kit-styles";
import { cn } from "@/lib/utils";

/** Text is 16 px on phones: iOS zooms into fields with less. */
function Input({ className, type, ...props }: React.ComponentProps<"input">) {
  return (
    <input
      type={type}
      data-slot="input"
      className={cn(
        "h-9 w-full min-w-0 px-3 py-1 text-base file:inline-flex file:h-7 file:border-0 file:bg-transparent file:text-sm file:font-medium file:text-foreground placeholder:text-muted-foreground disabled:cursor-not-allowed disabled:opacity-50 md:text-sm",
        fieldBox,
        focusRing,
        invalidRing,
        className,
      )}
      {...props}
    />
  );
}

export { Input };
