import { hasWildcard } from '../base/wildcard.ts';
import type { Catalogue, ResourceType } from '../catalogue/types.ts';
import { type Answer, type Arn, parseArn } from '../policy/arn.ts';
import type { ResourceEntry } from '../policy/model.ts';
import { matchesResourceType, readResource } from '../policy/resource-type.ts';
import { nameService } from './services.ts';
import { plural, splitName } from './words.ts';

/** Nouns for resource types whose name in the reference is not what people say. */
const NOUNS: Readonly<Record<string, string>> = {
  's3:accesspointobject': 'object',
  's3:accesspoint': 'access point',
  's3:multiregionaccesspoint': 'multi-Region access point',
  'elasticloadbalancing:loadbalancer': 'load balancer',
  'elasticloadbalancing:loadbalancer/app/': 'Application Load Balancer',
  'elasticloadbalancing:loadbalancer/net/': 'Network Load Balancer',
  'elasticloadbalancing:loadbalancer/gwy/': 'Gateway Load Balancer',
  'elasticloadbalancing:targetgroup': 'target group',
  'events:rule-on-custom-event-bus': 'rule',
  'events:rule-on-default-event-bus': 'rule',
  'iam:mfa': 'MFA device',
  'iam:sms-mfa': 'SMS MFA device',
  'iam:oidc-provider': 'OIDC provider',
  'iam:saml-provider': 'SAML provider',
  'ec2:vpc': 'VPC',
  'ec2:vpc-endpoint': 'VPC endpoint',
  'route53:hostedzone': 'hosted zone',
  'route53:healthcheck': 'health check',
  'rds:db': 'database instance',
  'rds:cluster': 'database cluster',
};

/** What one resource of a type is called: `table`, `log group`. */
export function nounOf(type: ResourceType): string {
  const key = `${type.service}:${type.name.toLowerCase()}`;
  const known = Object.hasOwn(NOUNS, key) ? NOUNS[key] : undefined;
  return (
    known ??
    type.name
      .split(/[-_ ]+/)
      .flatMap(splitName)
      .join(' ')
  );
}

/** Whether a resource as written can name a resource of a type; unknown where a template fills it in later. */
export function servesType(resource: string, type: ResourceType, catalogue: Catalogue): Answer {
  const shape = readResource(resource, catalogue);
  return shape ? matchesResourceType(shape, type, catalogue) : 'unknown';
}

/** The types of its service that an ARN can name, the closest fit first. */
export function typesOf(arn: Arn, catalogue: Catalogue): readonly ResourceType[] {
  const types = [...(catalogue.service(arn.service.text)?.resourceTypes.values() ?? [])];
  const literal = (type: ResourceType): number =>
    Math.max(...type.arns.map((template) => template.replace(/\$\{[^}]*\}/g, '').length));
  return types
    .filter((type) => servesType(arn.text, type, catalogue) === 'yes')
    .sort((a, b) => literal(b) - literal(a));
}

/**
 * A resource as a noun phrase: "the table Orders", "every bucket", "objects in my-app-bucket", "roles under app/".
 * @param type what the actions take it for; undefined: the closest fit of its own service
 * @param own the name of the resource that the policy is attached to, where `*` means that one
 */
export function describeResource(
  text: string,
  type: ResourceType | undefined,
  catalogue: Catalogue,
  own?: string,
): string {
  if (text === '*') return own ?? (type ? `every ${nounOf(type)}` : 'anything');
  const arn = parseArn(text);
  if (!arn) return text;
  const fitting = type ? [type] : typesOf(arn, catalogue);
  const close = fitting[0];
  if (!close) return describeLoose(arn, catalogue);
  if (!type && fitting.length > 1 && /^\*+$/.test(arn.resource.text)) {
    return `everything in ${nameService(arn.service.text, catalogue)}${placeOf(arn)}`;
  }
  const noun = nounOf(close);
  const { parent, name } = splitByTemplate(arn, close);
  const isObject = noun === 'object' && close.service.startsWith('s3');
  const within = !parent || /^\*+$/.test(parent) ? '' : ` ${isObject ? 'in' : 'of'} ${parent}`;
  if (!name || /^\*+$/.test(name)) {
    if (within) return isObject ? `${plural(noun)}${within}` : `every ${noun}${within}`;
    return `every ${noun}${placeOf(arn)}`;
  }
  const account = arn.service.text === 'iam' && within === '' ? placeOf(arn) : '';
  const folder = /^([^*?]*\/)\*+$/.exec(name)?.[1];
  if (folder !== undefined) return `${plural(noun)} under ${folder}${within}${account}`;
  const start = /^([^*?]+)\*+$/.exec(name)?.[1];
  if (start !== undefined) return `${plural(noun)}${within}${account} whose name starts with ${start}`;
  if (hasWildcard(name)) return `${plural(noun)}${within}${account} named ${name}`;
  return `the ${noun} ${name}${within}${account}`;
}

function describeLoose(arn: Arn, catalogue: Pick<Catalogue, 'serviceName'>): string {
  if (arn.service.text === '' || hasWildcard(arn.service.text)) return arn.text;
  if (/^\*+$/.test(arn.resource.text))
    return `everything in ${nameService(arn.service.text, catalogue)}${placeOf(arn)}`;
  return arn.text;
}

/** Account and Region of an ARN where they narrow it. */
function placeOf(arn: Arn): string {
  const account = arn.account.text === '' || hasWildcard(arn.account.text) ? '' : ` of account ${arn.account.text}`;
  const region = arn.region.text === '' || hasWildcard(arn.region.text) ? '' : ` in ${arn.region.text}`;
  return account + region;
}

/** The name, and for `${Parent}/x/${Name}` the parent's, as they stand in the ARN; undefined where a `*` covers them. */
function splitByTemplate(arn: Arn, type: ResourceType): { readonly parent?: string; readonly name?: string } {
  for (const template of type.arns) {
    const resource = parseArn(template)?.resource.text ?? '';
    const parts = /^([^$*]*)\$\{[^}]*\}(?:([^$*]+)\$\{[^}]*\})?$/.exec(resource);
    if (!parts) continue;
    const [, head = '', separator] = parts;
    if (!arn.resource.text.startsWith(head)) continue;
    const rest = arn.resource.text.slice(head.length);
    if (separator === undefined) return { name: rest };
    const at = rest.indexOf(separator);
    if (at < 0) return /\*$/.test(rest) && rest !== '*' ? { parent: rest.replace(/:\*+$/, '') } : {};
    return { parent: rest.slice(0, at), name: rest.slice(at + separator.length) };
  }
  return hasWildcard(arn.resource.text) && /^\*/.test(arn.resource.text) ? {} : { name: arn.resource.text };
}

/** Several resources that one action works on as one noun phrase list; a bucket and its objects are said together. */
export function describeResources(
  entries: readonly ResourceEntry[],
  type: ResourceType | undefined,
  catalogue: Catalogue,
  own?: string,
): readonly string[] {
  const texts = entries.map(({ text }) => text);
  const phrases: string[] = [];
  for (const text of texts) {
    if (!type && /^arn:[^:]*:s3:::[^/]+$/.test(text) && texts.includes(`${text}/*`)) {
      phrases.push(`the bucket ${parseArn(text)?.resource.text} and its objects`);
    } else if (!(!type && text.endsWith('/*') && texts.includes(text.slice(0, -2)) && /^arn:[^:]*:s3:::/.test(text))) {
      phrases.push(describeResource(text, type, catalogue, own));
    }
  }
  return [...new Set(phrases)];
}
