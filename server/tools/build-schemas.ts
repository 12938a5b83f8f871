/**
 * Builds schemas/<kind>.schema.json from the grammar that the structural rules read too: `npm run build:schemas`.
 *
 * JSON Schema draft-07: the newest that VS Code, IntelliJ and ajv all support in full. The schemas describe whole
 * policies as AWS takes them, without templates.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATORS } from '../src/policy/condition.ts';
import {
  CHOICES,
  DOCUMENT_GRAMMAR,
  type DocumentElement,
  GRAMMAR,
  type GrammarKind,
  type KindGrammar,
  STATEMENT_GRAMMAR,
  type StatementElement,
  VERSIONS,
} from '../src/policy/grammar.ts';
import { PRINCIPAL_TYPES } from '../src/policy/principal.ts';

const SCHEMAS = join(__dirname, '../../schemas');

type Schema = { readonly [keyword: string]: unknown };

const DESCRIPTIONS: Readonly<Record<DocumentElement | StatementElement, string>> = {
  Version: 'The version of the policy language, not of your policy: always 2012-10-17.',
  Id: 'A name for the whole policy. Only some services use it, in policies attached to their resources.',
  Statement: 'What the policy says: one statement or a list of them.',
  Sid: 'A name for the statement. It changes nothing about access.',
  Effect: 'Allow grants what the statement describes, Deny forbids it. A Deny wins over every Allow.',
  Principal: 'Who is meant: AWS accounts, roles, users, services or identity providers; "*" is everybody.',
  NotPrincipal: 'Everybody but these. Works with Deny only, and easily shuts out too many: a condition is safer.',
  Action: 'What may be done or not, as service:Action. * stands for any text: "s3:Get*".',
  NotAction: 'Every action of every service but these.',
  Resource: 'On what, by ARN. * stands for any text; "*" alone is everything.',
  NotResource: 'Every resource but these.',
  Condition: 'When the statement applies: operator, then condition key, then the value or values to compare with.',
};

/** Where a kind of policy has more to say about an element. */
const KIND_DESCRIPTIONS: Readonly<Partial<Record<GrammarKind, Schema>>> = {
  trust: {
    Principal: 'Who may assume the role: AWS accounts, roles or users, AWS services, or identity providers.',
    Action: 'How the role is assumed: sts:AssumeRole, sts:AssumeRoleWithSAML or sts:AssumeRoleWithWebIdentity.',
  },
  scp: {
    Effect: 'Allow keeps what the statement describes within reach, Deny takes it away. Nothing is granted here.',
  },
  rcp: {
    Effect: 'A resource control policy of your own can only deny.',
    Principal: 'Always "*"; say in a condition who is meant.',
    Action: 'What is denied, by service: "s3:*". Only some services support resource control policies.',
  },
  'permissions-boundary': {
    Effect: 'Allow keeps what the statement describes within the boundary. Nothing is granted here.',
  },
  session: { Effect: 'Allow keeps what the statement describes within the session. Nothing is granted here.' },
  'vpc-endpoint': { Principal: 'Who may use the endpoint; usually "*", narrowed by conditions.' },
};

const PRINCIPALS: Readonly<Record<(typeof PRINCIPAL_TYPES)[number], string>> = {
  AWS: 'An account by its id or by arn:aws:iam::111122223333:root (the whole account), a role, a user or a session by its ARN; "*" is everybody.',
  Service: 'An AWS service: ec2.amazonaws.com.',
  Federated: 'An identity provider: the ARN of a SAML or OIDC provider, or the domain of a built-in one.',
  CanonicalUser: 'The canonical user id of an account, for Amazon S3.',
};

const STRINGS: Schema = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] };

/** The text of every schema by file name. */
export function renderSchemas(): ReadonlyMap<string, string> {
  return new Map(
    (Object.keys(GRAMMAR) as GrammarKind[]).map((kind) => [
      `${kind}.schema.json`,
      `${JSON.stringify(documentSchema(kind, GRAMMAR[kind]), null, 2)}\n`,
    ]),
  );
}

function documentSchema(kind: GrammarKind, grammar: KindGrammar): Schema {
  const contents: Readonly<Record<DocumentElement, Schema>> = {
    Version: grammar.version === 'newest' ? { const: VERSIONS[0] } : { enum: VERSIONS, default: VERSIONS[0] },
    Id: { type: 'string' },
    Statement: {
      anyOf: [
        { $ref: '#/definitions/statement' },
        { type: 'array', minItems: 1, items: { $ref: '#/definitions/statement' } },
      ],
    },
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: grammar.name.replace(/^An? /, '').replace(/^\w/, (first) => first.toUpperCase()),
    description: `${grammar.name} of AWS. The schema knows the grammar; the names of actions, keys and ARNs it does not.`,
    type: 'object',
    required: grammar.version === 'newest' ? ['Version', 'Statement'] : ['Statement'],
    additionalProperties: false,
    properties: {
      $schema: { type: 'string', description: 'For editors only: remove it before you hand the policy to AWS.' },
      ...described(kind, Object.keys(DOCUMENT_GRAMMAR) as DocumentElement[], contents),
    },
    definitions: {
      statement:
        kind === 'rcp' ? { anyOf: [statementSchema(kind, grammar), FULL_ACCESS] } : statementSchema(kind, grammar),
      strings: STRINGS,
      principals: kind === 'rcp' ? { anyOf: [{ const: '*' }, EVERYBODY] } : { anyOf: [{ const: '*' }, principalMap()] },
      condition: conditionSchema(),
      conditionKeys: {
        type: 'object',
        additionalProperties: {
          anyOf: [
            { type: ['string', 'number', 'boolean'] },
            { type: 'array', items: { type: ['string', 'number', 'boolean'] } },
          ],
        },
      },
    },
  };
}

