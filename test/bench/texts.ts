import { readManagedPolicies } from '../corpus/managed-policies.ts';

/** The sizes of policies to measure with: small and usual ones, the largest AWS stores (in an SCP, a role), and beyond. */
export const SIZES = {
  '2 KB': 2_000,
  '6 KB': 6_000,
  '20 KB': 20_000,
  '131 KB': 131_000,
  '1 MB': 1_000_000,
  '10 MB': 10_000_000,
} as const;

export type Size = keyof typeof SIZES;

let written: readonly string[] | undefined;

/** Statements that AWS itself publishes, as JSON. */
function statements(): readonly string[] {
  written ??= readManagedPolicies()
    .flatMap(({ text }) => {
      const { Statement } = JSON.parse(text);
      return Array.isArray(Statement) ? Statement : [Statement];
    })
    .map((statement, index) => JSON.stringify({ ...statement, Sid: `Statement${index}` }, null, 2))
    .filter((text) => text.length < 4000)
    .map((text) => text.replaceAll('\n', '\n    '));
  return written;
}

/** A policy of about that size; the largest repeats its statements. */
export function makePolicy(size: Size): string {
  const all = statements();
  const list: string[] = [];
  for (let length = 50; length < SIZES[size]; ) {
    const text = all[list.length % all.length] ?? '';
    list.push(list.length < all.length ? text : text.replace(/"Sid": "\w+"/, `"Sid": "Statement${list.length}X"`));
    length += text.length + 6;
  }
  return `{\n  "Version": "2012-10-17",\n  "Statement": [\n    ${list.join(',\n    ')}\n  ]\n}\n`;
}

/** A small policy as people write it, with one slip in it. */
export const SMALL = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*" }
  ]
}
`;

/** Where in a text somebody types: inside the name of an action about its middle. */
export function typingPlace(text: string): number {
  return text.indexOf(':', text.indexOf('"Action"', text.length >> 1) + 10) + 2;
}

/** The text with another letter typed into an action in its middle, different each time. */
export function typeInto(text: string, run: number): string {
  const at = typingPlace(text);
  return `${text.slice(0, at)}${letter(run)}${text.slice(at)}`;
}

export function letter(run: number): string {
  return String.fromCharCode(97 + (run % 26));
}
