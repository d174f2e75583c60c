// What classes with decorators call. It stands behind the runtime (`main.ts`) in
// its file, for apps that have such classes.

import { helpers } from "../frame/decorators.ts";

Object.assign((window as unknown as Record<"__cumulet", object>).__cumulet, helpers);
