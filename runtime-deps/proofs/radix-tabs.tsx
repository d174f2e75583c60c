// proves: @radix-ui/react-tabs, @radix-ui/react-toolbar, @radix-ui/react-scroll-area, @radix-ui/react-separator, @radix-ui/react-aspect-ratio, @radix-ui/react-avatar
// sandbox: Pictures from the web are shown when the person allows their host; until then an Avatar shows its fallback.
import type { Proof } from "./harness/harness";
import * as AspectRatio from "@radix-ui/react-aspect-ratio";
import * as Avatar from "@radix-ui/react-avatar";
import * as ScrollArea from "@radix-ui/react-scroll-area";
import * as Separator from "@radix-ui/react-separator";
import * as Tabs from "@radix-ui/react-tabs";
import * as Toolbar from "@radix-ui/react-toolbar";

const PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

export default function App() {
  return (
    <Tabs.Root defaultValue="one">
      <Tabs.List>
        <Tabs.Trigger value="one">One</Tabs.Trigger>
        <Tabs.Trigger value="two">Two</Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="one">
        <Toolbar.Root>
          <Toolbar.Button>Undo</Toolbar.Button>
          <Toolbar.Button>Redo</Toolbar.Button>
        </Toolbar.Root>
        <Separator.Root orientation="vertical" />
        <div style={{ width: 160 }}>
          <AspectRatio.Root ratio={16 / 9}>wide</AspectRatio.Root>
        </div>
        <Avatar.Root id="here">
          <Avatar.Image src={PIXEL} alt="Ada" />
          <Avatar.Fallback>AL</Avatar.Fallback>
        </Avatar.Root>
        <Avatar.Root id="away">
          <Avatar.Image src="https://example.org/grace.png" alt="Grace" />
          <Avatar.Fallback>GH</Avatar.Fallback>
        </Avatar.Root>
        <ScrollArea.Root type="always" style={{ width: 100, height: 50 }}>
          <ScrollArea.Viewport style={{ height: "100%" }}>
            <div style={{ height: 500 }}>long</div>
          </ScrollArea.Viewport>
          <ScrollArea.Scrollbar orientation="vertical">
            <ScrollArea.Thumb />
          </ScrollArea.Scrollbar>
        </ScrollArea.Root>
      </Tabs.Content>
      <Tabs.Content value="two">The second</Tabs.Content>
    </Tabs.Root>
  );
}

export async function prove(t: Proof) {
  await t.element("#here img[alt=Ada]");
  await t.shows("#away", "GH");
  t.equal(t.find("[data-radix-aspect-ratio-wrapper]").offsetHeight, 90);
  t.equal(t.find("[role=separator]").getAttribute("aria-orientation"), "vertical");
  await t.press("text=Undo");
  await t.key("ArrowRight");
  t.equal(document.activeElement?.textContent, "Redo");
  await t.until(() => t.find("[data-orientation=vertical][data-state=visible]"), "a scroll bar");
  await t.press("role=tab[name='Two']");
  await t.until("The second");
  t.ok(!t.text().includes("Undo"), "the first tab's content is gone");
}
