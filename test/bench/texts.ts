import { readManagedPolicies } from '../corpus/managed-policies.ts';

/** The sizes of policies to measure with: small and usual ones, the largest AWS stores (in an SCP, a role), and beyond. */
export const SIZES = { '2 KB': 2_000, '6 KB': 6_000, '20 KB': 20_000, '131 KB': 131_000, '1 MB': 1_000_000 } as const;

/** A policy of at least so many characters, made of statements that AWS itself publishes. */
export function makePolicies(): ReadonlyMap<string, string> {
  const statements = readManagedPolicies()
    .flatMap(({ text }) => {
      const { Statement } = JSON.parse(text);
      return Array.isArray(Statement) ? Statement : [Statement];
    })
    .filter((statement) => JSON.stringify(statement).length < 3000)
    .map((statement, index) => ({ ...statement, Sid: `Statement${index}` }));
  return new Map(
    Object.entries(SIZES).map(([name, size]) => {
      let length = 0;
      const end = statements.findIndex((statement) => {
        length += JSON.stringify(statement, null, 2).length * 1.25;
        return length >= size;
      });
      const chosen = statements.slice(0, end < 0 ? undefined : end + 1);
      return [name, JSON.stringify({ Version: '2012-10-17', Statement: chosen }, null, 2)];
    }),
  );
}

/** A small policy as people write it, with one slip in it. */
export const SMALL = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*" }
  ]
}
`;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
