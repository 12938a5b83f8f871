import type { SemanticTokens } from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import { TOKEN_TYPES } from '../service.ts';
import { toRange, toSpan } from './convert.ts';
import type { ReadFile } from './files.ts';
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
      const data: number[] = [];
      // Each token is said by how far it is from the one before.
      let last = { line: 0, character: 0 };
      for (const token of service.tokens(file.analysis, span)) {
        const { start, end } = toRange(file.analysis, token);
        // A token is said by its line: what a broken text strings over two lines is none.
        if (start.line !== end.line) continue;
        const lines = start.line - last.line;
        const characters = lines === 0 ? start.character - last.character : start.character;
        data.push(lines, characters, end.character - start.character, TOKEN_TYPES.indexOf(token.type), 0);
        last = start;
      }
      return { data };
    };
    connection.onRequest(
      'textDocument/semanticTokens/full',
      guard('Tokens', NOTHING, async (params) => find(await fileOf(host, params))),
    );
    connection.onRequest(
      'textDocument/semanticTokens/range',
      guard('Tokens', NOTHING, async (params) => {
        const file = await fileOf(host, params);
        return find(file, file && toSpan(file.analysis, params.range));
      }),
    );
    host.onSettingsChanged(() => {
      if (client().refreshesTokens) connection.refresh('workspace/semanticTokens/refresh');
    });
  },
};
