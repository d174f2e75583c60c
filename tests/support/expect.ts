import { expect as plain, type Locator } from "@playwright/test";

const CLOSED = "Target page, context or browser has been closed";

/**
 * Playwright's `expect`, whose expectations about an app outlive the app's frame. A sandboxed frame is a process of
 * its own; while one is replaced by the next, the driver takes the closed connection for a closed page and gives up
 * (its `isNonRetriableError`) instead of looking into the new frame.
 */
export const expect: typeof plain = new Proxy(plain, {
  apply(target, self, args: Parameters<typeof plain>) {
    const matchers = Reflect.apply(target, self, args) as object;
    const [actual] = args as unknown[];
    return isLocator(actual) ? outliving(matchers, actual) : matchers;
  },
});

function isLocator(actual: unknown): actual is Locator {
  return actual !== null && typeof actual === "object" && "contentFrame" in actual && "page" in actual;
}

/** The same matchers, which look once more when the frame that they looked into went and the page did not. */
function outliving(matchers: object, locator: Locator): object {
  return new Proxy(matchers, {
    get(target, name) {
      const matcher = Reflect.get(target, name) as unknown;
      if (name === "not") {
        return outliving(matcher as object, locator);
      }
      if (typeof matcher !== "function") {
        return matcher;
      }
      return async (...args: unknown[]) => {
        const look = async (): Promise<unknown> => Reflect.apply(matcher, target, args);
        try {
          return await look().catch((error: unknown) => {
            if (locator.page().isClosed() || !String(error).includes(CLOSED)) {
              throw error;
            }
            return look();
          });
        } catch (error) {
          throw asOfItsCaller(error);
        }
      };
    },
  });
}

/** The report shows the first place of the stack: the story's, not this file's. */
function asOfItsCaller(error: unknown): unknown {
  if (error instanceof Error && error.stack !== undefined) {
    error.stack = error.stack.split("\n").filter((line) => !line.includes("support/expect.ts")).join("\n");
  }
  return error;
}
