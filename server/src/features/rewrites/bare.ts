import { WRAP_TITLE, wrapBare } from '../../policy/wrap-bare.ts';
import { isWhole, type Place, type Rewrite, rewrite } from './define.ts';

/** Makes a policy of a statement, or a list of statements, that stands alone. */
export function offerWrap({ tree, view, write }: Place): readonly Rewrite[] {
  if (view.form === 'document' || !isWhole(tree, view.node.span)) return [];
  return [rewrite(WRAP_TITLE, 'unknown', () => wrapBare(view, write))];
}
