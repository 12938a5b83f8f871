import { lookUp } from '../../base/look-up.ts';
import { KNOWN_REGIONS, PARTITIONS, partitionOf } from '../../catalogue/partitions.ts';
import { REGION_NAMES } from '../../catalogue/region-names.ts';
import type { Action, ConditionKey } from '../../catalogue/types.ts';
import { parseOperator } from '../../policy/condition.ts';
import { isDeny } from '../../policy/model.ts';
import { offerArns } from './condition-arns.ts';
import type { Ask, Value } from './condition-ask.ts';
import { continueForm } from './continue-form.ts';
import { claimValues } from './federation-values.ts';
import { blanksIn, type Completion, type CompletionContext, siblingTexts } from './offer.ts';
import { regionsIn, tagKeysIn, valuesOfKey } from './seen.ts';
import { CALLERS, ID_FORMS, LINKED, ROLE_TAKERS, VALUES, VIA_SERVICES } from './value-table.ts';
import { FREE_VARIABLES, offerVariables, takesVariables } from './variables.ts';

const REGION = '<region>';

/** The values that a condition on a key may have: those that stand elsewhere first, then what the key is known to take. */
export function offerConditionValues(
  context: CompletionContext,
  operatorText: string,
  keyText: string,
): readonly Completion[] {
  const variables = offerVariables(context);
  if (variables) return variables;
  const operator = parseOperator(operatorText);
  const key = keyText.toLowerCase();
  const ask: Ask = {
    context,
    operator,
    key,
    name: key.slice(key.indexOf(':') + 1),
    written: keyText,
    known: context.catalogue.conditionKey(key),
    patterns: operator.family === 'Arn' || operator.name === 'StringLike' || operator.name === 'StringNotLike',
  };
  const taken = new Set(siblingTexts(context));
  const offered = new Map<string, Completion>();
  const here = regionsIn(context.policy.view);
  const { typed, place } = context;
  const fill = filler(context.known.accounts, here);
  const choices = { [REGION]: regionChoices(here) };
  for (const { value: form, detail } of valuesFor(ask)) {
    const value = form.startsWith('arn:') ? fill(form) : form;
    const rest = continueForm(value, typed) ?? continueForm(form, typed);
    const text = rest ? rest.text : value;
    if (taken.has(rest ? typed.slice(0, rest.start) + text : value) || offered.has(text)) continue;
    if (!suitsOperator(value, ask)) continue;
    const placeholders = blanksIn(text);
    const example = EXAMPLES.has(value);
    offered.set(text, {
      label: text,
      kind: isClosed(ask) ? 'value' : 'example',
      rank: offered.size,
      ...(detail !== undefined && { detail }),
      ...((placeholders.length > 0 || example) && { placeholders: example ? [value] : placeholders }),
      ...(placeholders.includes(REGION) && { choices }),
      ...(rest && { part: { start: rest.start, end: place.string?.value.length ?? typed.length } }),
    });
  }
  return [...offered.values()];
}

function withDetail(value: string, detail: string | undefined): Value {
  return { value, ...(detail !== undefined && { detail }) };
}

/** Fills in the account and the Region where the document has one only: it is most likely meant. */
function filler(accounts: readonly string[], regions: readonly string[]): (form: string) => string {
  const [account, ...moreAccounts] = accounts;
  const [region, ...moreRegions] = regions;
  return (form) =>
    form
      .replaceAll('<account-id>', (word) => (account && moreAccounts.length === 0 ? account : word))
      .replaceAll(REGION, (word) => (region && moreRegions.length === 0 ? region : word));
}

/** Wildcards and variables only where the operator reads them as such. */
function suitsOperator(value: string, { context, operator, patterns }: Ask): boolean {
  if (value.includes('${')) return takesVariables(context, operator.text) && (patterns || !value.includes('*'));
  return patterns || !value.includes('*');
}

/** No other values than true and false. */
function isClosed({ operator, known }: Ask): boolean {
  return operator.family === 'Null' || operator.family === 'Bool' || known?.type === 'Bool';
}

function* valuesFor(ask: Ask): Iterable<Value> {
  const { context, key, known } = ask;
  if (isClosed(ask)) {
    // Denied is what lacks MFA, TLS and the like; what a key's absence says is asked the other way round.
    const first =
      ask.operator.family !== 'Null' && context.view !== undefined && isDeny(context.view) ? 'false' : 'true';
    yield { value: first };
    yield { value: first === 'true' ? 'false' : 'true' };
    return;
  }
  for (const value of valuesOfKey(context.policy.view, key, context.place.string)) {
    yield { value, detail: 'used in this document' };
  }
  // The other kinds of S3 have keys of the same names.
  const listed = lookUp(VALUES, key) ?? (key.startsWith('s3') ? lookUp(VALUES, `s3:${ask.name}`) : undefined) ?? [];
  for (const value of listed) yield { value };
  const special = specialValues(ask);
  yield* special;
  if (special.length > 0 || listed.length > 0) return;
  if (known?.type === 'String' && OWN_WORDS.test(key)) for (const value of FREE_VARIABLES) yield { value };
}

