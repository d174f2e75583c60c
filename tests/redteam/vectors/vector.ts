import type { Tools } from "../support/harness";

/** One attack. It worked when the receiver hears of it, or when it returns something. */
export interface Vector {
  /** Row of the check list. */
  row: string;
  /** Unique within its row; becomes a part of host names. */
  name: string;
  /** The attack as text. */
  code: string;
  /** It replaces the frame's document, works or not, so it gets a frame of its own. */
  kills: boolean;
  /** It is started by a click, as what needs a person's gesture must be. */
  gesture: boolean;
}

interface Options {
  kills?: boolean;
  gesture?: boolean;
}

/** Writes an attack down. It runs elsewhere: nothing but the tools may be used in it. */
export function vector(
  row: string,
  name: string,
  attack: (tools: Tools) => unknown,
  options: Options = {},
): Vector {
  return {
    row,
    name,
    code: attack.toString(),
    kills: options.kills ?? false,
    gesture: options.gesture ?? false,
  };
}

/** A vector's label in one setting: what its host names begin with. */
export function labelOf({ row, name }: Pick<Vector, "row" | "name">, setting: string): string {
  return `${row}-${name}-${setting}`.toLowerCase();
}
