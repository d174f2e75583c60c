// Shows an App file's default export in #root, inside an error boundary that
// reports and waits for the next update.

import type { Dependencies } from "./dependencies.ts";
import type { ErrorReports } from "./errors.ts";
import { rootElement } from "./root.ts";
import { BOUNDARY_NAME } from "./stack.ts";

/** The parts of React that are used; the app brings React itself. */
interface ReactLike {
  createElement(type: unknown, props: object | null, ...children: unknown[]): unknown;
  Component: new (
    props: object,
  ) => { props: { children?: unknown }; state: unknown; setState(state: object): void };
}
interface RootLike {
  render(element: unknown): void;
}
interface ClientLike {
  createRoot(container: Element, options: object): RootLike;
}
interface BoundaryLike {
  state: { failed: boolean };
  setState(state: object): void;
}

export class Mount {
  #root: RootLike | undefined;
  #react: ReactLike | undefined;
  #boundaryType: unknown;
  #boundary: BoundaryLike | null = null;

  constructor(
    readonly dependencies: Dependencies,
    readonly errors: ErrorReports,
  ) {}

  /** Renders, for the first time or again. Throws when the app came without React. */
  show(component: unknown): void {
    if (!this.#root) this.#create();
    const react = this.#react as ReactLike;
    const ref = (boundary: BoundaryLike | null) => {
      this.#boundary = boundary;
    };
    this.#root?.render(
      react.createElement(this.#boundaryType, { ref }, react.createElement(component, null)),
    );
  }

  /** After an update: an app that failed to render gets another try. Returns whether it did. */
  recover(): boolean {
    if (!this.#boundary?.state.failed) return false;
    this.#boundary.setState({ failed: false });
    return true;
  }

  #create(): void {
    const react = this.dependencies.packages.core?.react as ReactLike | undefined;
    const client = this.dependencies.packages.core?.["react-dom/client"] as ClientLike | undefined;
    if (!react || !client)
      throw new Error("React is not among the app's dependencies, so its App can't be shown.");
    this.#react = react;
    this.#boundaryType = boundaryType(react, this.errors);
    this.#root = client.createRoot(rootElement(), {
      // The runtime reports what its boundary catches; React would print it once more.
      onCaughtError: (error: unknown, info: { errorBoundary?: unknown; componentStack?: string }) => {
        if (info.errorBoundary !== this.#boundary) console.error(error);
      },
    });
  }
}

function boundaryType(react: ReactLike, errors: ErrorReports): unknown {
  class Boundary extends react.Component {
    static displayName = BOUNDARY_NAME;
    static getDerivedStateFromError() {
      return { failed: true };
    }
    override state = { failed: false };
    componentDidCatch(error: unknown, info: { componentStack?: string | null }) {
      errors.report("render", error, info.componentStack);
    }
    render() {
      return this.state.failed ? null : this.props.children;
    }
  }
  return Boundary;
}
