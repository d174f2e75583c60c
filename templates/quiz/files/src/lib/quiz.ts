import { shuffle } from "lodash-es";
import type { Question, Topic, TopicId } from "./questions";

export const SECONDS_PER_QUESTION = 20;

export interface Options {
  count: 4 | 8;
  timed: boolean;
}

/** A question as it is asked, with its options in the order shown. */
export interface Round {
  question: Question;
  options: string[];
  /** The option chosen; null once the time ran out, undefined while open. */
  answer?: string | null;
}

export interface Run {
  topicId: TopicId;
  timed: boolean;
  rounds: Round[];
  current: number;
  startedAt: number;
  endedAt: number | null;
}

export type State = { run: Run | null };

export type Action =
  | { type: "start"; topic: Topic; options: Options; now: number }
  | { type: "answer"; answer: string | null }
  | { type: "next"; now: number }
  | { type: "quit" };

export const correctAnswer = (question: Question) => question.options[0];
export const isRight = ({ question, answer }: Round) => answer === correctAnswer(question);
export const score = (run: Run) => run.rounds.filter(isRight).length;

function startRun(topic: Topic, { count, timed }: Options, now: number): Run {
  const rounds = shuffle(topic.questions)
    .slice(0, count)
    .map((question) => ({ question, options: shuffle(question.options) }));
  return { topicId: topic.id, timed, rounds, current: 0, startedAt: now, endedAt: null };
}

export function reduce(state: State, action: Action): State {
  if (action.type === "start") return { run: startRun(action.topic, action.options, action.now) };
  const { run } = state;
  if (!run || action.type === "quit") return { run: null };

  if (action.type === "answer") {
    if (run.rounds[run.current]?.answer !== undefined) return state;
    const rounds = run.rounds.map((round, index) => (index === run.current ? { ...round, answer: action.answer } : round));
    return { run: { ...run, rounds } };
  }
  const last = run.current === run.rounds.length - 1;
  return { run: last ? { ...run, endedAt: action.now } : { ...run, current: run.current + 1 } };
}

export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
