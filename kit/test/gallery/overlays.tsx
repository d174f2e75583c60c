import { CopyIcon, SettingsIcon, TrashIcon, UserIcon } from "lucide-react";
import { useState } from "react";
import { toast as say } from "sonner";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import {
  Command,
  CommandDialog,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
  CommandSeparator,
  CommandShortcut,
} from "@/components/ui/command";
import {
  ContextMenu,
  ContextMenuContent,
  ContextMenuItem,
  ContextMenuSeparator,
  ContextMenuTrigger,
} from "@/components/ui/context-menu";
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from "@/components/ui/dialog";
import {
  Drawer,
  DrawerClose,
  DrawerContent,
  DrawerDescription,
  DrawerFooter,
  DrawerHeader,
  DrawerTitle,
  DrawerTrigger,
} from "@/components/ui/drawer";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuGroup,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuShortcut,
  DropdownMenuSub,
  DropdownMenuSubContent,
  DropdownMenuSubTrigger,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { HoverCard, HoverCardContent, HoverCardTrigger } from "@/components/ui/hover-card";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import {
  Menubar,
  MenubarContent,
  MenubarItem,
  MenubarMenu,
  MenubarSeparator,
  MenubarShortcut,
  MenubarTrigger,
} from "@/components/ui/menubar";
import {
  NavigationMenu,
  NavigationMenuContent,
  NavigationMenuItem,
  NavigationMenuLink,
  NavigationMenuList,
  NavigationMenuTrigger,
  navigationMenuTriggerStyle,
} from "@/components/ui/navigation-menu";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import {
  Sheet,
  SheetContent,
  SheetDescription,
  SheetFooter,
  SheetHeader,
  SheetTitle,
  SheetTrigger,
} from "@/components/ui/sheet";
import { ToastAction } from "@/components/ui/toast";
import { Tooltip, TooltipContent, TooltipTrigger } from "@/components/ui/tooltip";
import { useToast } from "@/hooks/use-toast";
import { Section } from "./section.tsx";

export function Overlays() {
  return (
    <>
      <Section title="Dialogs">
        <Dialogs />
      </Section>
      <Section title="Menus">
        <Menus />
      </Section>
      <Section title="Panels">
        <Panels />
      </Section>
      <Section title="Command">
        <Commands />
      </Section>
      <Section title="Toasts">
        <Toasts />
      </Section>
    </>
  );
}

function Dialogs() {
  const [deleted, setDeleted] = useState(false);
  return (
    <div className="flex flex-wrap gap-2">
      <Dialog>
        <DialogTrigger asChild>
          <Button variant="outline">Edit profile</Button>
        </DialogTrigger>
        <DialogContent>
          <DialogHeader>
            <DialogTitle>Edit profile</DialogTitle>
            <DialogDescription>Changes are visible to your team.</DialogDescription>
          </DialogHeader>
          <div className="grid gap-2">
            <Label htmlFor="profile-name">Name</Label>
            <Input id="profile-name" defaultValue="Ada Lovelace" />
          </div>
          <DialogFooter>
            <DialogClose asChild>
              <Button variant="outline">Cancel</Button>
            </DialogClose>
            <Button>Save</Button>
          </DialogFooter>
        </DialogContent>
      </Dialog>
      <AlertDialog>
        <AlertDialogTrigger asChild>
          <Button variant="outline">Delete project</Button>
        </AlertDialogTrigger>
        <AlertDialogContent>
          <AlertDialogHeader>
            <AlertDialogTitle>Delete this project?</AlertDialogTitle>
            <AlertDialogDescription>Its tasks and files go with it.</AlertDialogDescription>
          </AlertDialogHeader>
          <AlertDialogFooter>
            <AlertDialogCancel>Keep it</AlertDialogCancel>
            <AlertDialogAction variant="destructive" onClick={() => setDeleted(true)}>
              Delete
            </AlertDialogAction>
          </AlertDialogFooter>
        </AlertDialogContent>
      </AlertDialog>
      <Sheet>
        <SheetTrigger asChild>
          <Button variant="outline">Filters</Button>
        </SheetTrigger>
        <SheetContent>
          <SheetHeader>
            <SheetTitle>Filters</SheetTitle>
            <SheetDescription>Which tasks the board shows.</SheetDescription>
          </SheetHeader>
          <SheetFooter>
            <Button>Apply</Button>
          </SheetFooter>
        </SheetContent>
      </Sheet>
      <Drawer>
        <DrawerTrigger asChild>
          <Button variant="outline">Daily goal</Button>
        </DrawerTrigger>
        <DrawerContent>
          <DrawerHeader>
            <DrawerTitle>Daily goal</DrawerTitle>
            <DrawerDescription>Minutes of movement a day.</DrawerDescription>
          </DrawerHeader>
          <DrawerFooter>
            <Button>Set goal</Button>
            <DrawerClose asChild>
              <Button variant="outline">Not now</Button>
            </DrawerClose>
          </DrawerFooter>
        </DrawerContent>
      </Drawer>
      <output aria-label="Project" className="text-sm text-muted-foreground">
        {deleted ? "deleted" : "kept"}
      </output>
    </div>
  );
}

