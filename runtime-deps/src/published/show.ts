// Shows the component of an App file in #root, and a sentence in its place
// when it fails.

import type { Dependencies } from "../frame/dependencies.ts";
import { rootElement } from "../frame/root.ts";

/** The parts of React that are used; the app brings React itself. */
interface ReactLike {
  createElement(type: unknown, props: object | null, ...children: unknown[]): unknown;
  Component: new (props: object) => { props: { children?: unknown }; state: unknown };
}
interface ClientLike {
  createRoot(container: Element): { render(element: unknown): void };
}

const FAILURE = "Something went wrong. Reload the page to try again.";

export function show({ packages }: Dependencies, component: unknown): void {
  const react = packages.core?.react as ReactLike | undefined;
  const client = packages.core?.["react-dom/client"] as ClientLike | undefined;
  if (!react || !client) throw new Error("React is not among the app's dependencies.");
  const app = react.createElement(boundaryType(react), null, react.createElement(component, null));
  client.createRoot(rootElement()).render(app);
}

/** For an app that fails before React shows anything. */
export function showFailure(): void {
  const root = rootElement();
  if (root.childElementCount > 0) return;
  const message = document.createElement("p");
  message.setAttribute("role", "alert");
  message.textContent = FAILURE;
  root.append(message);
}

/** React itself writes what the boundary catches to the console. */
function boundaryType({ Component, createElement }: ReactLike): unknown {
  return class Boundary extends Component {
    static getDerivedStateFromError() {
      return { failed: true };
    }
    override state = { failed: false };
    render() {
      return this.state.failed ? createElement("p", { role: "alert" }, FAILURE) : this.props.children;
    }
  };
}
