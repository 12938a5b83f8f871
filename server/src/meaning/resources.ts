import { rememberEach } from '../base/remember.ts';
import { hasWildcard } from '../base/wildcard.ts';
import type { Catalogue, ResourceType } from '../catalogue/types.ts';
import { type Answer, type Arn, parseArn } from '../policy/arn.ts';
import type { ResourceEntry } from '../policy/model.ts';
import { countUses, matchesResourceType, readResource } from '../policy/resource-type.ts';
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
  'execute-api:execute-api-domain': 'API domain',
  'execute-api:execute-api-general': 'API',
  'glue:rootcatalog': 'catalog',
  'events:rule-on-default-event-bus': 'rule',
  'iam:mfa': 'MFA device',
  'iam:sms-mfa': 'SMS MFA device',
  'iam:oidc-provider': 'OIDC provider',
  'iam:saml-provider': 'SAML provider',
  'ec2:vpc': 'VPC',
  'ec2:vpc-flow-log': 'flow log',
  'ec2:vpc-endpoint': 'VPC endpoint',
  'route53:hostedzone': 'hosted zone',
  'route53:healthcheck': 'health check',
  'rds:db': 'DB instance',
  'rds:cluster': 'DB cluster',
  'firehose:deliverystream': 'delivery stream',
  'cognito-idp:userpool': 'user pool',
  'ssm:servicesetting': 'service setting',
};

/** What one resource of a type is called: `table`, `log group`. */
export const nounOf: (type: ResourceType) => string = rememberEach(({ service, name }) => {
  const key = `${service}:${name.toLowerCase()}`;
  const known = Object.hasOwn(NOUNS, key) ? NOUNS[key] : undefined;
  return (
    known ??
    name
      .split(/[-_ ]+/)
      .flatMap(splitName)
      .join(' ')
  );
});

/** Whether a resource as written can name a resource of a type; unknown where a template fills it in later. */
export function servesType(resource: string, type: ResourceType, catalogue: Catalogue): Answer {
  const shape = readResource(resource, catalogue);
  return shape ? matchesResourceType(shape, type, catalogue) : 'unknown';
}

/** The types of its service that an ARN can name, the closest fit first. */
function typesOf(arn: Arn, catalogue: Catalogue): readonly ResourceType[] {
  const types = [...(catalogue.service(arn.service.text)?.resourceTypes.values() ?? [])];
  return sortByFit(
    arn,
    types.filter((type) => servesType(arn.text, type, catalogue) === 'yes'),
  );
}

/** The type that an ARN names, where it tells. */
export function typeOf(arn: Arn, catalogue: Catalogue): ResourceType | undefined {
  const types = typesOf(arn, catalogue);
  return isAnyType(arn, types) ? undefined : types[0];
}

/** The types that an ARN for everything of a service can name, the main ones first; none for an ARN that tells its type. */
export function anyTypesOf(arn: Arn, catalogue: Catalogue): readonly ResourceType[] {
  const types = typesOf(arn, catalogue);
  if (!isAnyType(arn, types)) return [];
  // What has a Region or an account is not named by an ARN without.
  const fits = ({ arns }: ResourceType): boolean =>
    arns.some((template) => {
      const form = parseArn(template);
      return (
        (arn.region.text !== '' || form?.region.text === '') && (arn.account.text !== '' || form?.account.text === '')
      );
    });
  return types.filter(fits).toSorted((a, b) => countUses(b, catalogue) - countUses(a, catalogue));
}

/** Types in the order in which an ARN spells them out; among equals the order stays. */
export function sortByFit(arn: Arn | undefined, types: readonly ResourceType[]): readonly ResourceType[] {
  if (!arn || types.length < 2) return types;
  const fits = new Map(types.map((type) => [type, fitOf(arn, type)]));
  const fit = (type: ResourceType): Fit => fits.get(type) ?? { unsaid: 0, said: 0 };
  return types.toSorted((a, b) => fit(a).unsaid - fit(b).unsaid || fit(b).said - fit(a).said);
}

/** How many characters of a template the ARN spells out, and how many pieces of it only a wildcard can stand for. */
interface Fit {
  readonly unsaid: number;
  readonly said: number;
}

