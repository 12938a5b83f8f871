import { isAccountId, parseArn } from '../policy/arn.ts';
import { movePrincipal } from '../policy/edit-principal.ts';
import type { PrincipalEntry } from '../policy/model.ts';
import { typeOfPrincipal } from '../policy/principal.ts';
import { spanInString } from '../syntax/tree.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'principal-invalid',
  title: 'Principal names nobody',
  accessAnalyzer: [],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust', 'resource', 'vpc-endpoint', 'unknown'],
  visit: 'principal',
  fix: 'unknown',
  docs: {
    what: 'A value under `AWS` or `CanonicalUser` is not an account, user, role or session: a group, an instance profile, an account id that has not 12 digits, the ARN of something else, or no ARN at all.',
    why: 'AWS refuses to save the policy.',
    how: 'Write a 12-digit account id, or the ARN of a user or role. For a group, name its users or, better, a role that they assume. For an instance profile, name the role in it.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::123456789012:group/developers' },
              Action: 'sts:AssumeRole',
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::123456789012:role/developer' },
              Action: 'sts:AssumeRole',
            },
          ],
        },
      },
    },
  },
  messages: {
    empty: 'The principal is empty. Name an account, user or role.',
    group: 'A group cannot be a principal. Name its users, or a role that they assume.',
    profile: 'An instance profile cannot be a principal. Name the role in it.',
    other: "'{value}' is not a user, role, session or account, so it cannot be a principal under {type}.",
    digits: "'{account}' is not an account id, which has 12 digits.",
    nowhere: "'{value}' names no account. Put the 12-digit account id between the colons.",
    canonical: "'{value}' is not a canonical user id, which has 64 hexadecimal digits.",
    misplaced: '\'{value}\' belongs under "{right}", not under "{type}".',
  },
  check(entry, { report, write }) {
    const { type, node, identity } = entry;
    if (type !== 'AWS' && type !== 'CanonicalUser') return;
    const value = node.value;
    if (identity.who !== 'invalid') {
      checkAccount(entry);
      return;
    }
    const right = typeOfPrincipal(value);
    switch (identity.why) {
      case 'empty':
        report({ at: node.span, message: 'empty' });
        return;
      case 'account-length':
        report({ at: node.span, message: 'digits', data: { account: value } });
        return;
      case 'group':
        report({ at: node.span, message: 'group' });
        return;
      case 'instance-profile':
        report({ at: node.span, message: 'profile', fixes: () => [nameRole(value)] });
        return;
      case 'partial-wildcard':
        return;
      default:
    }
    if (right && right !== type) {
      report({
        at: node.span,
        message: 'misplaced',
        data: { value, right, type },
        fixes: () => {
          const edits = movePrincipal(write, entry, right);
          return edits ? [{ title: `Put it under "${right}"`, effect: 'unknown', edits, preferred: true }] : [];
        },
      });
    } else if (type === 'CanonicalUser') report({ at: node.span, message: 'canonical', data: { value } });
    else report({ at: node.span, message: 'other', data: { value, type } });

    function checkAccount({ identity: known }: PrincipalEntry): void {
      if (!('account' in known) || isAccountId(known.account)) return;
      const field = parseArn(value)?.account;
      if (!field) return;
      if (field.text === '') report({ at: node.span, message: 'nowhere', data: { value } });
      else {
        const at = spanInString(node, field.start, field.end);
        report({ at, message: 'digits', data: { account: field.text } });
      }
    }

    /** Role and instance profile share their name where the console made them. */
    function nameRole(arn: string): Fix {
      const role = arn.replace(':instance-profile/', ':role/');
      return { title: `Change to '${role}'`, effect: 'unknown', edits: write.replace(node, role) };
    }
  },
});
