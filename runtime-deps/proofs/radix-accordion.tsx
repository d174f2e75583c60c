// proves: @radix-ui/react-accordion, @radix-ui/react-collapsible
import type { Proof } from "./harness/harness";
import * as Accordion from "@radix-ui/react-accordion";
import * as Collapsible from "@radix-ui/react-collapsible";

export default function App() {
  return (
    <main>
      <Accordion.Root type="single" collapsible>
        {["Price", "Delivery"].map((title) => (
          <Accordion.Item key={title} value={title}>
            <Accordion.Header>
              <Accordion.Trigger>{title}</Accordion.Trigger>
            </Accordion.Header>
            <Accordion.Content>About {title}</Accordion.Content>
          </Accordion.Item>
        ))}
      </Accordion.Root>
      <Collapsible.Root>
        <Collapsible.Trigger>More</Collapsible.Trigger>
        <Collapsible.Content>Small print</Collapsible.Content>
      </Collapsible.Root>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Price");
  await t.until("About Price");
  await t.key("ArrowDown");
  await t.key("Enter");
  await t.until("About Delivery");
  await t.until(() => !t.text().includes("About Price"), "only one is open");
  await t.press("text=More");
  await t.until("Small print");
  await t.press("text=More");
  await t.until(() => !t.text().includes("Small print"), "closed again");
}
