import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainSnippet } from '../../server/src/base/snippet.ts';
import { BLANKS, type BlankName } from '../../server/src/features/templates/blanks.ts';
import { blanksIn, fillIn, policyOf } from '../../server/src/features/templates/template.ts';
import { offerTemplates, TEMPLATES } from '../../server/src/features/templates/templates.ts';
import { DEFAULT_SETTINGS, parseKindSetting } from '../../server/src/lint/settings.ts';
import { completeAt } from '../harness/completion.ts';
import { service } from '../harness/data.ts';

const AUDITOR = { ...DEFAULT_SETTINGS, persona: 'auditor' } as const;

/** What even an auditor may be told about a template, and why that is right. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  // An audience says for whom a token is, not who has it; the subject beside it does.
  'trust-eks-irsa': ['hint trust-audience-qualifier'],
  'trust-github-branch': ['hint trust-audience-qualifier'],
  'trust-gitlab': ['hint trust-audience-qualifier'],
  'trust-cognito': ['hint trust-audience-qualifier'],
  // Which branches may deploy to an environment is set in GitHub.
  'trust-github-environment': ['hint trust-audience-qualifier', 'hint trust-github-branch'],
};

for (const template of TEMPLATES) {
  const text = JSON.stringify(fillIn(policyOf(template.statements), {}), null, 2);

  for (const setting of template.kinds) {
    test(`template ${template.id} is clean as ${setting}`, () => {
      const kind = parseKindSetting(setting);
      assert.ok(kind);
      const { findings } = service.analyze({ path: 'policy.json', text, kind }, AUDITOR);
      assert.deepEqual(
        findings.map(({ severity, rule }) => `${severity} ${rule}`),
        TOLD[template.id] ?? [],
      );
    });
  }

  test(`template ${template.id} is taken for what it is`, () => {
    const [policy] = service.analyze({ path: 'policy.json', text }).policies;
    const { kind, service: of, confidence } = policy?.classification ?? assert.fail('no policy');
    // Denies alone may as well be of an identity: nothing in them tells.
    if (confidence === 'ambiguous') assert.match(template.kinds.join(), /identity|scp/);
    else assert.equal(of === null ? kind : `${kind}:${of}`, template.kinds[0]);
  });
}

test('templates and blanks have one name each, and every blank is used', () => {
  for (const key of ['id', 'title'] as const) {
    assert.equal(new Set(TEMPLATES.map((template) => template[key])).size, TEMPLATES.length, key);
  }
  const used = new Set(TEMPLATES.flatMap(({ statements }) => blanksIn(statements)));
  assert.deepEqual(
    [...used].filter((name) => !Object.hasOwn(BLANKS, name)),
    [],
  );
  // One is asked for by a condition of the guided start.
  assert.deepEqual(
    Object.keys(BLANKS).filter((name) => !used.has(name as BlankName)),
    ['day'],
  );
});

test('no blank has the name of another question', () => {
  for (const name of ['who', 'when', 'what', 'never', 'services']) assert.ok(!Object.hasOwn(BLANKS, name), name);
});

test('the examples in blanks are answers that the blanks take', () => {
  for (const [name, { word, pattern }] of Object.entries(BLANKS)) {
    assert.match(word, new RegExp(`^(?:${pattern})$`, 'u'), name);
  }
});

test('a blank may be filled in several times', () => {
  const value = { one: '{bucket}/*', list: ['{bucket}', 'x'], '{branch}': '${aws:username} {table}' };
  assert.deepEqual(fillIn(value, { bucket: ['a', 'b'], branch: ['main'] }), {
    one: ['a/*', 'b/*'],
    list: ['a', 'b', 'x'],
    main: '${aws:username} MyTable',
  });
});

test('what completion writes is the template, as a document and as statements', () => {
  const documents = offerTemplates(undefined, 'document');
  const statements = offerTemplates(undefined, 'statement');
  assert.equal(documents.length, TEMPLATES.length);
  for (const [index, template] of TEMPLATES.entries()) {
    const policy = fillIn(policyOf(template.statements), {});
    const list = fillIn(template.statements, {});
    const [document, statement] = [documents[index], statements[index]];
    assert.ok(document && statement);
    assert.deepEqual(JSON.parse(plainSnippet(document.value)), policy);
    assert.deepEqual(JSON.parse(`{${plainSnippet(document.members?.[0] ?? '')}}`), policy);
    assert.deepEqual(JSON.parse(`[${plainSnippet(statement.value)}]`), list);
    const [members] = statement.members ?? [];
    assert.equal(members !== undefined, template.statements.length === 1, template.id);
    if (members !== undefined) assert.deepEqual([JSON.parse(`{${plainSnippet(members)}}`)], list);
  }
});

test('a blank is one stop, wherever it stands; variables of policies are none', () => {
  const [read] = offerTemplates({ kind: 'identity', service: null, confidence: 'certain' }, 'statement');
  assert.equal(
    read?.value,
    [
      '{',
      '\t"Sid": "ListBucket",',
      '\t"Effect": "Allow",',
      '\t"Action": "s3:ListBucket",',
      '\t"Resource": "arn:aws:s3:::${1:amzn-s3-demo-bucket}"',
      '\\},',
      '{',
      '\t"Sid": "ReadObjects",',
      '\t"Effect": "Allow",',
      '\t"Action": "s3:GetObject",',
      '\t"Resource": "arn:aws:s3:::${1:amzn-s3-demo-bucket}/*"',
      '\\}',
    ].join('\n'),
  );
});

test('where the kind is known, only its templates are offered', () => {
  const titles = (kind: 'trust' | 'resource' | 'scp', of: string | null = null) =>
    offerTemplates({ kind, service: of, confidence: 'certain' }, 'document').map(({ label }) => label);
  assert.ok(titles('trust').every((title) => title.startsWith('Trust ')));
  assert.ok(titles('scp').includes('Never leave the organization'));
  assert.ok(!titles('scp').includes('Read objects in S3'));
  assert.deepEqual(titles('resource', 'sqs'), ['Let an SNS topic send to the queue']);
  assert.ok(titles('resource').length > titles('resource', 's3').length);
  assert.deepEqual(titles('resource', 'lambda'), []);
});

test('completion offers templates where a policy or a statement may stand', () => {
  const empty = completeAt('|', { language: 'iam-policy', path: 'new.iam.json' });
  assert.ok(empty);
  assert.deepEqual(JSON.parse(empty.accept('Trust EC2 instances')), {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  });
  const among = completeAt('{ "Version": "2012-10-17", "Statement": [ | ] }', { kind: 'identity' });
  assert.ok(among && !among.labels.includes('Trust EC2 instances'));
  const { Statement } = JSON.parse(among.accept('Read objects in S3')) as { Statement: readonly unknown[] };
  assert.equal(Statement.length, 2);
  // A single place takes a single statement.
  const single = completeAt('{ "Version": "2012-10-17", "Statement": | }', { kind: 'identity' });
  assert.ok(single?.labels.includes('Assume a role') && !single.labels.includes('Read objects in S3'));
});
