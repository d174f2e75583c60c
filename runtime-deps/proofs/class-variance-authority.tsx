// proves: class-variance-authority
import type { Proof } from "./harness/harness";
import { cva, cx, type VariantProps } from "class-variance-authority";

const button = cva("button", {
  variants: { intent: { primary: "blue", danger: "red" }, size: { small: "text-sm", large: "text-lg" } },
  compoundVariants: [{ intent: "danger", size: "large", class: "uppercase" }],
  defaultVariants: { intent: "primary", size: "small" },
});

function Button({ intent, size, ...rest }: VariantProps<typeof button> & React.ComponentProps<"button">) {
  return <button className={button({ intent, size })} {...rest} />;
}

export default function App() {
  return (
    <main>
      <Button>One</Button>
      <Button intent="danger" size="large">
        Two
      </Button>
    </main>
  );
}

export function prove(t: Proof) {
  t.equal(
    t.all("button").map(({ className }) => className),
    ["button blue text-sm", "button red text-lg uppercase"],
  );
  t.equal(cx("a", false, ["b"]), "a b");
}
