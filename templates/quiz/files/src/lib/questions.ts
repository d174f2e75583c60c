import { BookOpen, FlaskConical, Globe, type LucideIcon } from "lucide-react";

export interface Question {
  text: string;
  /** The right one comes first; the quiz shuffles them. */
  options: [string, string, string, string];
  explanation: string;
}

export type TopicId = "geography" | "science" | "words";

export interface Topic {
  id: TopicId;
  name: string;
  about: string;
  icon: LucideIcon;
  questions: Question[];
}

export const topics: readonly Topic[] = [
  {
    id: "geography",
    name: "Geography",
    about: "Rivers, islands, capitals",
    icon: Globe,
    questions: [
      {
        text: "Which city is the capital of Australia?",
        options: ["Canberra", "Sydney", "Melbourne", "Perth"],
        explanation: "Canberra was planned as a compromise between Sydney and Melbourne.",
      },
      {
        text: "Which river runs through Vienna, Budapest and Belgrade?",
        options: ["Danube", "Rhine", "Elbe", "Vistula"],
        explanation: "The Danube passes four capitals; Bratislava is the fourth.",
      },
      {
        text: "What is the largest island in the Mediterranean?",
        options: ["Sicily", "Sardinia", "Cyprus", "Crete"],
        explanation: "Sicily has about 25,700 km², a little more than Sardinia.",
      },
      {
        text: "Which country spans the most time zones, overseas regions included?",
        options: ["France", "Russia", "United States", "China"],
        explanation: "France has twelve, thanks to its islands around the world. Russia has eleven.",
      },
      {
        text: "What is the highest mountain in Africa?",
        options: ["Kilimanjaro", "Mount Kenya", "Ras Dashen", "Toubkal"],
        explanation: "Kilimanjaro rises to 5,895 metres in Tanzania.",
      },
      {
        text: "Which desert covers the south of Mongolia?",
        options: ["Gobi", "Karakum", "Thar", "Namib"],
        explanation: "The Gobi reaches from northern China into southern Mongolia.",
      },
      {
        text: "Which is the smallest country by area?",
        options: ["Vatican City", "Monaco", "San Marino", "Nauru"],
        explanation: "Vatican City covers less than half a square kilometre.",
      },
      {
        text: "Which of these countries does the equator cross?",
        options: ["Kenya", "India", "Mexico", "Egypt"],
        explanation: "The equator crosses Kenya just north of Nairobi.",
      },
    ],
  },
  {
    id: "science",
    name: "Science",
    about: "Planets, particles, cells",
    icon: FlaskConical,
    questions: [
      {
        text: "Which planet has the shortest day?",
        options: ["Jupiter", "Mercury", "Mars", "Venus"],
        explanation: "Jupiter turns once in just under ten hours.",
      },
      {
        text: "What is the chemical symbol of sodium?",
        options: ["Na", "So", "S", "Sd"],
        explanation: "Na stands for natrium, its Latin name.",
      },
      {
        text: "How many bones does an adult human have?",
        options: ["206", "186", "226", "306"],
        explanation: "Babies have more; some bones grow together.",
      },
      {
        text: "In which of these does sound travel fastest?",
        options: ["Steel", "Water", "Air", "A vacuum"],
        explanation: "Stiff solids carry sound best. In a vacuum there is none at all.",
      },
      {
        text: "Which particle has no electric charge?",
        options: ["Neutron", "Proton", "Electron", "Positron"],
        explanation: "Neutrons are neutral, as the name says.",
      },
      {
        text: "Which cells carry oxygen in the blood?",
        options: ["Red blood cells", "White blood cells", "Platelets", "Stem cells"],
        explanation: "They are red because of haemoglobin, which binds oxygen.",
      },
      {
        text: "How cold is absolute zero?",
        options: ["−273.15 °C", "−100 °C", "−196 °C", "−459 °C"],
        explanation: "It is zero kelvin. −459 is close to its value in Fahrenheit.",
      },
      {
        text: "What does a seismometer record?",
        options: ["Movement of the ground", "Air pressure", "Humidity", "Sunlight"],
        explanation: "It picks up the waves that earthquakes send through the ground.",
      },
    ],
  },
  {
    id: "words",
    name: "Words",
    about: "Origins, meanings, letters",
    icon: BookOpen,
    questions: [
      {
        text: "From which language does “karaoke” come?",
        options: ["Japanese", "Korean", "Hawaiian", "Finnish"],
        explanation: "It means, roughly, “empty orchestra”.",
      },
      {
        text: "What is the name of the sign “&”?",
        options: ["Ampersand", "Asterisk", "Octothorpe", "Tilde"],
        explanation: "From “and per se and”, as children once recited it after Z.",
      },
      {
        text: "What is a group of crows called?",
        options: ["A murder", "A parliament", "A pride", "A school"],
        explanation: "Owls form a parliament, lions a pride, fish a school.",
      },
      {
        text: "Where does the word “robot” first appear?",
        options: ["In a play", "In a patent", "In a film", "In a comic"],
        explanation: "Karel Čapek used it in his play R.U.R., from a Czech word for forced labour.",
      },
      {
        text: "Which letter is the most common in English text?",
        options: ["E", "A", "T", "S"],
        explanation: "About one letter in eight is an E.",
      },
      {
        text: "Which number hides in the word “quarantine”?",
        options: ["Forty", "Four", "Fourteen", "Twenty"],
        explanation: "Ships waited forty days, quaranta giorni, before landing in Venice.",
      },
      {
        text: "Which word is the opposite of “verbose”?",
        options: ["Concise", "Truthful", "Silent", "Polite"],
        explanation: "Verbose is using too many words; concise is using just enough.",
      },
      {
        text: "Which of these is a palindrome?",
        options: ["Rotator", "Rotation", "Motor", "Rotary"],
        explanation: "It reads the same from both ends.",
      },
    ],
  },
];
