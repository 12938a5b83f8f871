import { elementPage, guidePage } from '../../catalogue/pages.ts';
import { nearest } from '../../catalogue/suggest.ts';
import { isLimit, ownResource } from '../../meaning/explain.ts';
import { actionsOf, groupByLevel } from '../../meaning/levels.ts';
import { explainPrincipals } from '../../meaning/principals.ts';
import { capitalise, countOf } from '../../meaning/words.ts';
import { type DocumentElement, grammarOf, type StatementElement } from '../../policy/grammar.ts';
import { DOCUMENT_ELEMENTS, STATEMENT_ELEMENTS, stringOf } from '../../policy/model.ts';
import type { Member, StringNode } from '../../syntax/tree.ts';
import { code, type Fact, renderBox } from '../markdown.ts';
import { listConditions } from './condition.ts';
import { type Hover, type HoverContext, isOn, prose, type StatementContext } from './context.ts';
import { EFFECTS, ELEMENTS, LIMIT_ALLOW, VERSIONS } from './elements.ts';
import { levelFacts } from './levels.ts';
import { hoverPolicy, saySentence } from './statement.ts';
import { hoverInsideText } from './text.ts';

type ElementName = DocumentElement | StatementElement;

/** The name of an element, or its value where that is a plain text. */
export function hoverElement(member: Member, context: HoverContext, offset: number): Hover | undefined {
  const { key, value } = member;
  const here: readonly string[] = isStatement(context) ? STATEMENT_ELEMENTS : DOCUMENT_ELEMENTS;
  const name = isElement(key.value) && here.includes(key.value) ? key.value : undefined;
  if (isOn(key.span, offset)) {
    if (!name) return hoverUnknown(member, here, context);
    return name === 'Statement' ? hoverPolicy(context, key.span) : describeName(name, member, context);
  }
  if (!name || value?.type !== 'string' || !isOn(value.span, offset)) return undefined;
  return hoverInsideText(value, offset, context) ?? describeValue(name, value, context);
}

function isElement(name: string): name is ElementName {
  return Object.hasOwn(ELEMENTS, name);
}

function linkTo(name: ElementName): { readonly link?: string } {
  const link = elementPage(name);
  return link === undefined ? {} : { link };
}

/** A name that is no element: AWS refuses it. */
function hoverUnknown({ key }: Member, here: readonly string[], context: HoverContext): Hover {
  const near = nearest(key.value, here);
  const meant = near === undefined ? '' : ` Did you mean ${code(near)}?`;
  return {
    span: key.span,
    markdown: renderBox({
      title: 'Element',
      value: key.value,
      text: [
        isElement(key.value)
          ? `This element belongs ${isStatement(context) ? 'to the policy, not into a statement' : 'into a statement'}.`
          : `The policy language has no such element; upper and lower case count.${meant}`,
      ],
      link: guidePage('reference_policies_elements'),
    }),
  };
}

function describeName(name: ElementName, { key }: Member, context: HoverContext): Hover {
  const { text, trap } = ELEMENTS[name];
  const refused = sayRefused(name, context);
  const effect = isStatement(context) ? stringOf(context.statement.effect) : undefined;
  return {
    span: key.span,
    markdown: renderBox({
      title: name,
      text:
        refused === undefined
          ? [
              ...(isStatement(context) ? sayOwn(name, context) : []),
              text,
              (trap && (effect === 'Deny' ? trap.Deny : trap.Allow)) ?? '',
            ]
          : [refused, text],
      facts: [
        ...(isStatement(context) ? ownFacts(name, context) : []),
        ['Can hold', refused === undefined ? sayHolds(name, context) : ''],
      ],
      ...linkTo(name),
    }),
  };
}

/** Why this kind of policy cannot have the element; undefined where it can. */
function sayRefused(name: ElementName, { classification }: HoverContext): string | undefined {
  const grammar = grammarOf(classification.kind);
  if (!grammar?.forbids.some((one) => one === name)) return undefined;
  const attached = grammar.forbids.includes('Principal') ? ': it is about whoever it is attached to' : '';
  return `${grammar.name} cannot have it${/Resource$/.test(name) ? ': the role itself is meant' : attached}.`;
}

/** What the element can hold in this kind of policy. */
function sayHolds(name: ElementName, { classification }: HoverContext): string {
  const { holds, holdsIn } = ELEMENTS[name];
  if (name === 'Sid' && grammarOf(classification.kind)?.sids === 'plain') {
    return 'letters A-Z, a-z and digits, another text in each statement';
  }
  const own = /Resource$/.test(name) ? ownResource(classification) : undefined;
  return (holdsIn?.[classification.kind] ?? holds) + (own ? `. \`"*"\` means ${own}` : '');
}

function describeValue(name: ElementName, node: StringNode, context: HoverContext): Hover | undefined {
  const said = sayValue(name, node.value, context);
  if (said === undefined) return undefined;
  return {
    span: node.span,
    markdown: renderBox({
      title: name,
      value: node.value,
      text: [...(isStatement(context) && isLegal(name, node.value) ? sayOwn(name, context) : []), said],
      ...linkTo(name),
    }),
  };
}

function isLegal(name: ElementName, value: string): boolean {
  return name !== 'Effect' || Object.hasOwn(EFFECTS, value);
}

function sayValue(name: ElementName, value: string, { classification }: HoverContext): string | undefined {
  switch (name) {
    case 'Sid':
    case 'Id':
      return ELEMENTS[name].text;
    case 'Effect':
      if (value === 'Allow' && isLimit(classification.kind)) return LIMIT_ALLOW;
      return Object.hasOwn(EFFECTS, value)
        ? EFFECTS[value]
        : `There is no such Effect. It can be ${ELEMENTS.Effect.holds}.`;
    case 'Version':
      return Object.hasOwn(VERSIONS, value)
        ? VERSIONS[value]
        : `There is no such version of the policy language. It can be ${ELEMENTS.Version.holds}.`;
    default:
      return undefined;
  }
}

/** Where an element stands for a statement, what that says comes first. */
function sayOwn(name: ElementName, context: StatementContext): readonly string[] {
  const { statement, catalogue } = context;
  switch (name) {
    case 'Sid':
    case 'Effect':
      return [saySentence(context)];
    case 'Condition':
      return [
        listConditions(context)
          .map((one) => `- ${one}`)
          .join('\n'),
      ];
    case 'Principal':
    case 'NotPrincipal': {
      const block = statement.principals.find(({ negated }) => negated === (name === 'NotPrincipal'));
      const who = block ? explainPrincipals(block, catalogue) : '';
      if (who === '') return [];
      return [`${prose(block?.negated ? `Everybody except ${who}` : capitalise(who), context)}.`];
    }
    default:
      return [];
  }
}

/** What the actions of the statement come to. */
function ownFacts(name: ElementName, { statement, catalogue }: StatementContext): readonly Fact[] {
  if (name !== 'Action' && name !== 'NotAction') return [];
  const named = actionsOf(statement, catalogue);
  const groups = named && groupByLevel(named.ids, catalogue);
  if (!named || !groups || named.ids.length === 0) return [];
  const service = named.ids[0]?.split(':')[0];
  const several = named.ids.some((id) => !id.startsWith(`${service}:`));
  const total =
    named.ids.length > 1 ? `${countOf(named.ids.length, 'action')}${named.open ? ' at least' : ' today'}` : '';
  return [[name === 'NotAction' ? 'Left out' : 'In all', total], ...levelFacts(groups, several)];
}

function isStatement(context: HoverContext): context is StatementContext {
  return 'statement' in context;
}
