import { isFormerAction } from '../catalogue/former.ts';
import { countSlips, nearest } from '../catalogue/suggest.ts';
import { mayAssume } from '../policy/assume.ts';
import { removeEntries } from '../policy/edit-entries.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'action-unknown',
  title: 'Action does not exist',
  accessAnalyzer: ['INVALID_ACTION'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'action',
  fix: 'unknown',
  docs: {
    what: 'An action must be one that its service knows, such as `s3:GetObject`. The name of an API operation is not always one.',
    why: 'A name that does not exist never matches a request, so the statement does less than it says.',
    how: 'Take the suggested action. If the action is newer than the reference data, leave it and ignore this rule.',
    references: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:ListBuckets', Resource: '*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
        },
      },
    },
  },
  messages: {
    misspelt: "'{value}' is not an action of {service}; did you mean '{near}'?",
    operation: "'{value}' is an API operation, not an action that a policy can name. It is allowed by {actions}.",
    elsewhere:
      "'{value}' is not among the actions of {service} as of {date}. Another service has '{near}', if that is meant.",
    retired: "'{value}' was last listed by AWS in {lastSeen}. It most likely matches nothing any more.",
    former: "'{value}' is no longer an action of {service}, so it matches nothing.",
    unknown: "'{value}' is not among the actions of {service} as of {date}. Check the spelling, unless it is newer.",
  },
  check({ node, pattern, block }, { kind, report, write, catalogue }) {
    if (pattern.hole || pattern.wildcard || pattern.prefix === '' || !/^[A-Za-z0-9]+$/.test(pattern.name)) return;
    const service = catalogue.service(pattern.prefix);
    if (!service || service.actions.has(pattern.name.toLowerCase())) return;
    const { text: value } = pattern;
    const change = (actions: readonly string[], title: string, preferred: boolean) => {
      const { value: container } = block.member;
      // In a trust policy the right spelling of another action is no better.
      if (!container || (kind === 'trust' && !actions.some(mayAssume))) return [];
      const edits = write.replaceInOneOrMany(container, node, actions);
      return [{ title, effect: 'unknown' as const, edits, ...(preferred && { preferred }) }];
    };

    const actions = catalogue.actionsOfOperation(pattern.prefix, pattern.name);
    if (actions.length > 0) {
      const list = actions.map((action) => `'${action}'`).join(' and ');
      report({
        at: node.span,
        message: 'operation',
        data: { value, actions: list },
        fixes: () => change(actions, `Change to ${list}`, true),
      });
      return;
    }
    const remove = (): readonly Fix[] => {
      const edits = removeEntries(block.member, [node], write);
      return edits ? [{ title: `Remove '${value}'`, effect: 'equivalent', edits }] : [];
    };
    // Access Analyzer knows names for a while after the reference has dropped them, and says nothing of those.
    const gone = { at: node.span, severity: 'info', tag: 'deprecated', fixes: remove } as const;
    const retired = catalogue.retiredAction(pattern.prefix, pattern.name);
    if (retired) {
      const data = { value, lastSeen: retired.lastSeen };
      return report({ ...gone, accessAnalyzer: [], message: 'retired', data });
    }
    if (isFormerAction(value)) return report({ ...gone, message: 'former', data: { value, service: service.name } });
    const names = [...service.actions.values()].map((action) => action.name);
    const near = nearest(pattern.name, names);
    if (near !== undefined) {
      const id = `${pattern.prefix}:${near}`;
      report({
        at: node.span,
        message: 'misspelt',
        severity: isSlip(pattern.name, near) ? 'error' : 'warning',
        data: { value, service: service.name, near: id },
        fixes: () => change([id], `Change to '${id}'`, true),
      });
      return;
    }
    const [elsewhere, another] = catalogue.expandAction(`*:${pattern.name}`);
    if (elsewhere !== undefined && another === undefined) {
      report({
        at: node.span,
        message: 'elsewhere',
        data: { value, service: service.name, date: catalogue.date, near: elsewhere },
        fixes: () => change([elsewhere], `Change to '${elsewhere}'`, false),
      });
      return;
    }
    report({ at: node.span, message: 'unknown', data: { value, service: service.name, date: catalogue.date } });
  },
});

/** A slip of the finger, and not what AWS does when it adds an action next to another: `V2`, a plural, a whole word. */
function isSlip(name: string, near: string): boolean {
  if (/\d$/.test(name) && !/\d$/.test(near)) return false;
  return countSlips(name.toLowerCase(), near.toLowerCase(), 3) <= 2;
}
