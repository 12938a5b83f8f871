import { VERSIONS } from '../../policy/grammar.ts';
import { PRINCIPAL_TYPES } from '../../policy/principal.ts';
import { isNarrowed, offerActions } from './actions.ts';
import { offerObjects } from './condition-names.ts';
import { offerConditionValues } from './condition-values.ts';
import { type Completion, type CompletionContext, listOf } from './offer.ts';
import { offerPrincipals } from './principals.ts';
import { offerResources } from './resources.ts';
import { statementList, statementValues } from './skeletons.ts';
import { offerVariables } from './variables.ts';

/** The values that may stand at a place. */
export function offerValues(context: CompletionContext): readonly Completion[] {
  const { place, policy } = context;
  const [outer, element, inner, key] = place.names;
  if (outer === 'Version') return listOf('value', VERSIONS);
  if (outer !== 'Statement') return [];
  switch (element) {
    case undefined:
      return offerStatements(context);
    case 'Effect':
      return policy.classification.kind === 'rcp' ? listOf('value', ['Deny']) : listOf('value', ['Allow', 'Deny']);
    case 'Action':
    case 'NotAction':
      return offerActions(context);
    case 'Resource':
    case 'NotResource':
      return offerVariables(context) ?? offerResources(context);
    case 'Principal':
    case 'NotPrincipal':
      return inner === undefined ? offerWholePrincipal(context) : offerPrincipals(context, inner);
    case 'Condition':
      return inner !== undefined && key !== undefined
        ? offerConditionValues(context, inner, key)
        : offerObjects(context, inner);
    default:
      return [];
  }
}

/** What is offered depends on what has been typed so far, not only on what it begins with. */
export function wantsMore(context: CompletionContext): boolean {
  const [outer, element] = context.place.names;
  const actions = outer === 'Statement' && (element === 'Action' || element === 'NotAction');
  return actions && context.place.expects === 'value' && isNarrowed(context);
}

function offerStatements({ place, policy }: CompletionContext): readonly Completion[] {
  const statements = statementValues(policy.classification, place.inList);
  if (place.inList) return statements;
  return [
    {
      label: '[…]',
      kind: 'template',
      detail: 'a list of statements',
      rank: 0,
      value: statementList(policy.classification),
    },
    ...statements,
  ];
}

function offerWholePrincipal({ policy }: CompletionContext): readonly Completion[] {
  const everyone = { label: '*', kind: 'principal', detail: 'anyone', rank: 9 } as const;
  if (policy.classification.kind === 'rcp') return [everyone];
  const types = PRINCIPAL_TYPES.slice(0, 3).map((type, rank): Completion => {
    return { label: `{ "${type}": … }`, filter: type, kind: 'principal', rank, value: `{ "${type}": "$1" }` };
  });
  return [...types, everyone];
}
