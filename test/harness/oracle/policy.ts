import { parse } from 'jsonc-parser';
import { type Clause, clausesOf } from './condition.ts';
import { fillVariables, type Json, list } from './text.ts';

/** A statement, read in the plainest way there is; what is not of its type is not there. */
export interface Statement {
  readonly allows: boolean;
  readonly actions: Block;
  readonly resources: Block | undefined;
  /** Undefined where the statement does not say who: then it is everybody it is attached to. */
  readonly principals: PrincipalBlock | undefined;
  readonly clauses: readonly Clause[];
  /** The same for statements that say the same in the same words. */
  readonly key: string;
}

export interface Block {
  readonly patterns: readonly string[];
  readonly negated: boolean;
}

export interface PrincipalBlock {
  readonly entries: readonly PrincipalEntry[];
  readonly negated: boolean;
}

export interface PrincipalEntry {
  readonly type: string;
  readonly value: string;
}

type Fields = Readonly<Record<string, Json | undefined>>;

/** The policies of a file, each as its statements. Only those of a text that parses mean anything. */
export function policiesOf(text: string): readonly (readonly Statement[])[] {
  const found: (readonly Statement[])[] = [];
  const visit = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      const bare = value.filter(isStatement);
      if (bare.length > 0) found.push(bare.flatMap((one) => read(one, true)));
      else value.forEach(visit);
    } else if (isStatement(value)) {
      found.push(read(value, true));
    } else {
      const { Statement, Version } = value as Fields;
      if (Statement === undefined) Object.values(value).forEach(visit);
      else found.push([Statement].flat().flatMap((one) => read(one as Json, Version === '2012-10-17')));
    }
  };
  visit((parse(text.replace(/^\ufeff/, ''), [], { allowTrailingComma: true }) ?? null) as Json);
  return found;
}

function isStatement(value: Json): boolean {
  return typeof value === 'object' && value !== null && 'Effect' in value;
}

function read(value: Json, hasVariables: boolean): readonly Statement[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } = value as Fields;
  const action = Action ?? NotAction;
  // What has no such effect, or no action, does nothing.
  if ((Effect !== 'Allow' && Effect !== 'Deny') || action === undefined) return [];
  const texts = (one: Json | undefined): readonly string[] => list(one).map(hasVariables ? fillVariables : String);
  const resource = Resource ?? NotResource;
  const principal = Principal ?? NotPrincipal;
  return [
    {
      allows: Effect === 'Allow',
      actions: { patterns: list(action).map((one) => one.toLowerCase()), negated: Action === undefined },
      resources:
        resource === undefined
          ? undefined
          : { patterns: texts(resource).map(complete), negated: Resource === undefined },
      principals:
        principal === undefined ? undefined : { entries: principalsOf(principal), negated: Principal === undefined },
      clauses: clausesOf(Condition).map((clause) => ({
        ...clause,
        values: hasVariables ? clause.values.map(fillVariables) : clause.values,
      })),
      key: JSON.stringify([
        hasVariables,
        Effect,
        Action,
        NotAction,
        Resource,
        NotResource,
        Principal,
        NotPrincipal,
        Condition,
      ]),
    },
  ];
}

/** AWS takes `*` for the fields that an ARN lacks. */
function complete(arn: string): string {
  const fields = arn.split(':');
  if (fields[0] !== 'arn' || fields.length >= 6) return arn;
  return [...fields, ...Array(6 - fields.length).fill('*')].join(':');
}

function principalsOf(value: Json): readonly PrincipalEntry[] {
  if (typeof value === 'string') return [{ type: 'AWS', value }];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([type, values]) => list(values as Json).map((one) => ({ type, value: one })));
}
