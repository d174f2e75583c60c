// proves: @radix-ui/react-arrow, @radix-ui/react-collection, @radix-ui/react-compose-refs, @radix-ui/react-context, @radix-ui/react-dismissable-layer, @radix-ui/react-focus-guards, @radix-ui/react-focus-scope, @radix-ui/react-id, @radix-ui/react-menu, @radix-ui/react-popper, @radix-ui/react-presence, @radix-ui/react-primitive, @radix-ui/react-roving-focus, @radix-ui/react-use-callback-ref, @radix-ui/react-use-controllable-state, @radix-ui/react-use-effect-event, @radix-ui/react-use-escape-keydown, @radix-ui/react-use-is-hydrated, @radix-ui/react-use-layout-effect, @radix-ui/react-use-previous, @radix-ui/react-use-rect, @radix-ui/react-use-size
import type { Proof } from "./harness/harness";
import { Arrow } from "@radix-ui/react-arrow";
import { createCollection } from "@radix-ui/react-collection";
import { useComposedRefs } from "@radix-ui/react-compose-refs";
import { createContext } from "@radix-ui/react-context";
import { DismissableLayer } from "@radix-ui/react-dismissable-layer";
import { FocusGuards } from "@radix-ui/react-focus-guards";
import { FocusScope } from "@radix-ui/react-focus-scope";
import { useId } from "@radix-ui/react-id";
import * as Menu from "@radix-ui/react-menu";
import * as Popper from "@radix-ui/react-popper";
import { Presence } from "@radix-ui/react-presence";
import { Primitive } from "@radix-ui/react-primitive";
import * as RovingFocus from "@radix-ui/react-roving-focus";
import { useCallbackRef } from "@radix-ui/react-use-callback-ref";
import { useControllableState } from "@radix-ui/react-use-controllable-state";
import { useEffectEvent } from "@radix-ui/react-use-effect-event";
import { useEscapeKeydown } from "@radix-ui/react-use-escape-keydown";
import { useIsHydrated } from "@radix-ui/react-use-is-hydrated";
import { useLayoutEffect } from "@radix-ui/react-use-layout-effect";
import { usePrevious } from "@radix-ui/react-use-previous";
import { useRect } from "@radix-ui/react-use-rect";
import { useSize } from "@radix-ui/react-use-size";
import { useRef, useState } from "react";

const [Fruit, useFruit] = createContext<{ name: string }>("Fruit");
const [Collection, useItems] = createCollection<HTMLElement>("Proof");

function Counter() {
  const [count, setCount] = useControllableState({ defaultProp: 0, prop: undefined, onChange: () => {} });
  const before = usePrevious(count);
  const add = useCallbackRef(() => setCount((n = 0) => n + 1));
  const reset = useEffectEvent(() => setCount(0));
  useEscapeKeydown(reset);
  return (
    <Primitive.button id="counter" onClick={add}>
      {`${before} to ${count} of ${useFruit("Counter").name}`}
    </Primitive.button>
  );
}

function Items() {
  const items = useItems(undefined);
  const [count, setCount] = useState(0);
  return (
    <Primitive.button
      id="items"
      onClick={() => setCount(items().length)}
    >{`${count} items`}</Primitive.button>
  );
}

function Measured() {
  const own = useRef<HTMLSpanElement>(null);
  const [element, setElement] = useState<HTMLSpanElement | null>(null);
  const [seen, setSeen] = useState(false);
  const size = useSize(element);
  const rect = useRect(element);
  useLayoutEffect(() => setSeen(own.current !== null), []);
  return (
    <span id="measured" ref={useComposedRefs(own, setElement)} style={{ display: "block", width: 120 }}>
      {[size?.width, rect?.width, seen, useIsHydrated(), useId() !== ""].join(" ")}
    </span>
  );
}

export default function App() {
  const [open, setOpen] = useState(true);
  const [layer, setLayer] = useState(true);
  return (
    <Fruit name="pears">
      <Counter />
      <Measured />
      <Collection.Provider scope={undefined}>
        <Collection.Slot scope={undefined}>
          <ul>
            {["a", "b"].map((item) => (
              <Collection.ItemSlot scope={undefined} key={item}>
                <li>{item}</li>
              </Collection.ItemSlot>
            ))}
          </ul>
        </Collection.Slot>
        <Items />
      </Collection.Provider>
      <RovingFocus.Root orientation="horizontal">
        <RovingFocus.Item asChild>
          <button id="first">1</button>
        </RovingFocus.Item>
        <RovingFocus.Item asChild>
          <button>2</button>
        </RovingFocus.Item>
      </RovingFocus.Root>
      <button id="hide" onClick={() => setOpen(false)}>
        Hide
      </button>
      <Presence present={open}>
        <b id="present">there</b>
      </Presence>
      <Popper.Root>
        <Popper.Anchor>anchor</Popper.Anchor>
        <Popper.Content side="bottom">
          <i id="popper">placed</i>
          <Arrow width={10} height={5} />
        </Popper.Content>
      </Popper.Root>
      {layer && (
        <DismissableLayer onDismiss={() => setLayer(false)}>
          <FocusGuards>
            <FocusScope loop>
              <input id="layer" />
            </FocusScope>
          </FocusGuards>
        </DismissableLayer>
      )}
      <Menu.Root open={false}>
        <Menu.Anchor>menu</Menu.Anchor>
      </Menu.Root>
    </Fruit>
  );
}

export async function prove(t: Proof) {
  await t.element("#layer");
  await t.until(() => document.activeElement?.id === "layer", "the scope took the focus");
  await t.key("Escape");
  await t.gone("#layer");
  await t.press("#counter");
  await t.press("#counter");
  await t.shows("#counter", "1 to 2 of pears");
  await t.key("Escape");
  await t.shows("#counter", "2 to 0 of pears");
  await t.shows("#measured", "120 120 true true true");
  await t.press("#items");
  await t.shows("#items", "2 items");
  await t.press("#first");
  await t.key("ArrowRight");
  t.equal(document.activeElement?.textContent, "2");
  await t.press("#hide");
  await t.gone("#present");
  await t.until(() => t.find("#popper").getBoundingClientRect().top > 0, "placed");
  t.ok(t.find("svg polygon"), "the arrow");
}
