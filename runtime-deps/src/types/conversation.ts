// One page's conversation with the language service: which question is answered
// next, and which never is because a newer one took its place.

import { Declarations } from "./declarations.ts";
import type { Finding, FromTypes, Question, ToTypes } from "./messages.ts";
import { Project } from "./project.ts";
import { Service } from "./service.ts";

interface Asked {
  request: number;
  question: Question;
}

/** All files, one after the other, with room for other questions in between. */
interface Round {
  request: number;
  paths: string[];
  findings: Finding[];
}

export class Conversation {
  #declarations: Declarations | undefined;
  readonly #project = new Project(() => this.#declarations?.files ?? new Map());
  #service: Service | undefined;
  #waiting: Asked[] = [];
  #round: Round | undefined;
  #isWorking = false;

  /**
   * @param pause lets messages in that have arrived meanwhile
   * @param fetchText the browser's fetch with its cache, when left out
   */
  constructor(
    readonly post: (message: FromTypes) => void,
    readonly pause: () => Promise<void>,
    readonly fetchText?: (url: string) => Promise<string>,
  ) {}

  take(message: ToTypes): void {
    switch (message.type) {
      case "start":
        this.#start(message.indexUrl).catch((error) => this.#fail(error));
        return;
      case "files":
        this.#project.change(message.changes);
        return;
      case "extraFiles":
        this.#project.setExtra(message.files);
        return;
      case "reset":
        this.#project.reset();
        for (const { request } of this.#waiting.splice(0)) this.post({ type: "dropped", request });
        this.#dropRound();
        return;
      case "cancel":
        this.#cancel(message.request);
        return;
      case "ask":
        this.#ask(message);
        return;
    }
  }

  async #start(indexUrl: string): Promise<void> {
    const started = performance.now();
    const onFiles = () => this.#project.declarationsChanged();
    const declarations = new Declarations(indexUrl, onFiles, this.fetchText);
    await declarations.start();
    this.#declarations = declarations;
    this.#project.declarationsChanged();
    this.#service = new Service(this.#project, declarations);
    this.post({ type: "ready", elapsedMs: Math.round(performance.now() - started) });
    this.#work();
  }

  /** The newest of a kind is the one whose answer will still be of use. */
  #ask(asked: Asked): void {
    const { kind } = asked.question;
    if (kind === "checkAll") this.#dropRound();
    this.#waiting = this.#waiting.filter(({ request, question }) => {
      if (question.kind === kind) this.post({ type: "dropped", request });
      return question.kind !== kind;
    });
    this.#waiting.push(asked);
    this.#work();
  }

  #cancel(request: number): void {
    const before = this.#waiting.length;
    this.#waiting = this.#waiting.filter((asked) => asked.request !== request);
    if (this.#waiting.length < before) this.post({ type: "dropped", request });
    else if (this.#round?.request === request) this.#dropRound();
  }

  #dropRound(): void {
    if (this.#round) this.post({ type: "dropped", request: this.#round.request });
    this.#round = undefined;
  }

  #work(): void {
    if (this.#isWorking || !this.#service) return;
    this.#isWorking = true;
    this.#answerAll().catch((error) => this.#fail(error));
  }

  async #answerAll(): Promise<void> {
    try {
      while (this.#waiting.length > 0 || this.#round) {
        // Without the declarations of what the project imports every answer would be wrong.
        await this.#declarations?.load(this.#project.packages());
        await this.pause();
        const next = this.#waiting.shift();
        if (next) this.#answer(next);
        else this.#goOn();
      }
    } finally {
      // In the same step as the last look: a question that comes next starts anew.
      this.#isWorking = false;
    }
  }

  #answer({ request, question }: Asked): void {
    if (question.kind === "checkAll") {
      this.#declarations?.retry();
      this.#round = { request, paths: this.#project.codePaths(), findings: [] };
      return;
    }
    this.#attempt(request, (service) => {
      this.post({ type: "answer", request, answer: service.answer(question) });
    });
  }

  /** Checks the next file of a round over all of them. */
  #goOn(): void {
    const round = this.#round;
    if (!round) return;
    const path = round.paths.shift();
    if (path === undefined) {
      this.#round = undefined;
      this.post({ type: "answer", request: round.request, answer: round.findings });
      return;
    }
    const isDone = this.#attempt(round.request, (service) => round.findings.push(...service.check(path)));
    if (!isDone) this.#round = undefined;
  }

  #attempt(request: number, run: (service: Service) => void): boolean {
    if (!this.#service) return false;
    try {
      run(this.#service);
      return true;
    } catch (error) {
      this.#service.renew();
      this.post({ type: "refused", request, message: messageOf(error) });
      return false;
    }
  }

  #fail(error: unknown): void {
    this.post({ type: "failed", message: messageOf(error) });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
