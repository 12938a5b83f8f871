import { guidePage } from '../../catalogue/pages.ts';
import { findHoles } from '../../policy/hole.ts';
import { hasVariables, type PolicyView } from '../../policy/model.ts';
import { findVariables } from '../../policy/variable.ts';
import { decodedIndex, innerSpan, type StringNode, spanInString } from '../../syntax/tree.ts';
import { code, escapeMarkdown, renderBox } from '../markdown.ts';
import { type Hover, type HoverContext, isOn } from './context.ts';

const PAGE = guidePage('reference_policies_variables');

const ESCAPES: Readonly<Record<string, string>> = {
  '*': 'A plain asterisk, not a wildcard.',
  '?': 'A plain question mark, not a wildcard.',
  $: 'A plain dollar sign, not the start of a variable.',
};

/** A policy variable or a template's stand-in inside a string, when the cursor is on one. */
export function hoverInsideText(node: StringNode, offset: number, context: HoverContext): Hover | undefined {
  if (!isOn(innerSpan(node), offset)) return undefined;
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
  const text = node.value.slice(hole.start, hole.end);
  return {
    span: spanInString(node, hole.start, hole.end),
    markdown: renderBox({
      title: 'Filled in later',
      value: text,
      text: [
        `A template or a script fills in ${code(text)} before AWS sees the policy. What it will be is not known here, so nothing about it is checked.`,
        sayNotVariable(text, context),
      ],
    }),
  };
}

/** `${username}` may be meant as the policy variable `${aws:username}`. */
function sayNotVariable(text: string, { catalogue }: HoverContext): string {
  const name = /^\$\{(\w+)\}$/.exec(text)?.[1];
  const key = name === undefined ? undefined : catalogue.conditionKey(`aws:${name}`);
  return key ? `If the policy variable is meant, write ${code(`\${${key.name}}`)}: its name has a prefix.` : '';
}

function describeVariable(
  text: string,
  name: string,
  fallback: string | undefined,
  { catalogue, view }: HoverContext,
): string {
  const key = catalogue.conditionKey(name);
  return renderBox({
    title: 'Policy variable',
    value: text,
    text: [
      key
        ? `AWS replaces it by the value of ${code(name)} in each request. ${sentence(key.description)}`
        : `AWS replaces it by the value of the condition key ${code(name)} in each request. That key is not in the AWS list of ${catalogue.date}.`,
      ...warnOfVersion(view),
    ],
    facts: [
      [
        'Without a value',
        key?.present === 'In every request.'
          ? ''
          : fallback === undefined
            ? 'it stands for nothing, and a text that holds it matches nothing'
            : `the default ${code(fallback)} takes its place`,
      ],
      ['Has a value', key?.present ? escapeMarkdown(key.present) : ''],
      ['Has none', key?.absent ? escapeMarkdown(key.absent) : ''],
      ['Holds several', key?.multivalued ? 'such a key cannot be used as a variable' : ''],
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
