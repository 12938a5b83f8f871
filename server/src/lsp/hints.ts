import { type InlayHint, InlayHintKind } from 'vscode-languageserver';
import type { Hint } from '../service.ts';
import { toRange, toSpan } from './convert.ts';
import { fileOf, type Part } from './part.ts';

export const hints: Part = {
  capabilities: () => ({ inlayHintProvider: true }),
  serve(host) {
    const { connection, service, guard, client } = host;
    connection.languages.inlayHint.on(
      guard('Hints', [], async (params) => {
        const file = await fileOf(host, params);
        if (!file) return [];
        const { analysis, settings } = file;
        return service.hints(analysis, toSpan(analysis, params.range), settings).map((hint): InlayHint => {
          const { offset, label, tooltip, about } = hint;
          return {
            position: toRange(analysis, { start: offset, end: offset }).start,
            label,
            tooltip: { kind: client().hoverFormat, value: tooltip },
            ...PADDING[about],
            ...(about === 'resource-type' && { kind: InlayHintKind.Type }),
          };
        });
      }),
    );
    host.onSettingsChanged(() => {
      if (client().refreshesHints) connection.languages.inlayHint.refresh().catch(() => undefined);
    });
  },
};

/** The name of an account stands between two characters of a string, the rest behind its quotation mark. */
const PADDING: Readonly<Record<Hint['about'], Pick<InlayHint, 'paddingLeft' | 'paddingRight'>>> = {
  account: { paddingLeft: true, paddingRight: true },
  wildcard: { paddingLeft: true },
  'resource-type': { paddingLeft: true },
};
