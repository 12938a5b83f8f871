import type { Readable, Writable } from 'node:stream';

/** What a run may touch of the process around it; tests hand in their own. */
export interface Io {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable;
  readonly env: { readonly [Name in 'NO_COLOR' | 'TERM' | 'IAM_POLICY_DEBUG']?: string | undefined };
  /** The folder that paths are relative to. */
  readonly cwd: string;
  /** The folder of the installed package: package.json and data/ are in it. */
  readonly home: string;
}

/** Said on stderr in one line, with exit code 2: the call was wrong or something it needs is. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Where results go. Closed once nobody reads any more (`iam-policy … | head`), which is no failure. */
export interface Output {
  readonly closed: boolean;
  /** Resolves when the text has left, so that a slow reader slows us down instead of filling the memory. */
  write(text: string): Promise<void>;
}

export function openOutput(stream: Writable): Output {
  let closed = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    closed = true;
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    get closed() {
      return closed || stream.destroyed;
    },
    write(text) {
      if (closed || stream.destroyed || text === '') return Promise.resolve();
      return new Promise((resolve) => stream.write(text, () => resolve()));
    },
  };
}

/** Reads bytes as text: UTF-8, or UTF-16 where its mark says so, as Windows tools write it. */
export function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le');
  return bytes.toString('utf8');
}
