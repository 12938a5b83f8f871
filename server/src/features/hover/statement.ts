import type { Span } from '../../base/span.ts';
import { sayNumber } from '../../base/words.ts';
import { guidePage } from '../../catalogue/pages.ts';
import { assumesRoles, explainPolicy, explainStatement } from '../../meaning/explain.ts';
import { labelKind } from '../../meaning/kinds.ts';
import { actionsOf, groupByLevel, sayLevels } from '../../meaning/levels.ts';
import { isAllow } from '../../policy/model.ts';
import { sizeOfPolicy } from '../../policy/size.ts';
import { escapeMarkdown, type Fact, renderBox } from '../markdown.ts';
import { type Hover, type HoverContext, prose, type StatementContext } from './context.ts';

/** Where AWS documents each kind. */
const KIND_PAGES: Readonly<Record<string, string>> = {
  identity: guidePage('access_policies_identity-vs-resource'),
  resource: guidePage('access_policies_identity-vs-resource'),
  trust: guidePage('id_roles_update-role-trust-policy'),
  'permissions-boundary': guidePage('access_policies_boundaries'),
  scp: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html',
  rcp: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html',
  'vpc-endpoint': 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
};

/** The sentence of a statement, on its brace. */
export function hoverStatement(context: StatementContext, span: Span): Hover {
  const { statement, view, classification, catalogue } = context;
  const total = view.statements.length;
  const place = total > 1 ? ` ${statement.index + 1} of ${total}` : '';
  const named = actionsOf(statement, catalogue);
  const groups = named && named.ids.length > 1 ? groupByLevel(named.ids, catalogue) : undefined;
  const spared = statement.actions.some(({ negated }) => negated);
  const assumes = classification.kind === 'identity' && isAllow(statement) && assumesRoles(statement);
  return {
    span,
    markdown: renderBox({
      title: `Statement${place}`,
      text: [saySentence(context)],
      facts: [
        [spared ? 'All actions but' : 'Actions', groups ? sayLevels(groups) : ''],
        ['Other lock', assumes ? 'the trust policy of a role must let the caller in as well' : ''],
      ],
    }),
  };
}

/** What a statement says, in one sentence. */
export function saySentence(context: StatementContext): string {
  const { view, statement, classification, catalogue } = context;
  return prose(explainStatement(view, statement, classification, catalogue), context);
}

/** The kind of the policy, the answers to the four questions, the other lock, and the length. */
export function hoverPolicy(context: HoverContext, span: Span): Hover {
  const { view, classification, catalogue } = context;
  const { headline, answers, otherLock } = explainPolicy(view, classification, catalogue);
  return {
    span,
    markdown: renderBox({
      title: escapeMarkdown(labelKind(classification)),
      text: [headline.replace(/^[^:]*: (.)/, (_, first: string) => first.toUpperCase())],
      facts: [
        ...answers.map(({ question, answer }): Fact => [`**${question}**`, prose(answer, context)]),
        ['Other lock', escapeMarkdown(otherLock)],
        ['Why this kind', classification.evidence.map(({ text }) => escapeMarkdown(text)).join(' ')],
        ['Length', sayLength(context)],
      ],
      link: KIND_PAGES[classification.kind] ?? guidePage('access_policies'),
    }),
  };
}

/** "312 of 6,144 characters of a managed policy (6 %), white space not counted". */
function sayLength({ view, classification: { kind, service } }: HoverContext): string {
  const measured = sizeOfPolicy(view, kind, service);
  if (!measured) return '';
  const { size, quota } = measured;
  const how = quota.countsWhitespace ? '' : ', white space not counted';
  const count = sayNumber(size);
  if (!quota.sure) return `${count} ${quota.unit}${how}`;
  const of = kind === 'identity' ? (quota.shared ? ' of the inline policies of a role' : ' of a managed policy') : '';
  const share = Math.ceil((size * 100) / quota.limit);
  return `${count} of ${sayNumber(quota.limit)} ${quota.unit}${of} (${share} %)${how}`;
}
