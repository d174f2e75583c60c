import clsx from "clsx";
import { format } from "date-fns";
import { Bell, Calendar, Check, Heart, Home, Plus, Search, Settings, Trash2, User } from "lucide-react";
import { useState } from "react";

const ICONS = { Bell, Calendar, Check, Heart, Home, Plus, Search, Settings, Trash2, User };

/** What most apps are made of: state, a date, class names, ten icons. */
export default function App() {
  const [chosen, setChosen] = useState("Home");
  return (
    <main className="p-6">
      <h1>{format(new Date(), "d MMMM yyyy")}</h1>
      {Object.entries(ICONS).map(([name, Icon]) => (
        <button key={name} type="button" className={clsx("p-2", name === chosen && "font-bold")} onClick={() => setChosen(name)}>
          <Icon aria-hidden /> {name}
        </button>
      ))}
    </main>
  );
}
