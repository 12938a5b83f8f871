import { lookUp } from '../../base/look-up.ts';
import { matchesWildcard } from '../../base/wildcard.ts';
import type { ResourceType } from '../../catalogue/types.ts';
import { STAND_IN } from '../../policy/arn-names.ts';
import type { Ask, Value } from './condition-ask.ts';
import { ARNS, SOURCES } from './value-table.ts';

const MOST_ARNS = 20;

/** ARNs for a key that holds one: those of the workspace that have the form, then forms to fill in. */
export function offerArns(ask: Ask): readonly Value[] {
  const forms = formsFor(ask);
  const patterns = forms.filter((form) => !form.includes('<service>')).map((form) => form.replace(/<[^<>]*>/g, '*'));
  const { known, place } = ask.context;
  const fitting = known.arns.filter((arn) => patterns.some((pattern) => matchesWildcard(pattern, arn)));
  const others = fitting.filter((arn) => arn !== place.string?.value).slice(0, MOST_ARNS);
  return [...others, ...forms].map((value) => ({ value }));
}

function formsFor(ask: Ask): readonly string[] {
  const { key } = ask;
  if (key === 'aws:sourcearn') return sourceForms(ask);
  return lookUp(ARNS, key) ?? typeForms(ask);
}

/** The resources of the services that the statement lets in. */
function sourceForms({ context: { view, catalogue } }: Ask): readonly string[] {
  const services = view?.principals.flatMap(({ entries }) => entries.filter(({ type }) => type === 'Service')) ?? [];
  const forms = services.flatMap(({ node }) => {
    const name = catalogue.servicePrincipal(node.value)?.name ?? node.value;
    const prefix = /^([a-z0-9-]+)\.amazonaws\.com$/.exec(name)?.[1] ?? '';
    return lookUp(SOURCES, name) ?? (catalogue.service(prefix) ? [`arn:aws:${prefix}:<region>:<account-id>:*`] : []);
  });
  return forms.length > 0 ? [...new Set(forms)] : ['arn:aws:<service>:<region>:<account-id>:<resource>'];
}

/** What a key's name says of the resource it holds, where another service has it. */
const OTHER_TYPES: readonly (readonly [name: RegExp, service: string, type: string])[] = [
  [/kms-?key/, 'kms', 'key'],
  [/lambda/, 'lambda', 'function'],
  [/rolearn$/, 'iam', 'role'],
  [/instanceprofile$/, 'iam', 'instance-profile'],
  [/instancearn$/, 'ec2', 'instance'],
  [/vpcarn$/, 'ec2', 'vpc'],
  [/loggrouparn$/, 'logs', 'log-group'],
  [/certificatearn$/, 'acm', 'certificate'],
  [/samlproviderarn$/, 'iam', 'saml-provider'],
];

/** The form of the resource type that a key's name ends with: `ec2:Vpc`, `lambda:FunctionArn`. */
function typeForms({ key, name, context: { catalogue } }: Ask): readonly string[] {
  const other = OTHER_TYPES.find(([pattern]) => pattern.test(name));
  const bare = name.replace(/arns?$/, '');
  const own = [...(catalogue.service(key.slice(0, key.indexOf(':')))?.resourceTypes.values() ?? [])]
    .map((type) => ({ type, plain: type.name.toLowerCase().replace(/[^a-z0-9]/g, '') }))
    .filter(({ plain }) => plain.length > 2 && bare.endsWith(plain))
    .sort((a, b) => b.plain.length - a.plain.length)[0]?.type;
  const type = other ? catalogue.service(other[1])?.resourceTypes.get(other[2]) : own;
  return type ? type.arns.slice(0, 2).map(formOf) : [];
}

/** `${VpcId}` as `<vpc-id>`. */
function formOf(template: ResourceType['arns'][number]): string {
  return template.replace(STAND_IN, (_, name: string) => {
    if (name === 'Partition') return 'aws';
    if (name === 'Account') return '<account-id>';
    return `<${name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()}>`;
  });
}