function Menus() {
  const [grid, setGrid] = useState(false);
  const [order, setOrder] = useState("newest");
  const [done, setDone] = useState("nothing");
  return (
    <div className="flex flex-wrap items-center gap-4">
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="outline">Options</Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent className="w-52" align="start">
          <DropdownMenuLabel>My account</DropdownMenuLabel>
          <DropdownMenuSeparator />
          <DropdownMenuGroup>
            <DropdownMenuItem onSelect={() => setDone("profile")}>
              <UserIcon /> Profile <DropdownMenuShortcut>Ctrl P</DropdownMenuShortcut>
            </DropdownMenuItem>
            <DropdownMenuItem disabled>
              <SettingsIcon /> Settings
            </DropdownMenuItem>
          </DropdownMenuGroup>
          <DropdownMenuCheckboxItem checked={grid} onCheckedChange={setGrid}>
            Show grid
          </DropdownMenuCheckboxItem>
          <DropdownMenuSeparator />
          <DropdownMenuRadioGroup value={order} onValueChange={setOrder}>
            <DropdownMenuRadioItem value="newest">Newest first</DropdownMenuRadioItem>
            <DropdownMenuRadioItem value="oldest">Oldest first</DropdownMenuRadioItem>
          </DropdownMenuRadioGroup>
          <DropdownMenuSeparator />
          <DropdownMenuSub>
            <DropdownMenuSubTrigger inset>Share</DropdownMenuSubTrigger>
            <DropdownMenuSubContent>
              <DropdownMenuItem onSelect={() => setDone("mail")}>By e-mail</DropdownMenuItem>
              <DropdownMenuItem>By link</DropdownMenuItem>
            </DropdownMenuSubContent>
          </DropdownMenuSub>
          <DropdownMenuItem variant="destructive">
            <TrashIcon /> Delete
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Menubar>
        <MenubarMenu>
          <MenubarTrigger>File</MenubarTrigger>
          <MenubarContent>
            <MenubarItem onSelect={() => setDone("new tab")}>
              New tab <MenubarShortcut>Ctrl T</MenubarShortcut>
            </MenubarItem>
            <MenubarSeparator />
            <MenubarItem>Print</MenubarItem>
          </MenubarContent>
        </MenubarMenu>
        <MenubarMenu>
          <MenubarTrigger>Edit</MenubarTrigger>
          <MenubarContent>
            <MenubarItem onSelect={() => setDone("undo")}>Undo</MenubarItem>
          </MenubarContent>
        </MenubarMenu>
      </Menubar>
      <NavigationMenu>
        <NavigationMenuList>
          <NavigationMenuItem>
            <NavigationMenuTrigger>Products</NavigationMenuTrigger>
            <NavigationMenuContent>
              <ul className="grid w-56 gap-1">
                <li>
                  <NavigationMenuLink href="#board">
                    <span className="font-medium">Board</span>
                    <span className="text-muted-foreground">Plan the week together</span>
                  </NavigationMenuLink>
                </li>
                <li>
                  <NavigationMenuLink href="#notes">
                    <span className="font-medium">Notes</span>
                    <span className="text-muted-foreground">Write it down</span>
                  </NavigationMenuLink>
                </li>
              </ul>
            </NavigationMenuContent>
          </NavigationMenuItem>
          <NavigationMenuItem>
            <NavigationMenuLink href="#pricing" className={navigationMenuTriggerStyle()}>
              Pricing
            </NavigationMenuLink>
          </NavigationMenuItem>
        </NavigationMenuList>
      </NavigationMenu>
      <ContextMenu>
        <ContextMenuTrigger className="flex h-16 w-56 items-center justify-center rounded-md border border-dashed text-sm">
          Press the right button here
        </ContextMenuTrigger>
        <ContextMenuContent className="w-44">
          <ContextMenuItem onSelect={() => setDone("copy")}>
            <CopyIcon /> Copy
          </ContextMenuItem>
          <ContextMenuSeparator />
          <ContextMenuItem variant="destructive">
            <TrashIcon /> Remove
          </ContextMenuItem>
        </ContextMenuContent>
      </ContextMenu>
      <output aria-label="Last command" className="text-sm text-muted-foreground">
        {done}
      </output>
      <output
        aria-label="Grid and order"
        className="text-sm text-muted-foreground"
      >{`${grid ? "grid" : "list"}, ${order}`}</output>
    </div>
  );
}

