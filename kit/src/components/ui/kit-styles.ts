/**
 * Class lists that several components share, so that every control has the
 * same focus ring and every floating panel the same edge, shadow and motion.
 */

/** What a control shows when the keyboard reaches it. */
export const focusRing =
  "outline-none focus-visible:border-ring focus-visible:ring-[3px] focus-visible:ring-ring/40";

/** What a control shows when its value is refused. */
export const invalidRing =
  "aria-invalid:border-destructive aria-invalid:ring-destructive/20 dark:aria-invalid:ring-destructive/40";

/** The box of text fields and of what looks like one. */
export const fieldBox =
  "rounded-md border border-input bg-transparent shadow-xs transition-[color,box-shadow] dark:bg-input/30";

/** Icons inside a control: sized, unless they say otherwise, and not in the pointer's way. */
export const iconSlot = "[&_svg]:pointer-events-none [&_svg]:shrink-0 [&_svg:not([class*='size-'])]:size-4";

/** The layer that dims the page behind a modal panel. */
export const overlay =
  "fixed inset-0 z-50 bg-black/50 data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in";

/** Fades and grows out of the side where the trigger is. */
export const popMotion =
  "data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in data-[side=bottom]:[--pop-y:-4px] data-[side=left]:[--pop-x:4px] data-[side=right]:[--pop-x:-4px] data-[side=top]:[--pop-y:4px]";

/** The look of panels that float above the page. */
export const popSurface = `z-50 rounded-md border bg-popover text-popover-foreground shadow-md ${popMotion}`;

/** A dialog's panel, in the middle of the window. */
export const dialogPanel =
  "fixed top-1/2 left-1/2 z-50 grid max-h-[calc(100dvh-2rem)] w-full max-w-[calc(100%-2rem)] -translate-x-1/2 -translate-y-1/2 gap-4 overflow-y-auto rounded-lg border bg-background p-6 shadow-lg outline-none data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in sm:max-w-lg";

/** The cross in a panel's corner. */
export const cornerClose = `absolute top-4 right-4 rounded-xs opacity-70 ring-offset-background transition-opacity outline-none hover:opacity-100 focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-offset-2 disabled:pointer-events-none ${iconSlot}`;

/** A menu's panel: scrolls where the window is too low for it. */
export const menuPanel = `${popSurface} min-w-32 overflow-x-hidden overflow-y-auto p-1`;

/** A row of a menu. */
export const menuItem = `relative flex cursor-default items-center gap-2 rounded-sm px-2 py-1.5 text-sm outline-hidden select-none focus:bg-accent focus:text-accent-foreground data-[disabled]:pointer-events-none data-[disabled]:opacity-50 data-[inset]:pl-8 ${iconSlot} [&_svg:not([class*='text-'])]:text-muted-foreground`;

/** A row that does damage. */
export const menuItemDestructive =
  "data-[variant=destructive]:text-destructive data-[variant=destructive]:focus:bg-destructive/10 data-[variant=destructive]:focus:text-destructive dark:data-[variant=destructive]:focus:bg-destructive/20 data-[variant=destructive]:*:[svg]:text-destructive!";

/** A row with a tick or a dot at its start. */
export const menuCheckItem = `relative flex cursor-default items-center gap-2 rounded-sm py-1.5 pr-2 pl-8 text-sm outline-hidden select-none focus:bg-accent focus:text-accent-foreground data-[disabled]:pointer-events-none data-[disabled]:opacity-50 ${iconSlot}`;

/** Where that tick or dot stands. */
export const menuCheckMark = "pointer-events-none absolute left-2 flex size-3.5 items-center justify-center";

/** A menu's heading. */
export const menuLabel = "px-2 py-1.5 text-sm font-medium data-[inset]:pl-8";

/** The line between two groups of a menu. */
export const menuSeparator = "-mx-1 my-1 h-px bg-border";

/** The keys that do the same as a row. */
export const menuShortcut = "ml-auto text-xs tracking-widest text-muted-foreground";

/** A row that opens a menu beside it. */
export const menuSubTrigger = `${menuItem} data-[state=open]:bg-accent data-[state=open]:text-accent-foreground`;
