import { nearest } from '../catalogue/suggest.ts';
import { elementsWithRoom, grammarOf } from '../policy/grammar.ts';
import { DOCUMENT_ELEMENTS, STATEMENT_ELEMENTS } from '../policy/model.ts';
import type { ObjectNode } from '../syntax/tree.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'element-unknown',
  title: 'Not an element of a policy',
  accessAnalyzer: [
    'INVALID_POLICY_ELEMENT',
    'MISSING_STATEMENT',
    'MISSING_EFFECT',
    'MISSING_ACTION',
    'MISSING_RESOURCE',
    'MISSING_PRINCIPAL',
  ],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'elements',
  fix: 'unknown',
  docs: {
    what: 'A policy holds `Version`, `Id` and `Statement`; a statement holds `Sid`, `Effect`, `Principal`, `NotPrincipal`, `Action`, `NotAction`, `Resource`, `NotResource` and `Condition`. The names are case-sensitive.',
    why: 'AWS refuses a policy with any other name in it, comments included.',
    how: 'Correct the name, move the element to where it belongs, or remove it. A `Sid` can hold a short remark.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Actions: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }],
        },
      },
    },
  },
  messages: {
    cased: "'{name}' is not an element of a policy: letter case counts. Write '{near}'.",
    near: "'{name}' is not an element of a policy; did you mean '{near}'?",
    inStatement: "'{name}' belongs inside a statement, not beside Statement. AWS refuses it here.",
    inDocument: "'{name}' belongs to the policy as a whole, not inside a statement. AWS refuses it here.",
    unknown: "'{name}' is not an element of a policy, so AWS refuses it. Remove it.",
    schema: "'$schema' helps your editor, but AWS refuses it. Remove it before you upload the policy.",
  },
  check(holder, { kind, report, write, isHalfTyped }) {
    const forbids: readonly string[] = grammarOf(kind)?.forbids ?? [];
    const needs: readonly string[] = ['statement', 'effect', ...(grammarOf(kind)?.needs ?? ['action'])];
    const check = (
      object: ObjectNode,
      own: readonly string[],
      other: readonly string[],
      place: 'inStatement' | 'inDocument',
    ): void => {
      const room = elementsWithRoom(object.members, own);
      for (const member of object.members) {
        const name = member.key.value;
        if (own.includes(name) || (!member.value && isHalfTyped(object))) continue;
        const at = member.key.span;
        const remove = () =>
          ({ title: `Remove '${name}'`, effect: 'unknown', edits: write.removeMember(object, member) }) as const;
        if (name === '$schema' && place === 'inStatement') {
          const fixes = () => [{ ...remove(), effect: 'equivalent', preferred: true } as const];
          report({ at, message: 'schema', severity: 'info', fixes });
          continue;
        }
        const near = other.includes(name) ? undefined : nearest(name, room);
        if (near === undefined) {
          const message = other.includes(name) ? place : 'unknown';
          report({ at, message, data: { name }, fixes: () => [remove()] });
          continue;
        }
        report({
          at,
          message: near.toLowerCase() === name.toLowerCase() ? 'cased' : 'near',
          accessAnalyzer: ['INVALID_POLICY_ELEMENT', ...findMissing(near, needs)],
          data: { name, near },
          // What the kind may not have is no better rightly spelt.
          fixes: () =>
            forbids.includes(near)
              ? [remove()]
              : [
                  {
                    title: `Change to '${near}'`,
                    effect: 'unknown',
                    edits: write.rename(member, near),
                    preferred: true,
                  },
                ],
        });
      }
    };
    if (!('form' in holder)) check(holder.node, STATEMENT_ELEMENTS, DOCUMENT_ELEMENTS, 'inDocument');
    else if (holder.node.type === 'object' && holder.form === 'document') {
      check(holder.node, DOCUMENT_ELEMENTS, STATEMENT_ELEMENTS, 'inStatement');
    }
  },
});

/** The check that misses the element, which is not reported a second time as missing. */
function findMissing(element: string, needs: readonly string[]): readonly string[] {
  const need = element.replace(/^Not/, '').toLowerCase();
  return needs.includes(need) ? [`MISSING_${need.toUpperCase()}`] : [];
}
