import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { main } from '../../server/src/cli/main.ts';

export const SERVER = join(__dirname, '../../server');

export interface RunOptions {
  readonly stdin?: string | Iterable<Buffer>;
  readonly cwd?: string;
  readonly tty?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly home?: string;
}

/** Runs the command line inside this process. */
export async function runCli(argv: readonly string[], options: RunOptions = {}) {
  const { stdin = '', cwd = tmpdir(), tty = false, env = {}, home = SERVER } = options;
  const stdout = collect();
  const stderr = collect();
  const code = await main(argv, {
    stdin: Readable.from(typeof stdin === 'string' ? [Buffer.from(stdin)] : stdin),
    stdout: Object.assign(stdout.stream, { isTTY: tty }),
    stderr: stderr.stream,
    env,
    cwd,
    home,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collect() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}

/** A folder with these files in it; folders on the way are made. */
export function makeFolder(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'iam-policy-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export const CLEAN = `{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }]
}
`;

/** One error: the Effect. */
export const BROKEN = CLEAN.replace('"Allow"', '"allow"');

/** Clean where nothing is asked of it but its kind: a role that EC2 instances can take on. */
export const TRUST = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }
  ]
}
`;
