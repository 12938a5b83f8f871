import type { SemanticTokens } from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import { TOKEN_TYPES } from '../service.ts';
import { toRange, toSpan } from './convert.ts';
import type { ReadFile } from './files.ts';
import { SemanticTokensBuilder } from './library.ts';
import { fileOf, type Part } from './part.ts';

const NOTHING: SemanticTokens = { data: [] };

export const tokens: Part = {
  capabilities: () => ({
    semanticTokensProvider: {
      legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [] },
      full: true,
      range: true,
    },
  }),
  serve(host) {
    const { connection, service, guard, client } = host;
    const find = (file: ReadFile | undefined, span?: Span): SemanticTokens => {
      if (!file?.settings.semanticTokens) return NOTHING;
      const builder = new SemanticTokensBuilder();
      for (const token of service.tokens(file.analysis, span)) {
        const { start, end } = toRange(file.analysis, token);
        // A token is said by its line: what a broken text strings over two lines is none.
        if (start.line !== end.line) continue;
        builder.push(start.line, start.character, end.character - start.character, TOKEN_TYPES.indexOf(token.type), 0);
      }
      return builder.build();
    };
    connection.languages.semanticTokens.on(
      guard('Tokens', NOTHING, async (params) => find(await fileOf(host, params))),
    );
    connection.languages.semanticTokens.onRange(
      guard('Tokens', NOTHING, async (params) => {
        const file = await fileOf(host, params);
        return find(file, file && toSpan(file.analysis, params.range));
      }),
    );
    host.onSettingsChanged(() => {
      if (client().refreshesTokens) connection.languages.semanticTokens.refresh().catch(() => undefined);
    });
  },
};
