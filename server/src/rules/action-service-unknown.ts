import { formerService } from '../catalogue/former.ts';
import { nearest } from '../catalogue/suggest.ts';
import { mayAssume } from '../policy/assume.ts';
import { removeEntries } from '../policy/edit-entries.ts';
import { spanInString } from '../syntax/tree.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'action-service-unknown',
  title: 'Service of an action does not exist',
  accessAnalyzer: ['INVALID_SERVICE_IN_ACTION'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'action',
  fix: 'unknown',
  docs: {
    what: 'An action begins with the prefix of its service, such as `s3` in `s3:GetObject`. The prefix is not always the name of the product: EventBridge is `events`, Step Functions is `states`.',
    why: 'An action of a service that does not exist never matches a request, and AWS may refuse the policy.',
    how: 'Take the suggested prefix. If the service is newer than the reference data, leave it and ignore this rule.',
    references: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'eventbridge:ListRules', Resource: '*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'events:ListEventBuses', Resource: '*' }],
        },
      },
    },
  },
  messages: {
    alias: "There is no service '{value}' in policies; its actions begin with '{near}:'.",
    misspelt: "There is no service '{value}'; did you mean '{near}'?",
    retired:
      "The service '{value}' was last listed by AWS in {lastSeen}. Its actions most likely match nothing any more.",
    succeeded: "The service '{value}' no longer exists; '{successor}' took its place, with actions of its own.",
    former: "The service '{value}' no longer exists, so its actions match nothing.",
    unknown:
      "'{value}' is not among the services as of {date}, so '{action}' may match nothing. Check the spelling, unless it is newer.",
  },
  check({ node, pattern, block }, { kind, report, write, catalogue }) {
    const { prefix, text } = pattern;
    if (pattern.hole || pattern.wildcardInPrefix || !/^[\w.-]+:[\w*?-]+$/.test(text)) return;
    if (catalogue.serviceName(prefix) !== undefined) return;
    const at = spanInString(node, 0, prefix.length);
    const change = (near: string) => (): readonly Fix[] => {
      // In a trust policy the right spelling of another service is no better.
      if (kind === 'trust' && !mayAssume(`${near}:${pattern.name}`)) return [];
      return [{ title: `Change to '${near}'`, effect: 'unknown', edits: write.replaceSpan(at, near), preferred: true }];
    };
    const alias = catalogue.prefixOfAlias(prefix);
    if (alias !== undefined) {
      const data = { value: prefix, near: alias };
      return report({ at, message: 'alias', data, fixes: change(alias) });
    }
    const remove = (): readonly Fix[] => {
      const edits = removeEntries(block.member, [node], write);
      return edits ? [{ title: `Remove '${text}'`, effect: 'equivalent', edits }] : [];
    };
    // Access Analyzer knows names for a while after the reference has dropped them, and says nothing of those.
    const gone = { at, severity: 'info', tag: 'deprecated', fixes: remove } as const;
    const retired = catalogue.retiredService(prefix);
    if (retired) {
      const data = { value: prefix, lastSeen: retired.lastSeen };
      return report({ ...gone, accessAnalyzer: [], message: 'retired', data });
    }
    const former = formerService(prefix);
    if (former?.successor) {
      return report({
        ...gone,
        accessAnalyzer: [],
        message: 'succeeded',
        data: { value: prefix, successor: former.successor },
      });
    }
    if (former) return report({ ...gone, message: 'former', data: { value: prefix } });
    // A service that has the action settles which of the neighbours is meant.
    const prefixes = catalogue.servicePrefixes();
    const having = [...new Set(catalogue.expandAction(`*:${pattern.name}`).map((id) => id.slice(0, id.indexOf(':'))))];
    const near = nearest(prefix, having) ?? nearest(prefix, prefixes);
    if (near === undefined) {
      report({ at, message: 'unknown', data: { value: prefix, date: catalogue.date, action: text } });
    } else {
      const severity = having.includes(near) ? 'error' : 'warning';
      report({ at, message: 'misspelt', severity, data: { value: prefix, near }, fixes: change(near) });
    }
  },
});
