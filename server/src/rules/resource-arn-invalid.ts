import { findPartition } from '../catalogue/partitions.ts';
import type { Catalogue } from '../catalogue/types.ts';
import { isAccountId, parseArn, splitArn } from '../policy/arn.ts';
import { ARN_PLACEHOLDERS } from '../policy/arn-names.ts';
import type { Statement } from '../policy/model.ts';
import { isOpen, RESOURCE_KINDS } from '../policy/resource-field.ts';
import { captureNames, countUses } from '../policy/resource-type.ts';
import { spanInString } from '../syntax/tree.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'resource-arn-invalid',
  title: 'Resource is not an ARN',
  accessAnalyzer: ['INVALID_ARN_PREFIX', 'MISSING_ARN_FIELD', 'INVALID_ARN_SERVICE_CASE'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: RESOURCE_KINDS,
  visit: 'resource',
  fix: 'unknown',
  docs: {
    what: 'A resource is `*` or an ARN of six fields, `arn:partition:service:region:account:resource`. Region and account may be empty, their colons stay.',
    why: 'AWS refuses what does not begin with `arn:`. In an identity policy it fills up missing fields with `*`, so a short ARN reaches further than it looks.',
    how: 'Write the whole ARN. The reference of each service shows the form of its resources.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'amzn-s3-demo-bucket/*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::amzn-s3-demo-bucket/*' }],
        },
      },
    },
  },
  messages: {
    empty: 'A resource must not be empty. Write an ARN or "*".',
    prefix: "'{value}' is not an ARN: it must begin with 'arn:', or be '*' alone.",
    short: "'{value}' has {count} of the six fields of an ARN. AWS reads it as '{read}'.",
    shortInvalid: "'{value}' has {count} of the six fields of an ARN: arn:partition:service:region:account:resource.",
    serviceCase: "The service '{value}' must be in lower case here, or the ARN matches nothing.",
  },
  check({ node, text, arn }, { report, write, catalogue, kind, service, statement }) {
    const at = node.span;
    const strict = kind === 'identity' || kind === 'permissions-boundary' || kind === 'session' || kind === 'scp';
    const severity = strict ? 'error' : 'warning';
    const change = (to: string | undefined, placeholders: readonly string[] = []): readonly Fix[] =>
      to === undefined || to === text
        ? []
        : [
            {
              title: `Change to '${to}'`,
              effect: 'unknown',
              edits: write.replace(node, to),
              ...(placeholders.length > 0 ? { placeholders } : { preferred: true }),
            },
          ];

    if (text === '*') return;
    if (text.trim() === '') {
      return report({ at, message: 'empty', severity, accessAnalyzer: ['INVALID_ARN_PREFIX'] });
    }
    if (!text.startsWith('arn:')) {
      // API Gateway fills in the rest of its own resources; other services have short forms of their own.
      if (isOpen(text.split(':')[0] ?? '') || /^execute-api:/.test(text)) return;
      if (kind === 'resource' && !WHOLE_ARNS.has(service ?? '')) return;
      const fixes = () => change(completePrefix(text, statement));
      return report({
        at,
        message: 'prefix',
        severity,
        accessAnalyzer: ['INVALID_ARN_PREFIX'],
        data: { value: text },
        fixes,
      });
    }
    const fields = splitArn(text);
    if (!arn) {
      if (isOpen(text)) return;
      const read = text + ':*'.repeat(6 - fields.length);
      const data = { value: text, count: fields.length };
      const completed = completeFields(text, catalogue);
      const complete = () => change(completed?.text, completed?.placeholders);
      const accessAnalyzer = ['MISSING_ARN_FIELD'];
      if (kind !== 'identity' && kind !== 'permissions-boundary') {
        // Session policies with short ARNs are refused; of the others nothing is documented.
        const worst = kind === 'session' ? 'error' : 'warning';
        return report({ at, message: 'shortInvalid', severity: worst, accessAnalyzer, data, fixes: complete });
      }
      const fixes = (): readonly Fix[] => {
        // What AWS makes of it is worth writing out only where nothing better is known.
        const better = complete();
        if (better.length > 0) return better;
        return [{ title: `Write it out as '${read}'`, effect: 'equivalent', edits: write.replace(node, read) }];
      };
      return report({ at, message: 'short', severity: 'warning', accessAnalyzer, data: { ...data, read }, fixes });
    }
    const { text: value, start, end } = arn.service;
    const lower = value.toLowerCase();
    if (value === lower || isOpen(value) || catalogue.serviceName(lower) === undefined) return;
    report({
      at: spanInString(node, start, end),
      message: 'serviceCase',
      accessAnalyzer: ['INVALID_ARN_SERVICE_CASE'],
      data: { value },
      fixes: () => [
        {
          title: `Change to '${lower}'`,
          effect: 'unknown',
          edits: write.replaceSpan(spanInString(node, start, end), lower),
          preferred: true,
        },
      ],
    });
  },
});

/** The ARN meant by a text that only lacks its beginning, or by the name of a bucket. */
function completePrefix(text: string, statement: Statement | undefined): string | undefined {
  const trimmed = text.trim();
  if (trimmed.startsWith('arn:') || /^\*+$/.test(trimmed)) return trimmed.startsWith('arn:') ? trimmed : '*';
  const fields = trimmed.split(':');
  if (findPartition(fields[0] ?? '') && fields.length >= 5) return `arn:${trimmed}`;
  if (findPartition(fields[1] ?? '') && fields.length >= 6) return `arn:${fields.slice(1).join(':')}`;
  const actions = statement?.actions.flatMap(({ entries }) => entries) ?? [];
  if (actions.length === 0 || !actions.every(({ pattern }) => pattern.prefix.toLowerCase() === 's3')) return undefined;
  const bucket = /^(?:s3:\/\/)?([a-z0-9][a-z0-9.-]{2,62}(?:\/.*)?)$/.exec(trimmed)?.[1];
  return bucket && `arn:aws:s3:::${bucket}`;
}

/** The ARN with the fields it lacks, found by the form of its resource: `arn:aws:s3:bucket` → `arn:aws:s3:::bucket`. */
function completeFields(
  text: string,
  catalogue: Catalogue,
): { readonly text: string; readonly placeholders: readonly string[] } | undefined {
  const [, partition, name, ...rest] = text.split(':');
  const service = catalogue.service(name ?? '');
  if (!service || rest.length === 0) return undefined;
  const account = rest.find(isAccountId);
  const region = rest.find((one) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(one));
  const resource = rest.filter((one) => one !== account && one !== region && one !== '').join(':');
  const types = [...service.resourceTypes.values()].sort((a, b) => countUses(b, catalogue) - countUses(a, catalogue));
  for (const type of types) {
    for (const template of type.arns) {
      const [, , , withRegion, withAccount] = splitArn(template).map((field) => field.text);
      const arn = parseArn(`arn:aws:${name}:::${resource}`);
      if (!arn || !captureNames(arn, template)) continue;
      if ((region && !withRegion) || (account && !withAccount)) continue;
      const placeholders: string[] = [];
      const fill = (wanted: string | undefined, value: string | undefined, word: string): string => {
        if (!wanted) return '';
        if (value === undefined) placeholders.push(word);
        return value ?? word;
      };
      const filled = [
        fill(withRegion, region, ARN_PLACEHOLDERS.region),
        fill(withAccount, account, ARN_PLACEHOLDERS.account),
      ];
      return { text: `arn:${partition}:${name}:${filled.join(':')}:${resource}`, placeholders };
    }
  }
  return undefined;
}

/** Services whose resources take no short form of an ARN. */
const WHOLE_ARNS: ReadonlySet<string> = new Set(['s3', 'sqs', 'sns', 'kms', 'lambda', 'secretsmanager', 'dynamodb']);
