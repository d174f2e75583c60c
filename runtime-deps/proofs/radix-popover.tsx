// proves: @radix-ui/react-popover, @radix-ui/react-hover-card, @radix-ui/react-tooltip
import type { Proof } from "./harness/harness";
import * as HoverCard from "@radix-ui/react-hover-card";
import * as Popover from "@radix-ui/react-popover";
import * as Tooltip from "@radix-ui/react-tooltip";

export default function App() {
  return (
    <main style={{ padding: 150, display: "flex", gap: 100 }}>
      <Popover.Root>
        <Popover.Trigger>Filter</Popover.Trigger>
        <Popover.Portal>
          <Popover.Content sideOffset={7} side="bottom">
            <input aria-label="Search" />
            <Popover.Arrow />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <Tooltip.Provider delayDuration={0}>
        <Tooltip.Root>
          <Tooltip.Trigger>Save</Tooltip.Trigger>
          <Tooltip.Portal>
            <Tooltip.Content>Keeps your work</Tooltip.Content>
          </Tooltip.Portal>
        </Tooltip.Root>
      </Tooltip.Provider>
      <HoverCard.Root openDelay={0} closeDelay={0}>
        <HoverCard.Trigger href="#ada">Ada</HoverCard.Trigger>
        <HoverCard.Portal>
          <HoverCard.Content>First programmer</HoverCard.Content>
        </HoverCard.Portal>
      </HoverCard.Root>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Filter");
  const popover = await t.element("[role=dialog]");
  const trigger = t.find("button").getBoundingClientRect();
  await t.until(() => popover.getBoundingClientRect().top >= trigger.bottom + 7, "placed below its trigger");
  await t.key("Escape");
  await t.gone("[role=dialog]");
  await t.hover("text=Save");
  await t.element("[role=tooltip]");
  t.equal(t.text("[role=tooltip]"), "Keeps your work");
  await t.hover("text=Ada");
  await t.until("First programmer");
}
