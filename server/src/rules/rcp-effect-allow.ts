import { isAllow, type Statement } from '../policy/model.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'rcp-effect-allow',
  title: 'Allow in a resource control policy',
  accessAnalyzer: ['RCP_SYNTAX_ERROR_ALLOW'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['rcp'],
  visit: 'statement',
  fix: { none: 'turning Allow into Deny would turn the meaning around: the condition must be inverted with it' },
  docs: {
    what: 'A resource control policy of your own may only deny.',
    why: 'Everything is allowed already by the policy RCPFullAWSAccess that AWS attaches; your policies take away from that. AWS refuses any other Allow.',
    how: 'Deny what must not happen: change `Effect` to `Deny` and invert the condition, for instance `StringEquals` to `StringNotEqualsIfExists`.',
    references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html'],
    examples: {
      bad: {
        kind: 'rcp',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: '*',
              Action: 's3:*',
              Resource: '*',
              Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
            },
          ],
        },
      },
      good: {
        kind: 'rcp',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: '*',
              Condition: {
                StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
                BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
              },
            },
          ],
        },
      },
    },
  },
  messages: {
    allow:
      'A resource control policy can only deny: AWS refuses Allow here. Deny what must not happen, with the condition turned around.',
  },
  check(statement, { report }) {
    const effect = statement.effect?.value;
    if (effect && isAllow(statement) && !allowsEverything(statement)) report({ at: effect.span, message: 'allow' });
  },
});

/** The statement of RCPFullAWSAccess, which AWS itself attaches. */
function allowsEverything({ principals, actions, resources, condition }: Statement): boolean {
  const all = (blocks: readonly { negated: boolean; entries: readonly { node: { value: string } }[] }[]): boolean =>
    blocks.length === 1 &&
    blocks.every(({ negated, entries }) => !negated && entries.length === 1 && entries[0]?.node.value === '*');
  return !condition && principals.every(({ everyone }) => everyone) && all(actions) && all(resources);
}
