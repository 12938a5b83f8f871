import type { TextEdit } from '../base/text-edit.ts';
import type { Writer } from '../syntax/json-writer.ts';
import type { PolicyView } from './model.ts';

export const WRAP_TITLE = 'Wrap in a policy document';

/** Edits that put the policy around a statement, or a list of them, that stands without it. */
export function wrapBare({ form, node }: PolicyView, write: Writer): TextEdit[] {
  return write.wrap(node, (inner) => ({
    Version: '2012-10-17',
    Statement: form === 'statement' ? [inner] : inner,
  }));
}
