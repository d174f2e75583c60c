// Holds the colours of frontend/styles/tokens.css to WCAG 2.2 AA in both
// themes: 4.5:1 for text, 3:1 for the focus ring and for marks.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("../../../frontend/styles/tokens.css", import.meta.url), "utf8");

/** Grounds that body text stands on. */
const GROUNDS = ["surface", "surface-raised", "surface-sunken"];

/** @typedef {{lightness: number, chroma: number, hue: number}} Colour OKLCH, hue in degrees */

/** @type {[foreground: string, ground: string, least: number][]} */
const PAIRS = [
  ...GROUNDS.flatMap(
    (ground) =>
      /** @type {[string, string, number][]} */ ([
        ["text", ground, 7],
        ["text-muted", ground, 4.5],
        ["accent-text", ground, 4.5],
        ["positive", ground, 4.5],
        ["warning", ground, 4.5],
        ["danger", ground, 4.5],
        ["accent", ground, 3],
      ]),
  ),
  ...["accent", "positive", "warning", "danger"].flatMap(
    (name) =>
      /** @type {[string, string, number][]} */ ([
        ["text", `${name}-soft`, 7],
        ["text-muted", `${name}-soft`, 4.5],
        [name === "accent" ? "accent-text" : name, `${name}-soft`, 4.5],
      ]),
  ),
  ["on-accent", "accent", 4.5],
  ["on-accent", "accent-hover", 4.5],
  ...["keyword", "string", "number", "function", "type", "tag", "comment"].flatMap(
    (name) =>
      /** @type {[string, string, number][]} */ ([
        [`code-${name}`, "surface-raised", 4.5],
        [`code-${name}`, "surface", 4.5],
        [`code-${name}`, "positive-soft", 4.5],
        [`code-${name}`, "danger-soft", 4.5],
      ]),
  ),
  ["text", "code-selection", 4.5],
];

/** Name → {light, dark} of every opaque colour token. */
function readTokens() {
  /** @type {Map<string, {light: Colour, dark: Colour}>} */
  const tokens = new Map();
  const pattern = /--([\w-]+):\s*light-dark\(oklch\(([^/)]+)\), oklch\(([^/)]+)\)\);/g;
  for (const [, name = "", light = "", dark = ""] of css.matchAll(pattern)) {
    tokens.set(name, { light: parse(light), dark: parse(dark) });
  }
  return tokens;
}

/** @param {string} text @returns {Colour} */
function parse(text) {
  const [lightness = Number.NaN, chroma = Number.NaN, hue = Number.NaN] = text
    .trim()
    .split(/\s+/)
    .map(Number);
  return { lightness, chroma, hue };
}

/**
 * Relative luminance by way of linear sRGB, clipped to the gamut as browsers show it at worst.
 * @param {Colour} colour
 */
function luminance({ lightness, chroma, hue }) {
  const radians = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(radians);
  const b = chroma * Math.sin(radians);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (/** @type {number} */ channel) => Math.min(1, Math.max(0, channel));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {Colour} one @param {Colour} other */
function contrast(one, other) {
  const [first, second] = [luminance(one), luminance(other)];
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

test("black on white is 21:1", () => {
  const black = { lightness: 0, chroma: 0, hue: 0 };
  const white = { lightness: 1, chroma: 0, hue: 0 };
  assert.ok(Math.abs(contrast(black, white) - 21) < 0.01);
});

for (const theme of /** @type {const} */ (["light", "dark"])) {
  test(`text and marks reach AA in the ${theme} theme`, () => {
    const tokens = readTokens();
    /** @type {string[]} */
    const failures = [];
    for (const [foreground, ground, least] of PAIRS) {
      const one = tokens.get(foreground)?.[theme];
      const other = tokens.get(ground)?.[theme];
      assert.ok(one, `--${foreground} is missing or not written as light-dark(oklch(…), oklch(…))`);
      assert.ok(other, `--${ground} is missing or not written as light-dark(oklch(…), oklch(…))`);
      const ratio = contrast(one, other);
      if (ratio < least) {
        failures.push(`--${foreground} on --${ground}: ${ratio.toFixed(2)}, needs ${least}`);
      }
    }
    assert.deepEqual(failures, []);
  });
}
