import type { TextEdit } from '../../base/text-edit.ts';
import { ASSUME_ACTIONS } from '../../policy/assume.ts';
import type { Statement } from '../../policy/model.ts';
import { isWhole, type Place, type Rewrite, readPlain, rewrite } from './define.ts';

/**
 * Takes the statements that say who may assume a role out of a document that also says what the role may do: AWS wants
 * the two halves as two policies. They go to a file of their own, or, where the file holds several policies anyway, after
 * the others.
 */
export function offerExtractTrust({ tree, view, write }: Place): readonly Rewrite[] {
  const list = view.form === 'document' ? view.statementElement?.value : undefined;
  if (list?.type !== 'array' || !isWhole(tree, view.node.span)) return [];
  const trust = view.statements.filter(isTrust);
  const rest = view.statements.filter((one) => !trust.includes(one));
  if (trust.length === 0 || !rest.some(({ resources }) => resources.length > 0)) return [];
  // Principals in the rest as well: it may be the policy of a resource.
  if (!rest.every(({ principals }) => principals.length === 0)) return [];

  const gone = new Set<unknown>(trust.map(({ node }) => node));
  const remove = (): TextEdit[] =>
    write.arrange(
      list,
      list.items.map((item, child) => ({ child, gone: gone.has(item) })),
    );
  const version = view.version?.value?.type === 'string' ? view.version.value.value : '2012-10-17';
  const text = write.printText(
    trust.map(({ node }) => node),
    (statements) => ({ Version: version, Statement: statements }),
  );
  const many = trust.length === 1 ? 'the trust statement' : `the ${trust.length} trust statements`;
  const last = tree.roots.at(-1);
  if (tree.roots.length > 1 && last) {
    const own = trust.length === 1 ? 'its' : 'their';
    const make = () => [...remove(), ...write.append(last, text)];
    return [rewrite(`Move ${many} to a policy of ${own} own`, 'unknown', make, { kind: 'extract' })];
  }
  const newFile = { suffix: 'trust-policy', text };
  return [rewrite(`Move ${many} to a new file`, 'unknown', remove, { kind: 'extract', newFile })];
}

/** Says who may assume the role itself: principals, actions that assume, no Resource. */
function isTrust(statement: Statement): boolean {
  const plain = readPlain(statement);
  return (
    plain !== undefined &&
    !plain.action.negated &&
    statement.principals.length === 1 &&
    plain.resource === undefined &&
    plain.action.entries.every(({ pattern }) => ASSUME_ACTIONS.has(pattern.text.toLowerCase()))
  );
}
