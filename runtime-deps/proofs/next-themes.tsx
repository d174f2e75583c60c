// proves: next-themes
// expects: Encountered a script tag while rendering React component
import type { Proof } from "./harness/harness";
import { ThemeProvider, useTheme } from "next-themes";

function Toggle() {
  const { theme, setTheme } = useTheme();
  return <button onClick={() => setTheme(theme === "dark" ? "light" : "dark")}>{theme}</button>;
}

export default function App() {
  return (
    <ThemeProvider attribute="class" defaultTheme="light">
      <Toggle />
    </ThemeProvider>
  );
}

export async function prove(t: Proof) {
  await t.shows("button", "light");
  await t.press("button");
  await t.shows("button", "dark");
  t.equal(document.documentElement.classList.contains("dark"), true);
  t.equal(localStorage.getItem("theme"), "dark");
}
