// React Refresh: must be set up before react-dom runs, because react-dom
// announces itself to the hook while it loads.

import {
  createSignatureFunctionForTransform,
  getFamilyByType,
  injectIntoGlobalHook,
  isLikelyComponentType,
  performReactRefresh,
  register,
} from "react-refresh/runtime";
import type { Exports, ModuleContext, RunHooks } from "./registry.ts";

interface DevToolsHook {
  renderers: Map<number, unknown>;
  supportsFiber: boolean;
  inject(renderer: { scheduleRefresh?: unknown }): number;
  onCommitFiberRoot(): void;
  onCommitFiberUnmount(): void;
  onScheduleFiberRoot(): void;
}

export class Refresh implements RunHooks {
  #canRefresh = false;

  constructor() {
    const renderers = new Map<number, unknown>();
    const hook: DevToolsHook = {
      renderers,
      supportsFiber: true,
      inject: (renderer) => {
        if (typeof renderer.scheduleRefresh === "function") this.#canRefresh = true;
        const id = renderers.size + 1;
        renderers.set(id, renderer);
        return id;
      },
      onCommitFiberRoot() {},
      onCommitFiberUnmount() {},
      onScheduleFiberRoot() {},
    };
    Object.defineProperty(window, "__REACT_DEVTOOLS_GLOBAL_HOOK__", { value: hook, configurable: true });
    injectIntoGlobalHook(window);
  }

  /** Whether a react-dom is there that can refresh: its development build can, the production build can't. */
  get available(): boolean {
    return this.#canRefresh;
  }

  /** Renders what changed, synchronously. */
  perform(): void {
    performReactRefresh();
  }

  context(id: string): ModuleContext {
    return {
      id,
      refreshReg: (type, name) => register(type, `${id} ${name}`),
      refreshSig: createSignatureFunctionForTransform,
    };
  }

  boundary(id: string, exports: Exports): readonly unknown[] | null {
    const names = Object.keys(exports);
    // In the order of definition: an SVG's address comes before its component,
    // which isn't there unless something imports it.
    if (names.length === 0 || !names.every((name) => isLikelyComponentType(exports[name]))) return null;
    const signature: unknown[] = [];
    for (const name of names.sort()) {
      const value = exports[name];
      // Wrapped components (memo, forwardRef) have no registration of their own.
      register(value, `${id} %exports% ${name}`);
      signature.push(name, getFamilyByType(value));
    }
    return signature;
  }
}

/** Whether React can render it: a function, a class, memo, forwardRef, lazy. */
export function isComponent(value: unknown): boolean {
  if (typeof value === "function") return true;
  return typeof value === "object" && value !== null && "$$typeof" in value && !("props" in value);
}
