import { holdsPolicyVariable } from '../policy/condition-key.ts';
import { kindsWhere } from '../policy/grammar.ts';
import { hasHole } from '../policy/hole.ts';
import { stringOf } from '../policy/model.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'sid-invalid',
  title: 'A Sid with other characters than letters and digits',
  accessAnalyzer: ['UNSUPPORTED_SID'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: kindsWhere(({ sids }) => sids === 'plain'),
  visit: 'statement',
  fix: 'equivalent',
  docs: {
    what: 'In policies of IAM and in service control policies a `Sid` may hold only A-Z, a-z and 0-9.',
    why: 'AWS refuses spaces, hyphens and the like there. (Resource policies of many services do take them.)',
    how: 'Write the words together: `ReadReports`. A Sid is a name only; it changes nothing about access.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html'],
    examples: {
      bad: {
        kind: 'identity',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'read-reports',
              Effect: 'Allow',
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::shared-bucket/reports/*',
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'ReadReports',
              Effect: 'Allow',
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::shared-bucket/reports/*',
            },
          ],
        },
      },
    },
  },
  messages: { characters: "Sid '{sid}' may hold only letters A-Z, a-z and digits here: AWS refuses the policy." },
  check({ sid }, context) {
    const { catalogue, report, write } = context;
    const node = sid?.value;
    if (node?.type !== 'string' || /^[A-Za-z0-9]*$/.test(node.value) || hasHole(node.value)) return;
    // A variable has no place in Sid, which is a flaw of its own.
    if (holdsPolicyVariable(node.value, catalogue)) return;
    report({
      at: node.span,
      message: 'characters',
      data: { sid: node.value },
      fixes: () => {
        const taken = new Set(context.policy.statements.map((other) => stringOf(other.sid)));
        const plain = joinWords(node.value, taken);
        return plain === ''
          ? []
          : [
              {
                title: `Change to '${plain}'`,
                effect: 'equivalent',
                edits: write.replace(node, plain),
                preferred: true,
              },
            ];
      },
    });
  },
});

/** `read the reports` as `ReadTheReports`, with a number when that name is taken. */
function joinWords(text: string, taken: ReadonlySet<string | undefined>): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  if (name === '' || !taken.has(name)) return name;
  let count = 2;
  while (taken.has(`${name}${count}`)) count++;
  return `${name}${count}`;
}
