// proves: i18next, react-i18next
import type { Proof } from "./harness/harness";
import i18next from "i18next";
import { I18nextProvider, initReactI18next, Trans, useTranslation } from "react-i18next";

const language = i18next.createInstance();
language.use(initReactI18next).init({
  lng: "en",
  fallbackLng: "en",
  resources: {
    en: {
      translation: { pears_one: "{{count}} pear", pears_other: "{{count}} pears", bold: "So <b>bold</b>" },
    },
    de: { translation: { pears_one: "{{count}} Birne", pears_other: "{{count}} Birnen" } },
  },
});

function Basket() {
  const { t, i18n } = useTranslation();
  return (
    <main>
      <p>{`${t("pears", { count: 1 })}, ${t("pears", { count: 4 })}`}</p>
      <i>
        <Trans i18nKey="bold" components={{ b: <b /> }} />
      </i>
      <button onClick={() => i18n.changeLanguage("de")}>Deutsch</button>
    </main>
  );
}

export default function App() {
  return (
    <I18nextProvider i18n={language}>
      <Basket />
    </I18nextProvider>
  );
}

export async function prove(t: Proof) {
  await t.shows("p", "1 pear, 4 pears");
  t.equal(t.text("i b"), "bold");
  await t.press("text=Deutsch");
  await t.shows("p", "1 Birne, 4 Birnen");
}
