import { isUnlistedKey, nearestKey, tagFamilyOf } from '../policy/condition-key.ts';
import { hasVariables } from '../policy/model.ts';
import { usedVariables } from '../policy/used-variables.ts';
import { spanInString } from '../syntax/tree.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'variable-unknown',
  title: 'Unknown policy variable',
  accessAnalyzer: ['INVALID_GLOBAL_CONDITION_KEY', 'INVALID_SERVICE_CONDITION_KEY'],
  severity: 'warning',
  confidence: 'medium',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'A policy variable such as `${aws:username}` names a condition key that AWS’s reference does not list.',
    why: 'No request carries such a key, so the variable has no value, and the Resource or condition it stands in matches nothing.',
    how: 'Use the name of an existing key: `${aws:username}`, `${aws:PrincipalTag/team}`, `${aws:userid}`.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::reports/${aws:usernam}/*',
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
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::reports/${aws:username}/*',
            },
          ],
        },
      },
    },
  },
  messages: {
    near: "'{key}' is not a policy variable; did you mean '{near}'?",
    global:
      "'{key}' is not among the global condition keys of {date}. If it does not exist, the variable has no value.",
    tag: "'{key}' lacks the name of the tag. Write it behind a slash: '{family}/tag-name'.",
  },
  check(statement, context) {
    const { catalogue, report, write } = context;
    const used = usedVariables([statement]);
    // Where the Version has no variables, that is the flaw.
    if (used.length === 0 || !hasVariables(context.policy)) return;
    for (const { node, variable } of used) {
      const { key, escape: literal } = variable;
      // A space or a brace in it is a flaw of its own.
      if (literal || /[\s${]/.test(key)) continue;
      if (catalogue.conditionKey(key) || isUnlistedKey(key) || catalogue.retiredConditionKey(key)) continue;
      const prefix = key.slice(0, key.indexOf(':')).toLowerCase();
      const from = node.value.indexOf(key, variable.start);
      const at = spanInString(node, from, from + key.length);
      const family = tagFamilyOf(key, catalogue);
      const global = prefix === 'aws';
      if (family) {
        report({ at, message: 'tag', data: { key, family }, accessAnalyzer: [] });
        continue;
      }
      // Other services bring variables of their own, which no reference lists: only a slip of a known name is sure.
      const keys = global ? catalogue.globalConditionKeys() : (catalogue.service(prefix)?.conditionKeys ?? []);
      const near = nearestKey(key, () => keys.map(({ name }) => name));
      const accessAnalyzer = [global ? 'INVALID_GLOBAL_CONDITION_KEY' : 'INVALID_SERVICE_CONDITION_KEY'];
      if (near) {
        report({
          at,
          message: 'near',
          data: { key, near },
          confidence: 'high',
          accessAnalyzer,
          fixes: () => [
            { title: `Change to '${near}'`, effect: 'unknown', edits: write.replaceSpan(at, near), preferred: true },
          ],
        });
      } else if (global) report({ at, message: 'global', data: { key, date: catalogue.date }, accessAnalyzer });
    }
  },
});
