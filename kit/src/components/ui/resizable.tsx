import { GripVerticalIcon } from "lucide-react";
import type * as React from "react";
import { Group, Panel, type PanelImperativeHandle, Separator } from "react-resizable-panels";
import { cn } from "@/lib/utils";

type Size = number | string | undefined;

/**
 * Sizes up to 100 without a unit are percentages, as they were in the
 * library's first versions and as most code is written; it takes every number
 * for pixels. Larger numbers and sizes with a unit stay as they are.
 */
function panelSize(size: Size): Size {
  return typeof size === "number" && size <= 100 ? `${size}%` : size;
}

type ResizablePanelGroupProps = React.ComponentProps<typeof Group> & {
  /** The older name of `orientation`. */
  direction?: "horizontal" | "vertical";
};

/** The library fills its place by an inline style, which no class could change. */
const unsized = { height: undefined, width: undefined };

function ResizablePanelGroup({
  className,
  direction,
  orientation,
  style,
  ...props
}: ResizablePanelGroupProps) {
  return (
    <Group
      data-slot="resizable-panel-group"
      orientation={orientation ?? direction ?? "horizontal"}
      style={{ ...unsized, ...style }}
      className={cn("flex h-full w-full", className)}
      {...props}
    />
  );
}

type ResizablePanelProps = React.ComponentProps<typeof Panel> & {
  /** The panel's own interface: `collapse`, `expand`, `resize` and what it measures. */
  ref?: React.Ref<PanelImperativeHandle>;
};

function ResizablePanel({
  ref,
  panelRef,
  defaultSize,
  minSize,
  maxSize,
  collapsedSize,
  ...props
}: ResizablePanelProps) {
  return (
    <Panel
      data-slot="resizable-panel"
      panelRef={panelRef ?? ref}
      defaultSize={panelSize(defaultSize)}
      minSize={panelSize(minSize)}
      maxSize={panelSize(maxSize)}
      collapsedSize={panelSize(collapsedSize)}
      {...props}
    />
  );
}

function ResizableHandle({
  withHandle,
  className,
  ...props
}: React.ComponentProps<typeof Separator> & { withHandle?: boolean }) {
  return (
    <Separator
      data-slot="resizable-handle"
      className={cn(
        "relative flex w-px items-center justify-center bg-border outline-hidden after:absolute after:inset-y-0 after:left-1/2 after:w-1 after:-translate-x-1/2 focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-offset-1 focus-visible:ring-offset-background aria-[orientation=horizontal]:h-px aria-[orientation=horizontal]:w-full aria-[orientation=horizontal]:after:inset-x-0 aria-[orientation=horizontal]:after:inset-y-auto aria-[orientation=horizontal]:after:h-1 aria-[orientation=horizontal]:after:w-full aria-[orientation=horizontal]:after:translate-x-0 aria-[orientation=horizontal]:[&>div]:rotate-90",
        className,
      )}
      {...props}
    >
      {withHandle && (
        <div className="z-10 flex h-4 w-3 shrink-0 items-center justify-center rounded-xs border bg-border">
          <GripVerticalIcon className="size-2.5" />
        </div>
      )}
    </Separator>
  );
}

export { ResizableHandle, ResizablePanel, ResizablePanelGroup };
