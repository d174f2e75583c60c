// proves: react-aria
import type { Proof } from "./harness/harness";
import {
  mergeProps,
  useButton,
  useFocusRing,
  useHover,
  usePress,
  useSwitch,
  VisuallyHidden,
} from "react-aria";
import { useRef, useState } from "react";

function Button({ onPress, children }: { onPress(): void; children: string }) {
  const ref = useRef<HTMLButtonElement>(null);
  const { buttonProps } = useButton({ onPress }, ref);
  const { hoverProps, isHovered } = useHover({});
  const { focusProps, isFocusVisible } = useFocusRing();
  return (
    <button
      ref={ref}
      data-hovered={isHovered}
      data-ring={isFocusVisible}
      {...mergeProps(buttonProps, hoverProps, focusProps)}
    >
      {children}
    </button>
  );
}

export default function App() {
  const [count, setCount] = useState(0);
  const { pressProps, isPressed } = usePress({ onPress: () => setCount(100) });
  return (
    <main>
      <Button onPress={() => setCount(count + 1)}>Add</Button>
      <div id="area" tabIndex={0} role="button" {...pressProps}>
        {isPressed ? "pressed" : "press me"}
      </div>
      <VisuallyHidden>hidden text</VisuallyHidden>
      <output>{count}</output>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Add");
  await t.shows("output", "1");
  t.equal(t.find("button").dataset.hovered, "true");
  await t.key("Tab");
  t.find("button").focus();
  await t.key("Enter");
  await t.shows("output", "2");
  await t.press("#area");
  await t.shows("output", "100");
  t.equal(typeof useSwitch, "function");
}
