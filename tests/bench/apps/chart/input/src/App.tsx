import clsx from "clsx";
import { format } from "date-fns";
import { Bell, Calendar, Check, Heart, Home, Plus, Search, Settings, Trash2, User } from "lucide-react";
import { useState } from "react";
import { Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";

const ICONS = { Bell, Calendar, Check, Heart, Home, Plus, Search, Settings, Trash2, User };

const DAYS = [3, 5, 2, 8, 6].map((value, day) => ({ day, value }));

/** The same with a chart. */
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
      <ResponsiveContainer width="100%" height={240}>
        <LineChart data={DAYS}>
          <XAxis dataKey="day" />
          <YAxis />
          <Tooltip />
          <Line dataKey="value" />
        </LineChart>
      </ResponsiveContainer>
    </main>
  );
}
