import {
  createServerPipeTransport,
  createServerSocketTransport,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';

interface Channel {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
}

/**
 * The channel that the command line names: `--stdio`, `--node-ipc`, `--socket=<port>` or `--pipe=<name>`.
 * @throws Error when it names none
 */
export function openChannel(args: readonly string[]): Channel {
  for (const [index, arg] of args.entries()) {
    const [name = '', value = args[index + 1] ?? ''] = arg.split(/=(.*)/s);
    const open = CHANNELS.get(name);
    if (open) return open(value);
  }
  throw new Error('say how to talk: --stdio, --node-ipc, --socket=<port> or --pipe=<name>');
}

const CHANNELS: ReadonlyMap<string, (value: string) => Channel> = new Map<string, (value: string) => Channel>([
  [
    '--stdio',
    () => ({ reader: new StreamMessageReader(process.stdin), writer: new StreamMessageWriter(process.stdout) }),
  ],
  ['--node-ipc', () => ({ reader: new IPCMessageReader(process), writer: new IPCMessageWriter(process) })],
  ['--socket', (port) => pair(createServerSocketTransport(Number(port)))],
  ['--pipe', (path) => pair(createServerPipeTransport(path))],
]);

function pair([reader, writer]: readonly [MessageReader, MessageWriter]): Channel {
  return { reader, writer };
}
