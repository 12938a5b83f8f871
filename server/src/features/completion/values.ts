import { ASSUME_ACTIONS } from '../../policy/assume.ts';
import { VERSIONS } from '../../policy/grammar.ts';
import { BUILT_IN_PROVIDERS } from '../../policy/principal.ts';
import { actionsOf, neededTypes } from '../../policy/scope.ts';
import { offerConditionValues } from './condition-values.ts';
import { type Completion, type CompletionContext, listOf } from './offer.ts';

/** The values that may stand at a place. */
export function offerValues(context: CompletionContext): readonly Completion[] {
  const [outer, element, inner, key] = context.place.names;
  if (outer === 'Version') return listOf('value', VERSIONS);
  if (outer !== 'Statement') return [];
  switch (element) {
    case 'Effect':
      return listOf('value', ['Allow', 'Deny']);
    case 'Action':
    case 'NotAction':
      return offerActions(context);
    case 'Resource':
    case 'NotResource':
      return offerResources(context);
    case 'Principal':
    case 'NotPrincipal':
      return inner === undefined ? listOf('principal', ['*']) : offerPrincipals(context, inner);
    case 'Condition':
      return inner !== undefined && key !== undefined ? offerConditionValues(context, inner, key) : [];
    default:
      return [];
  }
}

/** A service first, then its actions; what the list already holds is left out. */
function offerActions(context: CompletionContext): readonly Completion[] {
  const { typed, catalogue, place, policy } = context;
  const taken = new Set(
    place.siblings.map((node) => (node.type === 'string' && node !== place.string ? node.value : '')),
  );
  const colon = typed.indexOf(':');
  const trust = policy.classification.kind === 'trust';
  if (colon < 0 && !trust) {
    return [
      { label: '*', kind: 'action', detail: 'every action of every service', rank: 2 },
      ...catalogue.servicePrefixes().map((prefix): Completion => {
        const name = catalogue.serviceName(prefix);
        return { label: `${prefix}:`, kind: 'service', rank: 1, goesOn: true, ...(name && { detail: name }) };
      }),
    ];
  }
  const service = catalogue.service(trust ? 'sts' : typed.slice(0, colon));
  if (!service) return [];
  const prefix = service.prefix;
  const items: Completion[] = trust
    ? []
    : [{ label: `${prefix}:*`, kind: 'action', detail: `every action of ${service.name}`, rank: 9 }];
  for (const action of service.actions.values()) {
    if (taken.has(action.id) || (trust && !ASSUME_ACTIONS.has(action.id.toLowerCase()))) continue;
    items.push({ label: action.id, kind: 'action', rank: 1, detail: action.level, documentation: action.description });
  }
  return items;
}

/** ARNs of the resource types that the statement's actions take; the words to fill in are placeholders. */
function offerResources({ policy, statement, catalogue, place }: CompletionContext): readonly Completion[] {
  const view = policy.view.statements.find(({ node }) => node === statement);
  const offered = new Map<string, Completion>();
  for (const block of view?.actions ?? []) {
    if (block.negated) continue;
    for (const entry of block.entries) {
      if (entry.pattern.everything) continue;
      for (const action of actionsOf(entry, catalogue)) {
        const usual = neededTypes(action, catalogue);
        for (const type of [...usual, ...action.resourceTypes.map(({ type }) => type)]) {
          for (const arn of type.arns)
            offerArn(offered, arn, `${type.service} ${type.name}`, usual.includes(type) ? 1 : 2);
        }
      }
    }
  }
  const taken = place.siblings.some((node) => node.type === 'string' && node !== place.string && node.value === '*');
  return [...offered.values(), ...(taken ? [] : listOf('resource', ['*'], 90))];
}

function offerArn(offered: Map<string, Completion>, template: string, detail: string, rank: number): void {
  const placeholders: string[] = [];
  const label = template.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    if (name === 'Partition') return 'aws';
    placeholders.push(name);
    return name;
  });
  if (!offered.has(label)) offered.set(label, { label, kind: 'resource', rank, detail, placeholders });
}

function offerPrincipals({ catalogue, policy }: CompletionContext, type: string): readonly Completion[] {
  switch (type) {
    case 'Service':
      return catalogue.servicePrincipals().map(({ name, label }) => ({
        label: name,
        kind: 'principal',
        rank: label ? 1 : 2,
        ...(label && { detail: label }),
      }));
    case 'AWS':
      return [
        ...accountsOf(policy.view.tree.text).map(
          (account): Completion => ({
            label: `arn:aws:iam::${account}:root`,
            kind: 'principal',
            rank: 1,
            detail: 'the whole account',
          }),
        ),
        ...[
          'arn:aws:iam::account-id:root',
          'arn:aws:iam::account-id:role/role-name',
          'arn:aws:iam::account-id:user/user-name',
        ].map(
          (label, index): Completion => ({
            label,
            kind: 'principal',
            rank: 2 + index,
            placeholders: ['account-id', 'role-name', 'user-name'].filter((word) => label.includes(word)),
          }),
        ),
        { label: '*', kind: 'principal', rank: 9, detail: 'anyone' },
      ];
    case 'Federated':
      return [
        {
          label: 'arn:aws:iam::account-id:oidc-provider/token.actions.githubusercontent.com',
          kind: 'principal',
          rank: 1,
          detail: 'GitHub Actions',
          placeholders: ['account-id'],
        },
        {
          label: 'arn:aws:iam::account-id:saml-provider/provider-name',
          kind: 'principal',
          rank: 2,
          detail: 'a SAML provider',
          placeholders: ['account-id', 'provider-name'],
        },
        ...listOf('principal', BUILT_IN_PROVIDERS, 3),
      ];
    default:
      return [];
  }
}

/** The account ids that already stand in the file. */
function accountsOf(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(/(?<!\d)\d{12}(?!\d)/g), ([id]) => id))].slice(0, 20);
}
