import type { Span } from '../../base/span.ts';
import { explainPolicy, explainStatement } from '../../meaning/explain.ts';
import { statementSpan } from '../../policy/model.ts';
import type { Member } from '../../syntax/tree.ts';
import { escapeMarkdown, renderBox } from '../markdown.ts';
import { listConditions } from './condition.ts';
import { guidePage, type Hover, type HoverContext, isOn, type StatementContext } from './context.ts';
import { EFFECTS, ELEMENTS, VERSIONS } from './elements.ts';

const KIND_NAMES: Readonly<Record<string, string>> = {
  identity: 'Permission policy',
  trust: 'Trust policy',
  resource: 'Resource policy',
  scp: 'Service control policy',
  rcp: 'Resource control policy',
  'permissions-boundary': 'Permissions boundary',
  session: 'Session policy',
  'vpc-endpoint': 'VPC endpoint policy',
  unknown: 'Policy',
};

const SURE: Readonly<Record<string, string>> = {
  certain: '',
  likely: ' (likely)',
  ambiguous: ' (not sure)',
};

/** The sentence of a statement, on its brace. */
export function hoverStatementBrace(context: StatementContext): Hover {
  return { span: statementSpan(context.statement), markdown: renderBox({ title: 'Statement', text: [say(context)] }) };
}

function say({ view, statement, classification, catalogue }: StatementContext): string {
  return escapeMarkdown(explainStatement(view, statement, classification, catalogue));
}

/** The kind of the policy and why, and the answers to the four questions. */
export function hoverPolicy({ view, classification, catalogue }: HoverContext, span: Span): Hover {
  const { headline, answers } = explainPolicy(view, classification, catalogue);
  const name = `${KIND_NAMES[classification.kind] ?? 'Policy'}${SURE[classification.confidence] ?? ''}`;
  const why = classification.evidence.map(({ text }) => escapeMarkdown(text)).join(' ');
  return {
    span,
    markdown: renderBox({
      title: name,
      text: [headline.replace(/^[^:]*: (.)/, (_, first: string) => first.toUpperCase())],
      facts: [
        ...answers.map(({ question, answer }) => [question, escapeMarkdown(answer)] as const),
        ['Why this kind', why] as const,
      ],
      link: guidePage('access_policies'),
    }),
  };
}

/** The name of an element, and for Effect and Version their value. */
export function hoverElement(member: Member, context: HoverContext, offset: number): Hover | undefined {
  const name = member.key.value;
  const known = Object.hasOwn(ELEMENTS, name) ? ELEMENTS[name] : undefined;
  if (!known) return undefined;
  const { value } = member;
  const text = value?.type === 'string' && isOn(value.span, offset) ? value : undefined;
  if (text) {
    const values = name === 'Effect' ? EFFECTS : name === 'Version' ? VERSIONS : undefined;
    const said = values && Object.hasOwn(values, text.value) ? values[text.value] : undefined;
    if (said === undefined && name !== 'Sid' && name !== 'Id') return undefined;
    return {
      span: text.span,
      markdown: renderBox({
        title: name,
        value: text.value,
        text: [...sayOwn(name, context), said ?? known.text],
        link: known.link,
      }),
    };
  }
  if (!isOn(member.key.span, offset)) return undefined;
  return {
    span: member.key.span,
    markdown: renderBox({ title: name, text: [...sayOwn(name, context), known.text], link: known.link }),
  };
}

/** Statements shown under the name of the Statement element. */
const SHOWN_STATEMENTS = 6;

/** Where an element stands for a statement, or for all of them, what they say comes first. */
function sayOwn(name: string, context: HoverContext): readonly string[] {
  if (name === 'Statement') {
    const all = context.view.statements;
    const lines = all.slice(0, SHOWN_STATEMENTS).map((statement) => `- ${say({ ...context, statement })}`);
    return [[...lines, ...(all.length > lines.length ? [`- and ${all.length - lines.length} more`] : [])].join('\n')];
  }
  if (!isStatement(context)) return [];
  if (name === 'Sid' || name === 'Effect') return [say(context)];
  return name === 'Condition'
    ? [
        listConditions(context)
          .map((one) => `- ${one}`)
          .join('\n'),
      ]
    : [];
}

function isStatement(context: HoverContext): context is StatementContext {
  return 'statement' in context;
}
