import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/base/text-edit.ts';
import type { Analysis, Workspace } from '../../server/src/service.ts';
import { service } from '../harness/data.ts';

const TRUST = `{ "Version": "2012-10-17", "Statement": { "Sid": "Pipeline", "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/pipeline" }, "Action": "sts:AssumeRole" } }`;
const PERMISSIONS = `{ "Version": "2012-10-17", "Statement": [
  { "Sid": "Reports", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" } ] }`;
const BUCKET = `{ "Version": "2012-10-17", "Statement": [
  { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/deploy" }, "Action": "s3:GetObject",
    "Resource": ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"] } ] }`;
const PASS = `{ "Version": "2012-10-17", "Statement": [
  { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::444455556666:role/Deploy-Role" },
  { "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::\${Bucket}/*" } ] }`;

const FILES: Readonly<Record<string, string>> = {
  'roles/deploy-role/trust-policy.json': TRUST,
  'roles/deploy-role/permissions.json': PERMISSIONS,
  'reports-bucket-policy.json': BUCKET,
  'user.json': PASS,
};

function analyze(path: string): Analysis {
  return service.analyze({ path: `/team/${path}`, text: FILES[path] ?? '' });
}

function fill(): Workspace {
  const workspace = service.createWorkspace();
  for (const path of Object.keys(FILES)) workspace.set(path, analyze(path));
  return workspace;
}

/** The place of a word of a file. */
const offsetOf = (path: string, word: string): number => {
  const offset = (FILES[path] ?? '').indexOf(word);
  assert.ok(offset >= 0, `no ${word} in ${path}`);
  return offset;
};

const definitions = (path: string, word: string): readonly string[] =>
  fill()
    .definitions(path, analyze(path), offsetOf(path, word))
    .map(({ uri }) => uri);

const references = (path: string, word: string): readonly string[] =>
  fill()
    .references(analyze(path), offsetOf(path, word))
    .map(({ uri, range }) => `${uri}:${range.start.line + 1}`);

test('a role is at home in its trust policy, then in its permission policy', () => {
  const homes = ['roles/deploy-role/trust-policy.json', 'roles/deploy-role/permissions.json'];
  assert.deepEqual(definitions('reports-bucket-policy.json', 'deploy"'), homes);
  // On the part of the ARN that is no name, the ARN is meant, and so its name; case and hyphens do not matter.
  assert.deepEqual(definitions('user.json', 'arn:aws:iam'), homes);
});

test('a bucket is at home in its bucket policy', () => {
  assert.deepEqual(definitions('roles/deploy-role/permissions.json', 'reports/*'), ['reports-bucket-policy.json']);
});

test('what has no home leads to where else it is named', () => {
  assert.deepEqual(definitions('roles/deploy-role/trust-policy.json', 'pipeline"'), []);
  assert.deepEqual(definitions('roles/deploy-role/trust-policy.json', '111122223333'), ['reports-bucket-policy.json']);
  assert.deepEqual(definitions('roles/deploy-role/trust-policy.json', 'Pipeline'), [
    'roles/deploy-role/trust-policy.json',
  ]);
  assert.deepEqual(definitions('user.json', 's3:*'), []);
});

test('references to names, account ids and actions go through all files', () => {
  assert.deepEqual(references('roles/deploy-role/permissions.json', 'reports/*'), [
    'roles/deploy-role/permissions.json:2',
    'reports-bucket-policy.json:3',
    'reports-bucket-policy.json:3',
  ]);
  assert.deepEqual(references('reports-bucket-policy.json', 's3:GetObject'), [
    'roles/deploy-role/permissions.json:2',
    'reports-bucket-policy.json:2',
  ]);
  assert.deepEqual(references('reports-bucket-policy.json', 'Effect'), []);
});

test('symbols are found by letters in order', () => {
  const workspace = fill();
  const found = (query: string) => workspace.symbols(query).map(({ name, container }) => [name, container]);
  assert.deepEqual(found('pipeline'), [['Pipeline', 'deploy-role/trust-policy.json']]);
  assert.deepEqual(found('DEPL TRUST'), [
    ['trust-policy.json', 'deploy-role · Trust policy'],
    ['Pipeline', 'deploy-role/trust-policy.json'],
  ]);
  assert.equal(found('').length, 9);
  assert.deepEqual(found('zzz'), []);
});

test('names for completion: the most used first, without stand-ins', () => {
  assert.deepEqual(fill().names(), {
    accounts: ['111122223333', '444455556666'],
    arns: [
      'arn:aws:s3:::reports/*',
      'arn:aws:iam::111122223333:role/deploy',
      'arn:aws:iam::111122223333:role/pipeline',
      'arn:aws:iam::444455556666:role/Deploy-Role',
      'arn:aws:s3:::reports',
    ],
  });
});

test('a file that changes or goes takes its names along', () => {
  const workspace = fill();
  assert.equal(workspace.size, 4);
  workspace.set('user.json', service.analyze({ path: '/team/user.json', text: '{"name": "no policy"}' }));
  assert.deepEqual(workspace.names().accounts, ['111122223333']);
  workspace.delete('reports-bucket-policy.json');
  assert.equal(workspace.size, 2);
  assert.equal(workspace.names().arns.includes('arn:aws:s3:::reports'), false);
  workspace.clear();
  assert.deepEqual([workspace.size, workspace.symbols('')], [0, []]);
});