/** Keys that hold text of the user's own choice. */
const OWN_WORDS = /(?:name|prefix|alias|path|description)$/;

function specialValues(ask: Ask): readonly Value[] {
  const { context, operator, key, name, written, known, patterns } = ask;
  const claim = claimOf(ask);
  if (claim) return claim;
  if (isRegionKey(name, known)) return regions(context, patterns);
  if (isAccountKey(key)) return accounts(context, key);
  if (/^(?:aws:(?:principal|resource|source|vpce)|ssm:node)orgid$/.test(key)) return organizations(key);
  if (key === 'kms:viaservice') return viaServices(context, patterns);
  const services = lookUp(SERVICE_KEYS, key);
  if (services) return servicePrincipals(ask, services);
  if (name === 'createaction') return createActions(ask);
  if (/tagkeys$/.test(name)) return [...tagKeysIn(context.policy.view), '<tag-key>'].map((value) => ({ value }));
  const tag = /tag\/(.+)$/.exec(key)?.[1];
  if (tag !== undefined) return tagValues(written.slice(-tag.length), key.startsWith('aws:principaltag/'));
  if (operator.family === 'IpAddress' || known?.type === 'IPAddress') {
    return key === 'aws:sourceip' ? PUBLIC_RANGES : PRIVATE_RANGES;
  }
  if (operator.family === 'Date') return [{ value: MOMENT }];
  if (known?.type === 'ARN' || operator.family === 'Arn') return offerArns(ask);
  const form = ID_FORMS.find(([ending]) => ending.test(name));
  return form && known?.type === 'String' ? [{ value: form[1] }] : [];
}

/** Ranges kept for documentation. https://www.rfc-editor.org/rfc/rfc5737 https://www.rfc-editor.org/rfc/rfc3849 */
const PUBLIC_RANGES: readonly Value[] = ['203.0.113.0/24', '198.51.100.0/24', '2001:db8::/32'].map((value) => ({
  value,
  detail: 'an example: write your range',
}));

/** https://www.rfc-editor.org/rfc/rfc1918 */
const PRIVATE_RANGES: readonly Value[] = ['10.0.0.0/16', '172.31.0.0/16', '192.168.0.0/24'].map((value) => ({
  value,
  detail: 'an example: write your range',
}));

const MOMENT = '2030-01-01T00:00:00Z';

/** Values that the user replaces as a whole. */
const EXAMPLES: ReadonlySet<string> = new Set([
  MOMENT,
  '1893456000',
  ...[...PUBLIC_RANGES, ...PRIVATE_RANGES].map(({ value }) => value),
]);

function claimOf({ key, written, context }: Ask): readonly Value[] | undefined {
  const colon = key.lastIndexOf(':');
  const issuer = written.slice(0, colon);
  if (!/[^:]\.[^:]/.test(issuer) || context.catalogue.conditionKey(key)?.scope !== 'federation') return undefined;
  return claimValues(issuer, key.slice(colon + 1));
}

function isRegionKey(name: string, known: ConditionKey | undefined): boolean {
  return /(?:regions?|locationconstraint)$/.test(name) && known?.type === 'String' && name !== 'vpcemultiregion';
}

function regions({ policy }: CompletionContext, patterns: boolean): readonly Value[] {
  return [
    ...[...regionsIn(policy.view), ...KNOWN_REGIONS].map((value) => withDetail(value, REGION_NAMES[value])),
    ...(patterns ? ['eu-*', 'us-*'].map((value) => ({ value })) : []),
  ];
}

/** The Regions to choose from within a value. */
function regionChoices(here: readonly string[]): readonly string[] {
  const partition = partitionOf(here[0] ?? '') ?? PARTITIONS[0];
  return [...new Set([...here, ...(partition?.regions ?? [])])];
}

const MORE_ACCOUNT_KEYS: ReadonlySet<string> = new Set(['aws:sourceowner', 'ram:shareowneraccountid']);

function isAccountKey(key: string): boolean {
  return /:[a-z]*account(?:id)?$/.test(key) || MORE_ACCOUNT_KEYS.has(key);
}

