import { findHoles } from '../../policy/hole.ts';
import { hasVariables, type PolicyView } from '../../policy/model.ts';
import { findVariables } from '../../policy/variable.ts';
import { decodedIndex, type StringNode, spanInString } from '../../syntax/tree.ts';
import { code, escapeMarkdown, renderBox } from '../markdown.ts';
import { guidePage, type Hover, type HoverContext } from './context.ts';

const PAGE = guidePage('reference_policies_variables');

const ESCAPES: Readonly<Record<string, string>> = {
  '*': 'A plain asterisk, not a wildcard.',
  '?': 'A plain question mark, not a wildcard.',
  $: 'A plain dollar sign, not the start of a variable.',
};

/** A policy variable or a template's stand-in inside a string, when the cursor is on one. */
export function hoverInsideText(node: StringNode, offset: number, context: HoverContext): Hover | undefined {
  const index = decodedIndex(node, offset);
  const variable = findVariables(node.value).find(({ start, end }) => start <= index && index < end);
  if (variable) {
    const { key, start, end, fallback } = variable;
    const markdown = variable.escape
      ? renderBox({ title: 'Escape', value: node.value.slice(start, end), text: [ESCAPES[key] ?? ''], link: PAGE })
      : describeVariable(node.value.slice(start, end), key, fallback, context);
    return { span: spanInString(node, start, end), markdown };
  }
  const hole = findHoles(node.value).find(({ start, end }) => start <= index && index < end);
  if (!hole) return undefined;
  return {
    span: spanInString(node, hole.start, hole.end),
    markdown: renderBox({
      title: 'Filled in later',
      value: node.value.slice(hole.start, hole.end),
      text: [
        'A stand-in that a template or a script replaces before AWS sees the policy. What it becomes is not known here.',
      ],
    }),
  };
}

function describeVariable(
  text: string,
  name: string,
  fallback: string | undefined,
  { catalogue, view }: HoverContext,
): string {
  const key = catalogue.conditionKey(name);
  const without =
    fallback === undefined ? 'Without a value it matches nothing.' : `Without a value it is ${code(fallback)}.`;
  return renderBox({
    title: 'Policy variable',
    value: text,
    text: [
      `Replaced by the value of ${code(name)} when a request is made.${key ? ` ${sentence(key.description)}` : ''}`,
      without,
      ...warnOfVersion(view),
    ],
    facts: [
      ['Has a value', key?.present ? escapeMarkdown(key.present) : ''],
      ['Has none', key?.absent ? escapeMarkdown(key.absent) : ''],
    ],
    link: PAGE,
  });
}

function warnOfVersion(policy: PolicyView): readonly string[] {
  return hasVariables(policy) ? [] : ['This policy is not of Version `2012-10-17`, so AWS reads it as plain text.'];
}

/** A description of the reference as a sentence of its own. */
export function sentence(description: string): string {
  const text = escapeMarkdown(description.replace(/^Filters (?:access|actions) (?:by|based on) (?=\w)/, 'Looks at '));
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
