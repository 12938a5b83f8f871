import { sayNumber } from '../../base/words.ts';
import { stripWhitespace } from '../../catalogue/quotas.ts';
import { type Place, type Rewrite, rewrite } from './define.ts';

/** Takes the white space out of a policy. */
export function offerMinify({ tree, view: { node }, write }: Place): readonly Rewrite[] {
  // What stands in comments would be lost, and a text that does not parse has no one reading.
  if (tree.problems.length > 0 || tree.dialect !== 'json') return [];
  const text = tree.text.slice(node.span.start, node.span.end);
  const short = stripWhitespace(text);
  if (short.length === text.length) return [];
  const title = `Minify the policy: ${sayNumber(short.length)} instead of ${sayNumber(text.length)} characters`;
  return [rewrite(title, 'equivalent', () => write.replaceSpan(node.span, short))];
}
