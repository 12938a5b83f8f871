import type { ComposedPolicy, NewPolicy, PolicyAnswers, PolicyQuestion } from '../../server/src/protocol.ts';

/** What somebody did with a question: answered it, went back to the one before, or left. */
export type Reply = readonly string[] | 'back' | 'left';

export interface Interview {
  /** One turn: the next question, and the policies so far. */
  readonly ask: (answers: PolicyAnswers) => Promise<NewPolicy>;
  /**
   * Puts a question to a person.
   * @param former what was answered before going back
   */
  readonly pose: (
    question: PolicyQuestion,
    former: readonly string[] | undefined,
    mayGoBack: boolean,
  ) => Promise<Reply>;
  /** What needs no question. */
  readonly given: PolicyAnswers;
}

/** Asks until there is nothing left to ask; the policies, or undefined when the person left. */
export async function interview({ ask, pose, given }: Interview): Promise<readonly ComposedPolicy[] | undefined> {
  const answers: Record<string, readonly string[]> = { ...given };
  const asked: string[] = [];
  const former: Record<string, readonly string[]> = {};
  for (;;) {
    const { question, policies } = await ask(answers);
    if (!question) return policies;
    const reply = await pose(question, former[question.id], asked.length > 0);
    if (reply === 'left') return undefined;
    if (reply === 'back') {
      const last = asked.pop();
      if (last === undefined) continue;
      former[last] = answers[last] ?? [];
      delete answers[last];
    } else {
      asked.push(question.id);
      answers[question.id] = reply;
    }
  }
}