/** All files after a rename, or why there is none. */
function rename(path: string, word: string, name: string): string | Readonly<Record<string, string>> {
  const workspace = fill();
  const renaming = service.prepareRename(analyze(path), offsetOf(path, word));
  assert.ok(renaming);
  if (!renaming.ok) return renaming.why;
  const { mention } = renaming;
  const why = service.refuseName(analyze(path), mention, name);
  if (why !== undefined) return why;
  const changed = (mention.kind === 'sid' ? [path] : workspace.filesThatName(mention)).map((uri) => {
    const file = analyze(uri);
    return [uri, applyEdits(file.input.text, service.renameIn(file, mention, name))] as const;
  });
  return Object.fromEntries(changed);
}

test('a bucket is renamed in all files', () => {
  assert.deepEqual(rename('roles/deploy-role/permissions.json', 'reports/*', 'archive'), {
    'roles/deploy-role/permissions.json': PERMISSIONS.replace(':::reports', ':::archive'),
    'reports-bucket-policy.json': BUCKET.replaceAll(':::reports', ':::archive'),
  });
});

test('a role is renamed, a user of the same name and a role of another account are not', () => {
  assert.deepEqual(rename('reports-bucket-policy.json', 'deploy"', 'release'), {
    'reports-bucket-policy.json': BUCKET.replace('role/deploy', 'role/release'),
  });
});

test('an account id is renamed in all files', () => {
  assert.deepEqual(rename('reports-bucket-policy.json', '111122223333', '000011112222'), {
    'roles/deploy-role/trust-policy.json': TRUST.replace('111122223333', '000011112222'),
    'reports-bucket-policy.json': BUCKET.replace('111122223333', '000011112222'),
  });
});

test('an account id that is a number becomes a string', () => {
  const text = '{"Effect": "Allow", "Condition": {"StringEquals": {"aws:SourceAccount": 111122223333}}, "Action": "*"}';
  const file = service.analyze({ path: 'a.json', text });
  const renaming = service.prepareRename(file, text.indexOf('1111'));
  assert.ok(renaming?.ok);
  assert.equal(
    applyEdits(text, service.renameIn(file, renaming.mention, '000011112222')),
    text.replace('111122223333', '"000011112222"'),
  );
});

test('a Sid is renamed where it stands', () => {
  assert.deepEqual(rename('roles/deploy-role/permissions.json', 'Reports', 'ReadReports'), {
    'roles/deploy-role/permissions.json': PERMISSIONS.replace('"Reports"', '"ReadReports"'),
  });
});

const REFUSED: readonly (readonly [path: string, word: string, name: string, why: string])[] = [
  [
    'user.json',
    'iam:PassRole',
    'x',
    'Only a Sid, an account id or a name in an ARN can be renamed. Place the cursor on one.',
  ],
  [
    'user.json',
    'Effect',
    'x',
    'Only a Sid, an account id or a name in an ARN can be renamed. Place the cursor on one.',
  ],
  ['user.json', '${Bucket}', 'x', "'${Bucket}' is not one name: it holds a wildcard or a variable."],
  ['user.json', '444455556666', '12345', "'12345' is not an account id: those have twelve digits."],
  ['user.json', 'Deploy-Role', 'a*', "'a*' holds a wildcard, so it is not one name."],
  ['user.json', 'Deploy-Role', 'a:b', "'a:b' holds a colon, which parts the fields of an ARN."],
  ['user.json', 'Deploy-Role', 'a"b', "'a\"b' holds a character that no name has."],
  ['user.json', 'Deploy-Role', '', 'A name cannot be empty.'],
  [
    'user.json',
    'Deploy-Role',
    'a/b',
    "'a/b' is not the name of a role or user: 1 to 64 letters, digits and + = , . @ _ -.",
  ],
  [
    'roles/deploy-role/permissions.json',
    'reports/*',
    'Reports',
    "'Reports' is not the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens.",
  ],
  ['roles/deploy-role/permissions.json', 'Reports', '', 'A Sid cannot be empty.'],
  [
    'roles/deploy-role/permissions.json',
    'Reports',
    'read-reports',
    "'read-reports' will not do: a Sid may hold only letters A-Z, a-z and digits here.",
  ],
];

for (const [path, word, name, why] of REFUSED) {
  test(`${word} is not renamed to '${name}'`, () => assert.equal(rename(path, word, name), why));
}

test('a Sid that another statement has is refused, its own is not', () => {
  const text = '[{"Sid": "A", "Effect": "Allow", "Action": "*"}, {"Sid": "B", "Effect": "Allow", "Action": "*"}]';
  const file = service.analyze({ path: 'a.json', text });
  const renaming = service.prepareRename(file, text.indexOf('A"'));
  assert.ok(renaming?.ok);
  assert.equal(
    service.refuseName(file, renaming.mention, 'B'),
    "Another statement of this policy has the Sid 'B' already.",
  );
  assert.equal(service.refuseName(file, renaming.mention, 'A'), undefined);
});

test('what AWS owns, and what a variable fills in, is not renamed', () => {
  for (const arn of ['arn:aws:iam::aws:policy/ReadOnly@Access', 'arn:aws:s3:::${aws:PrincipalTag/team@}/*']) {
    const text = `{"Effect": "Allow", "Action": "*", "Resource": "${arn}"}`;
    const file = service.analyze({ path: 'a.json', text: text.replace('@', '') });
    assert.equal(service.prepareRename(file, text.indexOf('@'))?.ok, false, arn);
  }
});

test('outside a policy nothing is renamed, and nothing is said', () => {
  const text = '{"name": "arn:aws:s3:::reports"}';
  assert.equal(service.prepareRename(service.analyze({ path: 'a.json', text }), text.indexOf('reports')), undefined);
});
