import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import Ajv, { type ValidateFunction } from 'ajv';
import { GRAMMAR, type GrammarKind } from '../../server/src/policy/grammar.ts';
import { hasHole } from '../../server/src/policy/hole.ts';
import type { Finding } from '../../server/src/rules/define.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { Analysis } from '../../server/src/service.ts';
import { exampleText } from '../../server/tools/build-docs.ts';
import { renderSchemas } from '../../server/tools/build-schemas.ts';
import { readCases } from '../harness/cases.ts';
import { service } from '../harness/data.ts';
import { unmark } from '../harness/markers.ts';
import { mutate } from './mutations.ts';

/**
 * The schemas and the structural rules are two readings of one grammar, so each is the oracle of the other:
 *
 * - what a schema refuses gets an error or a warning from a structural rule;
 * - what a structural rule calls an error is refused by the schema.
 *
 * What a schema cannot say, and where the two differ on purpose:
 *
 * | Difference | Why |
 * |---|---|
 * | json-syntax, element-duplicate | A schema sees parsed JSON. |
 * | variable-place | A variable is text like any other, except where the schema lists the words. |
 * | sid-duplicate | JSON Schema cannot compare a member across the items of a list. |
 * | policy-bare-statement, a list of statements, another root | The schemas describe whole policies. |
 * | a template's stand-in, such as `${Effect}` | The rules take it as unknown; the schemas describe what AWS takes. |
 * | Version missing or old, Resource missing in a resource policy | They work (somewhere), so they are warnings, not refused. |
 * | empty lists and objects | AWS takes them, so the rule only informs. |
 * | $schema | AWS refuses it, but without it no editor would find the schema: information only. |
 */
const BEYOND_SCHEMAS: ReadonlySet<string> = new Set([
  'json-syntax',
  'element-duplicate',
  'sid-duplicate',
  'variable-place',
]);

const STRUCTURAL: ReadonlySet<string> = new Set([
  'action-missing',
  'condition-operator-unknown',
  'effect-invalid',
  'effect-missing',
  'element-conflict',
  'element-duplicate',
  'element-type',
  'element-unknown',
  'json-syntax',
  'principal-format',
  'principal-key-unknown',
  'principal-missing',
  'principal-not-allowed',
  'rcp-action',
  'rcp-effect-allow',
  'rcp-not-action',
  'rcp-principal',
  'resource-missing',
  'resource-not-allowed',
  'sid-duplicate',
  'sid-invalid',
  'statement-missing',
  'trust-not-principal',
  'variable-place',
  'version-invalid',
  'version-missing',
  'version-outdated',
]);

const ROOT = join(__dirname, '../..');
const KINDS = Object.keys(GRAMMAR) as GrammarKind[];
const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true, allowMatchingProperties: true });
const schemas = new Map(
  KINDS.map((kind) => [kind, ajv.compile(JSON.parse(readFileSync(join(ROOT, `schemas/${kind}.schema.json`), 'utf8')))]),
);

function schemaOf(kind: GrammarKind): ValidateFunction {
  const schema = schemas.get(kind);
  assert.ok(schema);
  return schema;
}

/** The document of a text that schemas can judge, or why they cannot. */
function documentOf(text: string, analysis: Analysis): { readonly document: unknown } | { readonly skip: string } {
  if (analysis.tree.problems.length > 0) return { skip: 'not strict JSON' };
  if (analysis.policies.length !== 1 || analysis.policies[0]?.view.form !== 'document') return { skip: 'not a policy' };
  if (hasHole(text)) return { skip: 'a template' };
  if (analysis.findings.some(({ rule }) => rule === 'element-duplicate')) return { skip: 'a name twice' };
  return { document: JSON.parse(text) };
}

/** Compares schema and rules on one text; returns why it could not, or undefined. */
function compare(kind: GrammarKind, text: string): string | undefined {
  const analysis = service.analyze({ path: 'policy.json', text, kind });
  const read = documentOf(text, analysis);
  if ('skip' in read) return read.skip;
  const schema = schemaOf(kind);
  const accepted = schema(read.document);
  const structural = analysis.findings.filter(({ rule }) => STRUCTURAL.has(rule));
  const tell = (one: Finding): string => `${one.severity}[${one.rule}]: ${one.message}`;
  if (!accepted) {
    const loud = structural.some(({ severity }) => severity === 'error' || severity === 'warning');
    assert.ok(loud, `the ${kind} schema refuses, no rule does: ${ajv.errorsText(schema.errors)}\n${text}`);
  } else {
    const errors = structural.filter(({ rule, severity }) => severity === 'error' && !BEYOND_SCHEMAS.has(rule));
    assert.deepEqual(errors.map(tell), [], `the ${kind} schema accepts\n${text}`);
  }
  return undefined;
}

