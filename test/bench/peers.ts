import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getLanguageService, type JSONSchema, TextDocument } from 'vscode-json-languageservice';

const SCHEMA = join(__dirname, '../../schemas/identity.schema.json');

/** What an editor's JSON support does with the same text and a schema of policies: the least that users compare us with. */
export interface JsonPeer {
  diagnose(text: string): Promise<void>;
  hover(text: string, offset: number): Promise<void>;
  complete(text: string, offset: number): Promise<void>;
}

export function startJsonPeer(): JsonPeer {
  const service = getLanguageService({});
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as JSONSchema;
  const uri = 'file:///bench/policy.json';
  service.configure({ validate: true, schemas: [{ uri: 'file:///bench/schema.json', fileMatch: ['*'], schema }] });
  const read = (text: string) => {
    const document = TextDocument.create(uri, 'json', 1, text);
    return { document, parsed: service.parseJSONDocument(document) };
  };
  return {
    async diagnose(text) {
      const { document, parsed } = read(text);
      await service.doValidation(document, parsed);
    },
    async hover(text, offset) {
      const { document, parsed } = read(text);
      await service.doHover(document, document.positionAt(offset), parsed);
    },
    async complete(text, offset) {
      const { document, parsed } = read(text);
      await service.doComplete(document, document.positionAt(offset), parsed);
    },
  };
}
