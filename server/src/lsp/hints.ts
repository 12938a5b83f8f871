import type { InlayHint, MarkupContent } from 'vscode-languageserver';
import type { Hint } from '../service.ts';
import { toRange, toSpan } from './convert.ts';
import { InlayHintKind } from './library.ts';
import { fileOf, type Part } from './part.ts';

/** What comes back to have the tooltip of a hint filled in. */
interface HintData extends Pick<Hint, 'offset' | 'about'> {
  readonly uri: string;
  readonly serial: number;
}

export const hints: Part = {
  capabilities: ({ hints: { resolves } }) => ({ inlayHintProvider: resolves ? { resolveProvider: true } : true }),
  serve(host) {
    const { connection, service, files, guard, client } = host;
    const tell = ({ tooltip }: Hint): MarkupContent => ({ kind: client().hoverFormat, value: tooltip() });
    connection.languages.inlayHint.on(
      guard('Hints', [], async (params) => {
        const file = await fileOf(host, params);
        if (!file) return [];
        const { analysis, settings, uri, serial } = file;
        return service.hints(analysis, toSpan(analysis, params.range), settings).map((hint): InlayHint => {
          const { offset, label, about } = hint;
          const data: HintData = { uri, serial, offset, about };
          return {
            position: toRange(analysis, { start: offset, end: offset }).start,
            label,
            ...(client().hints.resolves ? { data } : { tooltip: tell(hint) }),
            ...PADDING[about],
            ...(about === 'resource-type' && { kind: InlayHintKind.Type }),
          };
        });
      }),
    );
    connection.languages.inlayHint.resolve((hint, token) =>
      guard<InlayHint, InlayHint>('Resolving a hint', hint, async () => {
        const { uri = '', serial, offset = 0, about } = (hint.data ?? {}) as Partial<HintData>;
        const file = await files.read(uri);
        if (!file || file.serial !== serial) return hint;
        const near = service.hints(file.analysis, { start: offset, end: offset }, file.settings);
        const found = near.find((one) => one.offset === offset && one.about === about);
        return found ? { ...hint, tooltip: tell(found) } : hint;
      })(hint, token),
    );
    host.onSettingsChanged(() => {
      if (client().hints.refreshes) connection.languages.inlayHint.refresh().catch(() => undefined);
    });
  },
};

/** The name of an account stands between two characters of a string, the rest behind its quotation mark. */
const PADDING: Readonly<Record<Hint['about'], Pick<InlayHint, 'paddingLeft' | 'paddingRight'>>> = {
  account: { paddingLeft: true, paddingRight: true },
  wildcard: { paddingLeft: true },
  'resource-type': { paddingLeft: true },
};
