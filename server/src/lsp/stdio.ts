/** The server on standard input and output, where the bytes may come from anybody's client. */
import { StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import type { Connection } from 'vscode-languageserver';
import { messageOf } from '../base/message-of.ts';
import { createFrameWatch } from './frames.ts';
import { createConnection, createProtocolConnection } from './library.ts';

const NAME = 'iam-policy-language-server';

/** How often to look whether the client's process still runs. */
const WATCH_MS = 3000;

/**
 * Ends the process when the client asks for it, goes away, or sends what cannot be told apart into messages. A single
 * message that cannot be read is told once, on standard error, and left out.
 */
export function connectStdio(): Connection {
  const { stdin, stdout } = process;
  const leave = (): never => process.exit(watchDog.shutdownReceived ? 0 : 1);
  const watchDog = {
    shutdownReceived: false,
    initialize({ processId }: { readonly processId: number | null }): void {
      if (typeof processId !== 'number') return;
      setInterval(() => {
        try {
          process.kill(processId, 0);
        } catch {
          leave();
        }
      }, WATCH_MS);
    },
    exit: (code: number): never => process.exit(code),
  };
  const watch = createFrameWatch();
  stdin.on('data', (chunk: Buffer) => {
    const why = watch(chunk);
    if (why === undefined) return;
    console.error(`${NAME}: the client sends what is no message, so nothing more can be read: ${why}.`);
    process.exit(1);
  });
  stdin.on('end', leave);
  stdin.on('close', leave);
  return createConnection((logger) => {
    const protocol = createProtocolConnection(new StreamMessageReader(stdin), new StreamMessageWriter(stdout), logger);
    let told = false;
    protocol.onError(([error]) => {
      // It may quote what was sent.
      const why = messageOf(error).replace(/[^ -~]/g, '?');
      if (!told) console.error(`${NAME}: a message cannot be read and is left out: ${why}`);
      told = true;
    });
    return protocol;
  }, watchDog);
}