test('the schemas are what `npm run build:schemas` writes', () => {
  const rendered = renderSchemas();
  // The schema of the settings is written by another tool, and tested with it.
  const files = readdirSync(join(ROOT, 'schemas')).filter((file) => file !== 'settings.schema.json');
  assert.deepEqual(files.sort(), [...rendered.keys()].sort());
  for (const [file, text] of rendered) assert.equal(readFileSync(join(ROOT, 'schemas', file), 'utf8'), text, file);
});

test('every structural rule is one of the rules', () => {
  const ids = new Set(RULES.map(({ id }) => id));
  assert.deepEqual(
    [...STRUCTURAL].filter((id) => !ids.has(id)),
    [],
  );
});

/** A policy of each kind that is as it should be. */
const VALID: Readonly<Record<GrammarKind, object>> = {
  identity: permissions('Allow'),
  'permissions-boundary': permissions('Allow'),
  session: permissions('Allow'),
  scp: permissions('Deny'),
  trust: {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Partner',
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::111122223333:role/deploy'] },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'f3a9' }, Bool: { 'aws:MultiFactorAuthPresent': true } },
      },
      { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: ['sts:AssumeRole'] },
    ],
  },
  resource: {
    Version: '2012-10-17',
    Id: 'orders',
    Statement: [
      {
        Sid: 'The shop',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:role/shop', Service: ['sns.amazonaws.com'] },
        Action: ['sqs:SendMessage'],
        Resource: 'arn:aws:sqs:us-east-1:111122223333:orders',
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111122223333:*' } },
      },
      {
        Effect: 'Deny',
        NotPrincipal: { AWS: '111122223333' },
        NotAction: 'sqs:GetQueueUrl',
        NotResource: 'arn:aws:sqs:us-east-1:111122223333:public',
      },
    ],
  },
  rcp: {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Ours only',
        Effect: 'Deny',
        Principal: '*',
        Action: ['sqs:SendMessage', 'kms:Decrypt'],
        Resource: '*',
        Condition: {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      },
      { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
    ],
  },
  'vpc-endpoint': {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: ['arn:aws:s3:::shared-bucket/*'],
      Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/*'] } },
    },
  },
};

function permissions(effect: string): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Reports',
        Effect: effect,
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: ['arn:aws:s3:::shared-bucket/reports/*'],
        Condition: { Bool: { 'aws:SecureTransport': 'true' } },
      },
      { Effect: 'Deny', NotAction: 's3:GetObject', NotResource: 'arn:aws:s3:::shared-bucket/*' },
    ],
  };
}

for (const kind of KINDS) {
  describe(kind, () => {
    test('a good policy is accepted, and no rule complains about its structure', () => {
      const text = JSON.stringify(VALID[kind], null, 2);
      assert.ok(schemaOf(kind)(VALID[kind]), ajv.errorsText(schemaOf(kind).errors));
      const { findings } = service.analyze({ path: 'policy.json', text, kind });
      assert.deepEqual(
        findings.filter(({ rule }) => STRUCTURAL.has(rule)).map(({ rule }) => rule),
        [],
      );
    });

    test('schema and rules agree on what can go wrong', () => {
      let refused = 0;
      const mutants = mutate(VALID[kind]);
      for (const mutant of mutants) {
        const skipped = compare(kind, JSON.stringify(mutant, null, 2));
        assert.equal(skipped, undefined);
        if (!schemaOf(kind)(mutant)) refused++;
      }
      // Most mutations break something; were few refused, the comparison would show little.
      assert.ok(refused > mutants.length / 2, `${refused} of ${mutants.length} refused`);
    });
  });
}

describe('the policies of the rules', () => {
  test('their cases', () => {
    const folder = join(ROOT, 'test/rules');
    let compared = 0;
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.txt'))) {
      for (const { marked, options } of readCases(join(folder, file))) {
        const { kind } = options;
        if (compareAsSeen(unmark(marked), kind)) compared++;
      }
    }
    assert.ok(compared > 100, `only ${compared} compared`);
  });

  test('their documented examples', () => {
    let compared = 0;
    for (const { docs } of RULES) {
      for (const example of [docs.examples.bad, docs.examples.good]) {
        if (compareAsSeen(exampleText(example), example.kind)) compared++;
      }
    }
    assert.ok(compared > RULES.length, `only ${compared} compared`);
  });
});

/** Compares under the kind that is given or seen; false when schemas cannot judge it. */
function compareAsSeen(text: string, given: string | undefined): boolean {
  const seen = given?.split(':')[0] ?? service.analyze({ path: 'policy.json', text }).policies[0]?.classification.kind;
  const kind = KINDS.find((one) => one === seen);
  return kind !== undefined && compare(kind, text) === undefined;
}