function Panels() {
  return (
    <div className="flex flex-wrap items-center gap-4">
      <Popover>
        <PopoverTrigger asChild>
          <Button variant="outline">Dimensions</Button>
        </PopoverTrigger>
        <PopoverContent aria-label="Dimensions" className="grid gap-3">
          <p className="text-sm font-medium">Dimensions</p>
          <div className="grid grid-cols-3 items-center gap-2">
            <Label htmlFor="width">Width</Label>
            <Input id="width" defaultValue="100%" className="col-span-2 h-8" />
          </div>
        </PopoverContent>
      </Popover>
      <Tooltip>
        <TooltipTrigger asChild>
          <Button variant="outline" size="icon" aria-label="Settings">
            <SettingsIcon />
          </Button>
        </TooltipTrigger>
        <TooltipContent>Settings of this board</TooltipContent>
      </Tooltip>
      <HoverCard openDelay={0} closeDelay={0}>
        <HoverCardTrigger asChild>
          <Button variant="link" asChild>
            <a href="#ada">@ada</a>
          </Button>
        </HoverCardTrigger>
        <HoverCardContent>
          <p className="text-sm font-medium">Ada Lovelace</p>
          <p className="text-sm text-muted-foreground">Wrote the first program.</p>
        </HoverCardContent>
      </HoverCard>
    </div>
  );
}

function Commands() {
  const [open, setOpen] = useState(false);
  const [ran, setRan] = useState("nothing");
  const list = (
    <>
      <CommandInput placeholder="Type a command" />
      <CommandList>
        <CommandEmpty>No command of that name.</CommandEmpty>
        <CommandGroup heading="Suggestions">
          <CommandItem onSelect={() => setRan("calendar")}>Calendar</CommandItem>
          <CommandItem onSelect={() => setRan("calculator")}>Calculator</CommandItem>
        </CommandGroup>
        <CommandSeparator />
        <CommandGroup heading="Settings">
          <CommandItem onSelect={() => setRan("profile")}>
            <UserIcon /> Profile <CommandShortcut>Ctrl P</CommandShortcut>
          </CommandItem>
        </CommandGroup>
      </CommandList>
    </>
  );
  return (
    <div className="flex flex-wrap items-start gap-4">
      <Command label="Commands" className="h-auto max-w-sm rounded-lg border shadow-md">
        {list}
      </Command>
      <Button variant="outline" onClick={() => setOpen(true)}>
        Open palette
      </Button>
      <CommandDialog open={open} onOpenChange={setOpen}>
        {list}
      </CommandDialog>
      <output aria-label="Ran" className="text-sm text-muted-foreground">
        {ran}
      </output>
    </div>
  );
}

function Toasts() {
  const { toast } = useToast();
  const [undone, setUndone] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button variant="outline" onClick={() => say.success("Event created", { description: "Monday, 9:00" })}>
        Say by sonner
      </Button>
      <Button
        variant="outline"
        onClick={() =>
          toast({
            title: "Task moved",
            description: "It's in Done now.",
            action: (
              <ToastAction altText="Undo in the task's menu" onClick={() => setUndone(true)}>
                Undo
              </ToastAction>
            ),
          })
        }
      >
        Say by hook
      </Button>
      <Button
        variant="outline"
        onClick={() =>
          toast({ variant: "destructive", title: "Could not save", description: "You're offline." })
        }
      >
        Say a failure
      </Button>
      <output aria-label="Undone" className="text-sm text-muted-foreground">
        {undone ? "yes" : "no"}
      </output>
    </div>
  );
}