function statementSchema(kind: GrammarKind, grammar: KindGrammar): Schema {
  const actions = { $ref: '#/definitions/strings' };
  const contents: Readonly<Record<StatementElement, Schema>> = {
    Sid: grammar.sids === 'plain' ? { type: 'string', pattern: '^[A-Za-z0-9]*$' } : { type: 'string' },
    Effect: { enum: kind === 'rcp' ? ['Deny'] : ['Allow', 'Deny'] },
    Principal: { $ref: '#/definitions/principals' },
    NotPrincipal: { $ref: '#/definitions/principals' },
    Action: kind === 'rcp' ? BY_SERVICE : actions,
    NotAction: actions,
    Resource: { $ref: '#/definitions/strings' },
    NotResource: { $ref: '#/definitions/strings' },
    Condition: { $ref: '#/definitions/condition' },
  };
  const allowed = (Object.keys(STATEMENT_GRAMMAR) as StatementElement[]).filter(
    (one) => !grammar.forbids.includes(one),
  );
  const required: string[] = ['Effect'];
  const rules: Schema[] = [];
  for (const [choice, pair] of Object.entries(CHOICES)) {
    const names = pair.filter((one) => allowed.includes(one));
    const needed = grammar.needs.some((one) => one === choice);
    if (names.length === 2 && needed) rules.push({ oneOf: names.map((one) => ({ required: [one] })) });
    else if (names.length === 2) rules.push({ not: { required: names } });
    else if (needed) required.push(...names);
  }
  return {
    type: 'object',
    required,
    additionalProperties: false,
    properties: described(kind, allowed, contents),
    ...(rules.length > 0 && { allOf: rules }),
  };
}

/** Elements with their descriptions; a reference is wrapped, since draft-07 ignores what stands beside it. */
function described<Name extends DocumentElement | StatementElement>(
  kind: GrammarKind,
  names: readonly Name[],
  contents: Readonly<Record<Name, Schema>>,
): Schema {
  return Object.fromEntries(
    names.map((name) => {
      const description = KIND_DESCRIPTIONS[kind]?.[name] ?? DESCRIPTIONS[name];
      const content = contents[name];
      return [name, { description, ...('$ref' in content ? { allOf: [content] } : content) }];
    }),
  );
}

function principalMap(): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      PRINCIPAL_TYPES.map((type) => [
        type,
        { description: PRINCIPALS[type], allOf: [{ $ref: '#/definitions/strings' }] },
      ]),
    ),
  };
}

/** An operator may carry a set qualifier and the suffix IfExists. The plain names are listed, so that editors offer them. */
function conditionSchema(): Schema {
  const names = Object.keys(OPERATORS);
  const keys = { $ref: '#/definitions/conditionKeys' };
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(names.map((name) => [name, keys])),
    patternProperties: { [`^(ForAllValues:|ForAnyValue:)?(${names.join('|')})(IfExists)?$`]: keys },
  };
}

/** Everybody as a map, which resource control policies are not documented to refuse. */
const EVERYBODY: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: { AWS: { anyOf: [{ const: '*' }, { type: 'array', items: { const: '*' } }] } },
};

const BY_SERVICE: Schema = {
  anyOf: [
    { type: 'string', not: { enum: ['*', '*:*'] } },
    { type: 'array', items: { type: 'string', not: { enum: ['*', '*:*'] } } },
  ],
};

/** What AWS itself attaches as RCPFullAWSAccess. */
const STAR: Schema = { enum: ['*', ['*']] };
const FULL_ACCESS: Schema = {
  type: 'object',
  required: ['Effect', 'Principal', 'Action', 'Resource'],
  additionalProperties: false,
  properties: {
    Sid: { type: 'string' },
    Effect: { const: 'Allow' },
    Principal: { const: '*' },
    Action: STAR,
    Resource: STAR,
  },
};

if (require.main === module) {
  mkdirSync(SCHEMAS, { recursive: true });
  for (const [file, text] of renderSchemas()) writeFileSync(join(SCHEMAS, file), text);
  console.log('schemas written');
}
