import type { CodeLens } from 'vscode-languageserver';
import { CHOOSE_KIND_COMMAND } from '../protocol.ts';
import type { Lens } from '../service.ts';
import { toRange } from './convert.ts';
import type { ReadFile } from './files.ts';
import { CodeLensRefreshRequest, LSPErrorCodes, ResponseError } from './library.ts';
import { fileOf, type Host, type Part } from './part.ts';

/** What comes back to have the words of a lens filled in. */
interface LensData {
  readonly uri: string;
  readonly serial: number;
  readonly index: number;
}

export const lenses: Part = {
  capabilities: ({ lenses: { resolves } }) => ({ codeLensProvider: resolves ? { resolveProvider: true } : {} }),
  serve(host) {
    const { connection, service, files, guard, client } = host;
    const place = ({ analysis, settings }: ReadFile): readonly Lens[] => service.lenses(analysis, settings.lens);

    connection.onCodeLens(
      guard('Lenses', [], async (params) => {
        const file = await fileOf(host, params);
        if (!file) return [];
        if (client().lenses.resolves) {
          const { uri, serial } = file;
          return place(file).map((lens, index): CodeLens => {
            const data: LensData = { uri, serial, index };
            return { range: toRange(file.analysis, lens.span), data };
          });
        }
        return place(file).flatMap((lens) => fill(host, file, lens) ?? []);
      }),
    );
    connection.onCodeLensResolve((lens, token) =>
      guard<CodeLens, CodeLens>('Resolving a lens', lens, async () => {
        const data = lens.data as LensData | undefined;
        const file = await files.read(data?.uri ?? '');
        const found = file?.serial === data?.serial && file ? place(file)[data?.index ?? -1] : undefined;
        const filled = file && found && fill(host, file, found);
        if (filled) return filled;
        throw new ResponseError(LSPErrorCodes.ContentModified, 'The file has changed since this lens was placed.');
      })(lens, token),
    );
    host.onSettingsChanged(() => {
      if (client().lenses.refreshes) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    });
  },
};

/** The lens with its words; undefined where there are none. */
function fill({ service, client }: Host, file: ReadFile, lens: Lens): CodeLens | undefined {
  const title = service.sayLens(lens, file.settings.accounts);
  if (title === '') return undefined;
  const range = toRange(file.analysis, lens.span);
  // Only a lens on a policy can be clicked; without the name of a command a lens is plain text.
  const clickable = lens.statement === undefined && client().commands.has(CHOOSE_KIND_COMMAND);
  const command = clickable
    ? { title, command: CHOOSE_KIND_COMMAND, arguments: [file.uri, range.start.line] }
    : { title, command: '' };
  return { range, command };
}
