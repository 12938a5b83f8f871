/** An answer that comes in time. Fails with a sentence after so many milliseconds; what comes later is not heard. */
export function within<Answer>(milliseconds: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the client does not answer')), milliseconds);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