/** Accounts by what they are called. */
function accounts({ known }: CompletionContext, key: string): readonly Value[] {
  const same = /^(?:aws|s3):resourceaccount$/.test(key) ? '${aws:PrincipalAccount}' : '${aws:ResourceAccount}';
  return [
    ...known.accounts.map((value) => withDetail(value, known.accountNames[value])),
    { value: '<account-id>', detail: 'twelve digits' },
    ...(/^(?:aws:(?:resource|principal|source)account|s3:resourceaccount)$/.test(key)
      ? [{ value: same, detail: key === 'aws:sourceaccount' ? 'the account of the resource' : 'the same account' }]
      : []),
  ];
}

function organizations(key: string): readonly Value[] {
  const variable = key === 'aws:principalorgid' ? '${aws:ResourceOrgID}' : '${aws:PrincipalOrgID}';
  return [
    { value: 'o-<organization>', detail: 'o- and the letters and digits of your organization' },
    ...(/^aws:(?:principal|resource)orgid$/.test(key) ? [{ value: variable, detail: 'the same organization' }] : []),
  ];
}

/** Values of `kms:ViaService` have the Region in them. */
function viaServices({ policy }: CompletionContext, patterns: boolean): readonly Value[] {
  const places = [...regionsIn(policy.view), ...(patterns ? ['*'] : []), '<region>'];
  return VIA_SERVICES.flatMap((service) => places.map((place) => ({ value: `${service}.${place}.amazonaws.com` })));
}

/** Keys that hold a service principal, each with the services that stand there most.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const SERVICE_KEYS: Readonly<Record<string, readonly string[]>> = {
  'iam:passedtoservice': ROLE_TAKERS,
  'codeconnections:passedtoservice': [],
  'codestar-connections:passedtoservice': [],
  'iam:awsservicename': LINKED,
  'sts:awsservicename': [],
  'events:managedby': [],
  'ec2:managedresourceoperator': ['eks', 'ecs'],
  'ec2:authorizedservice': ['codebuild'],
  'config:configurationrecorderserviceprincipal': [],
  'aws:principalservicename': ['cloudtrail', 'config', 'delivery.logs', 'cloudfront', 'logging.s3'],
  'aws:principalservicenameslist': ['cloudtrail', 'config', 'delivery.logs', 'cloudfront', 'logging.s3'],
  'aws:calledvia': CALLERS,
  'aws:calledviafirst': CALLERS,
  'aws:calledvialast': CALLERS,
  'organizations:serviceprincipal': [
    'cloudtrail',
    'config',
    'guardduty',
    'securityhub',
    'sso',
    'access-analyzer',
    'ram',
  ],
  'kms:granteeserviceprincipal': [],
  'kms:retiringserviceprincipal': [],
  'glue:roleassumedby': ['glue'],
  'glue:credentialissuingservice': ['glue'],
  'lambda:principal': ['s3', 'sns', 'events', 'apigateway', 'elasticloadbalancing', 'logs', 'scheduler'],
};

function servicePrincipals({ context: { catalogue } }: Ask, first: readonly string[]): readonly Value[] {
  const all = catalogue.servicePrincipals().map(({ name }) => name);
  return [...new Set([...first.map((one) => `${one}.amazonaws.com`), ...all])].map((name) =>
    withDetail(name, catalogue.servicePrincipal(name)?.label),
  );
}

/** The actions that may tag what they make; the key holds their names without the prefix. */
function createActions({ key, context: { catalogue } }: Ask): readonly Value[] {
  const actions = catalogue.service(key.slice(0, key.indexOf(':')))?.actions.values() ?? [];
  const usual = (name: string) =>
    /^(?:RunInstances|CreateVolume|CreateSecurityGroup|CreateSnapshot)$/.test(name) ? 0 : 1;
  return [...actions]
    .filter((action) => action.level === 'Write' && takesTags(action))
    .map(({ name }) => ({ value: name }))
    .sort((a, b) => usual(a.value) - usual(b.value));
}

function takesTags({ conditionKeys, resourceTypes }: Action): boolean {
  return [conditionKeys, ...resourceTypes.map((one) => one.conditionKeys)].some((keys) =>
    keys.includes('aws:RequestTag/${TagKey}'),
  );
}

/** The same tag of the principal or the resource is what tags are compared with most. */
function tagValues(tag: string, principal: boolean): readonly Value[] {
  return [
    principal
      ? { value: `\${aws:ResourceTag/${tag}}`, detail: 'the same tag of the resource' }
      : { value: `\${aws:PrincipalTag/${tag}}`, detail: 'the same tag of the principal' },
    { value: /^[A-Za-z][\w .:/+-]*$/.test(tag) ? `<${tag}>` : '<value>' },
    { value: '*', detail: 'any value' },
  ];
}