/** What the templates of a type spell out in their resource fields, piece by piece. */
const piecesOf = rememberEach(({ arns }: ResourceType): readonly (readonly string[])[] =>
  arns.map((template) =>
    (parseArn(template)?.resource.text ?? '').split(/\$\{[^{}]*\}|\*/).filter((piece) => piece !== ''),
  ),
);

function fitOf(arn: Arn, type: ResourceType): Fit {
  const fits = piecesOf(type).map((pieces): Fit => {
    let unsaid = 0;
    let said = 0;
    let at = 0;
    for (const piece of pieces) {
      const found = arn.resource.text.indexOf(piece, at);
      if (found < 0) unsaid++;
      else {
        said += piece.length;
        at = found + piece.length;
      }
    }
    return { unsaid, said };
  });
  return fits.reduce((best, one) => (one.unsaid < best.unsaid ? one : best), fits[0] ?? { unsaid: 0, said: 0 });
}

/** Several types fit, and none is spelt out: wildcards alone, for all of a service. */
export function isAnyType(arn: Arn | undefined, types: readonly ResourceType[]): boolean {
  return arn !== undefined && types.length > 1 && /^[*/:]+$/.test(arn.resource.text);
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
  // What is still to be typed.
  if (text === '') return '…';
  if (text === '*') return own ?? (type ? `every ${nounOf(type)}` : 'anything');
  const arn = parseArn(text);
  if (!arn) return text;
  const fitting = type ? [type] : typesOf(arn, catalogue);
  const close = fitting[0];
  if (!close) return describeLoose(arn, catalogue);
  if (!type && isAnyType(arn, fitting)) {
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
  // Of what there is one only, the name says what it is.
  return `the ${noun}${name === noun ? '' : ` ${name}`}${within}${account}`;
}

function describeLoose(arn: Arn, catalogue: Pick<Catalogue, 'serviceName'>): string {
  if (arn.service.text === '' || hasWildcard(arn.service.text)) return arn.text;
  if (/^\*+$/.test(arn.resource.text))
    return `everything in ${nameService(arn.service.text, catalogue)}${placeOf(arn)}`;
  return arn.text;
}

/** Account and Region of an ARN where they narrow it. */
function placeOf(arn: Arn): string {
  const owner = arn.account.text;
  const account = owner === '' || hasWildcard(owner) ? '' : owner === 'aws' ? ' of AWS' : ` of account ${owner}`;
  const region = arn.region.text === '' || hasWildcard(arn.region.text) ? '' : ` in ${arn.region.text}`;
  return account + region;
}

/** A template that is a name, or the names of a parent and of what lies in it, with fixed text in front and between. */
interface NamePattern {
  readonly head: string;
  readonly separator: string | undefined;
  readonly second: string;
}

const namesOf = rememberEach(({ arns }: ResourceType): readonly NamePattern[] =>
  arns.flatMap((template) => {
    const resource = parseArn(template)?.resource.text ?? '';
    const parts = /^([^$*]*)\$\{[^}]*\}(?:([^$*]+)\$\{([^}]*)\})?$/.exec(resource);
    if (!parts) return [];
    const [, head = '', separator, second = ''] = parts;
    return [{ head, separator, second }];
  }),
);

/** The name, and for `${Parent}/x/${Name}` the parent's, as they stand in the ARN; undefined where a `*` covers them. */
function splitByTemplate(arn: Arn, type: ResourceType): { readonly parent?: string; readonly name?: string } {
  for (const { head, separator, second } of namesOf(type)) {
    if (!arn.resource.text.startsWith(head)) continue;
    const rest = arn.resource.text.slice(head.length);
    if (separator === undefined) return { name: rest };
    const at = rest.indexOf(separator);
    // An ID that AWS adds to a name tells nothing: `stack/name/id`.
    if (separator === '/' && /id$/i.test(second)) return { name: at < 0 ? rest : rest.slice(0, at) };
    if (at < 0) return /\*$/.test(rest) && rest !== '*' ? { parent: rest.replace(/:\*+$/, '') } : {};
    return { parent: rest.slice(0, at), name: rest.slice(at + separator.length) };
  }
  return /^[*/:]+$/.test(arn.resource.text) ? {} : { name: arn.resource.text };
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
