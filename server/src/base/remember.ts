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

/** Answers by text; all are forgotten when their texts have come to so many characters. */
export interface TextMemory<Value> {
  get(text: string): Value | undefined;
  set(text: string, value: Value): void;
}

export function rememberTexts<Value>(mostCharacters: number): TextMemory<Value> {
  const answers = new Map<string, Value>();
  let characters = 0;
  return {
    get: (text) => answers.get(text),
    set(text, value) {
      if (characters + text.length > mostCharacters) {
        answers.clear();
        characters = 0;
      }
      characters += text.length;
      answers.set(text, value);
    },
  };
}
