import type { Catalogue } from '../catalogue/types.ts';
import { hasVariables } from '../policy/model.ts';
import { textsWithVariables } from '../policy/used-variables.ts';
import { type BrokenVariable, findBrokenVariables, type VariableFlaw } from '../policy/variable.ts';
import { spanInString } from '../syntax/tree.ts';
import { defineRule } from './define.ts';

const CHECKS: Readonly<Record<VariableFlaw, string>> = {
  brace: 'MISSING_BRACE_IN_VARIABLE',
  quote: 'MISSING_QUOTE_IN_VARIABLE',
  space: 'UNSUPPORTED_SPACE_IN_VARIABLE',
  empty: 'EMPTY_VARIABLE',
};

export default defineRule({
  id: 'variable-broken',
  title: 'Policy variable with a slip in it',
  accessAnalyzer: Object.values(CHECKS),
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'A `${…}` lacks its closing brace or the quotation marks of its default value, holds a space, or is empty.',
    why: 'AWS does not read it as a policy variable, so what it stands in matches nothing.',
    how: "Write `${aws:username}`, or with a default `${aws:PrincipalTag/team, 'none'}`.",
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/${aws:username/*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/${aws:username}/*' }],
        },
      },
    },
  },
  messages: {
    brace: "'{text}' has no closing brace, so it is not a variable. Add '}' after its name.",
    quote: "The default value in '{text}' must stand in single quotation marks: {near}.",
    space: "'{text}' is not a variable, because its name holds a space. Remove the space.",
    empty: "'{text}' names no variable. Put a name in it, such as aws:username, or remove it.",
  },
  check(statement, context) {
    const { catalogue, report, write } = context;
    const texts = textsWithVariables([statement]);
    // In the old language it is plain text anyway.
    if (texts.length === 0 || !hasVariables(context.policy)) return;
    for (const node of texts) {
      for (const broken of findBrokenVariables(node.value)) {
        const { start, end, flaw, key } = broken;
        // Other languages have stand-ins with a colon, a comma and spaces: `${opt:stage, self:stage}`.
        if ((flaw === 'quote' || flaw === 'space') && !isNamespace(key.split(':')[0] ?? '', catalogue)) continue;
        const text = node.value.slice(start, end);
        const near = repair(broken, text, catalogue);
        const at = spanInString(node, start, end);
        const fixes = () =>
          near === undefined
            ? []
            : [
                {
                  title: `Change to '${near}'`,
                  effect: 'unknown' as const,
                  edits: write.replaceSpan(at, near),
                  preferred: true,
                },
              ];
        // A template's own stand-in may be behind an opening brace and a word.
        const severity = flaw === 'brace' && near === undefined ? 'warning' : 'error';
        const accessAnalyzer = [CHECKS[flaw]];
        if (flaw === 'quote') report({ at, message: flaw, data: { text, near: near ?? '' }, accessAnalyzer, fixes });
        else report({ at, message: flaw, severity, data: { text }, accessAnalyzer, fixes });
      }
    }
  },
});

/** What condition keys begin with: a service, or the host name of an identity provider. */
function isNamespace(prefix: string, catalogue: Catalogue): boolean {
  const name = prefix.trim().toLowerCase();
  return name === 'aws' || name === 'saml' || name.includes('.') || catalogue.serviceName(name) !== undefined;
}

/** The variable that was probably meant. */
function repair({ flaw, key, fallback }: BrokenVariable, text: string, catalogue: Catalogue): string | undefined {
  switch (flaw) {
    case 'quote':
      return `\${${key}, '${(fallback ?? '').trim().replace(/^['"]|['"]$/g, '')}'}`;
    case 'space': {
      const joined = key.replace(/\s+/g, '');
      // The key of a tag may well have a space, which is not for us to take away.
      const tag = /^[^/]*\/.*\S\s+\S/.test(key);
      return tag || !catalogue.conditionKey(joined) ? undefined : text.replace(key, joined);
    }
    case 'brace': {
      const [name = ''] = /^\$\{[\w.-]+:(?:\w+\/)?[\w.+=@-]*/.exec(text) ?? [];
      const [short = ''] = /^\$\{[\w.-]+:\w*/.exec(text) ?? [];
      const known = [name, short].find((one) => one !== '' && catalogue.conditionKey(one.slice(2)));
      return known && `${known}}${text.slice(known.length)}`;
    }
    case 'empty':
      return undefined;
  }
}
