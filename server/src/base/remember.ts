/** A function that works out its answer once for each object it is asked about, and forgets it with the object. */
export function rememberEach<Key extends object, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const answers = new WeakMap<Key, Value>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = work(key);
    answers.set(key, answer);
    return answer;
  };
}

/** How much is remembered before all of it is forgotten. */
export interface Most {
  readonly texts?: number;
  /** Of all texts together. */
  readonly characters?: number;
}

/**
 * Answers by text: what was worked out before, or else what `work` makes of the text. The texts may be parts of documents;
 * `work` is given the text on its own, so that no document is kept in memory by what is remembered of it.
 */
export function rememberTexts<Value>({
  texts = Number.POSITIVE_INFINITY,
  characters = Number.POSITIVE_INFINITY,
}: Most): (text: string, work: (text: string) => Value) => Value {
  const answers = new Map<string, Value>();
  let held = 0;
  return (text, work) => {
    const known = answers.get(text);
    if (known !== undefined || answers.has(text)) return known as Value;
    const own = detached(text);
    const answer = work(own);
    if (answers.size >= texts || held + text.length > characters) {
      answers.clear();
      held = 0;
    }
    held += text.length;
    answers.set(own, answer);
    return answer;
  };
}

/** A part of a text keeps the whole of it in memory; this is the same text without the rest. */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}
