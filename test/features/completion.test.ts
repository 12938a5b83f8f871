import assert from 'node:assert/strict';
import { test } from 'node:test';
import { USUAL_ACTIONS } from '../../server/src/features/completion/usual-actions.ts';
import { completeAt, detailOf, first, labels, statement } from '../harness/completion.ts';
import { catalogue } from '../harness/data.ts';

const documentationOf = (label: string, marked: string): string => {
  const documentation = completeAt(marked)?.items.find((one) => one.label === label)?.documentation;
  return (typeof documentation === 'function' ? documentation() : documentation) ?? '';
};

test('elements that are legal here and not yet there, those that are needed first', () => {
  assert.deepEqual(first(2, '{"Version":"2012-10-17","|"}'), ['Statement', 'Id']);
  assert.deepEqual(first(2, '{"Version":"2012-10-17","Statement":[{"|"}]}'), ['Sid', 'Effect']);
  assert.deepEqual(labels(statement('"Action":"s3:GetObject","|"'), { kind: 'identity' }), [
    'Resource',
    'Resource […]',
    'Condition',
    'Sid',
    'NotResource',
  ]);
  assert.deepEqual(labels(statement('"Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole",|')), [
    'Condition',
    'Sid',
  ]);
  assert.ok(!labels('{"Statement":[{"Effect":"Deny","Principal":"*","|"}]}', { kind: 'rcp' }).includes('NotAction'));
});

test('a first statement may still become one of a resource policy', () => {
  assert.equal(labels(statement('"Action":"s3:GetObject","|"')).at(-1), 'Principal');
  assert.ok(!labels(statement('"Action":"s3:GetObject","|"'), { path: 'permissions.json' }).includes('Principal'));
});

test('a name that the member itself has counts as free', () => {
  const renamed = labels(statement('"Resource|":"*"'), { kind: 'identity' });
  assert.deepEqual(renamed, ['Action', 'Resource', 'Condition', 'Sid', 'NotAction', 'NotResource']);
  assert.deepEqual(labels('{"Statement|":[{"Effect":"Allow"}]}'), ['Version', 'Statement', 'Id']);
});

test('whole policies do not come before an element because they bring their quotation mark', () => {
  const { items, list } = completeAt('{\n  "|"\n}', { path: 'deploy-trust-policy.json', language: 'iam-policy' }) ?? {};
  assert.deepEqual(
    items?.slice(0, 4).map(({ filter, span }) => [filter, span ?? list?.span]),
    [
      ['"Version', { start: 4, end: 6 }],
      ['"Statement', { start: 4, end: 6 }],
      ['"Id', { start: 4, end: 6 }],
      ['"IAM trust policy', { start: 4, end: 6 }],
    ],
  );
});

test('an empty object in a JSON file: elements, and what its name speaks of', () => {
  const bucket = first(4, '{\n  "Ver|"\n}', { path: 'team-bucket-policy.json' });
  assert.deepEqual(bucket, ['Version', 'Statement', 'Id', 'IAM policy']);
  assert.deepEqual(first(1, '|', { path: 'deploy/trust-policy.json' }), ['IAM trust policy']);
  assert.deepEqual(first(1, '// who may read\n{\n  "|"\n}', { path: 'team-policy.jsonc' }), ['Version']);
  assert.deepEqual(labels('{\n  "Ver|"\n}', { path: 'package.json' }), []);
});

test('part of a name leaves the actions that hold its letters, two of them swapped or not, and is asked for again', () => {
  const of = (typed: string) => completeAt(statement(`"Action":"ec2:${typed}|"`));
  const all = of('');
  assert.equal(all?.list.incomplete, false);
  const actions = catalogue.service('ec2')?.actions.size ?? 0;
  assert.ok(all && all.labels.length > actions);
  for (const typed of ['DescIns', 'describeinst', 'Decsribe']) {
    const part = of(typed);
    assert.ok(part);
    assert.ok(part.labels.includes('ec2:DescribeInstances'), typed);
    assert.ok(!part.labels.includes('ec2:RunInstances'), typed);
    assert.ok(part.list.incomplete);
  }
});

test('the list opens again where a value is wanted', () => {
  const again = (label: string, marked: string) =>
    completeAt(marked, { kind: 'identity' })?.items.find((one) => one.label === label)?.again;
  assert.equal(again('Version', '{"|","Statement":[]}'), false);
  assert.equal(again('Action', statement('"|"')), true);
  assert.equal(again('Effect', '{"Statement":[{"|"}]}'), false, 'a choice is a list of its own');
});

test('who denies, or guards an endpoint, means everybody', () => {
  const principal = (effect: string, kind: string) =>
    completeAt(`{"Statement":[{"Effect":"${effect}","|"}]}`, { kind })?.acceptSnippet('Principal');
  assert.equal(principal('Deny', 'resource:s3'), '{"Statement":[{"Effect":"Deny","Principal": "*"}]}');
  assert.equal(principal('Allow', 'vpc-endpoint'), '{"Statement":[{"Effect":"Allow","Principal": "*"}]}');
  assert.equal(principal('Allow', 'resource:s3'), '{"Statement":[{"Effect":"Allow","Principal": { $1 }}]}');
});

test('a statement with a principal and no resource may become a trust policy', () => {
  const service = statement('"Principal":{"Service":"lambda.amazonaws.com"},"Action":"|"');
  assert.deepEqual(first(2, service), ['sts:AssumeRole', 'cloudformation:']);
  assert.ok(
    !labels(statement('"Principal":{"Service":"lambda.amazonaws.com"},"Action":"|","Resource":"*"')).includes(
      'sts:AssumeRole',
    ),
  );
  const provider = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
  assert.equal(
    first(1, statement(`"Principal":{"Federated":"${provider}"},"Action":"|"`))[0],
    'sts:AssumeRoleWithWebIdentity',
  );
});

test('Effect and Version', () => {
  assert.deepEqual(labels('{"Version":"2012-10-17","Statement":[{"Effect":"|"}]}'), ['Allow', 'Deny']);
  assert.equal(completeAt('{"Statement":[{"Effect": |}]}')?.accept('Deny'), '{"Statement":[{"Effect": "Deny"}]}');
  assert.deepEqual(labels('{"Version":"|","Statement":[]}'), ['2012-10-17', '2008-10-17']);
  assert.deepEqual(labels('{"Statement":[{"Effect":"|","Principal":"*"}]}', { kind: 'rcp' }), ['Deny']);
});

test('the closing quotation mark takes the chosen word only where no other word is right', () => {
  const commit = (marked: string) => completeAt(marked)?.list.commitCharacters;
  assert.deepEqual(commit('{"Version":"2012-10-17","Statement":[{"Effect":"|"}]}'), ['"']);
  assert.deepEqual(commit(statement('"Condition":{"Bool":{"aws:SecureTransport":"|"}}')), ['"']);
  assert.deepEqual(commit(statement('"Condition":{"StringEquals":{"aws:RequestedRegion":"|"}}')), []);
  assert.deepEqual(commit(statement('"Action":"s3:|"')), []);
  assert.deepEqual(commit(statement('"Action":"s3:GetObject","Resource":"|"')), []);
});

test('a service first, those in use before the others', () => {
  const services = labels(statement('"Action":["sqs:SendMessage","|"]'));
  assert.equal(services[0], 'sqs:');
  assert.ok(services.includes('s3:') && services.includes('ec2:'));
  assert.equal(services.at(-1), '*');
  assert.equal(detailOf('s3:', statement('"Action":"|"')), 'Amazon S3');
});

test('the services that the resources of the statement belong to, then those that most policies are about', () => {
  const services = labels(statement('"Action":"|","Resource":"arn:aws:workspaces:eu-west-1:111122223333:workspace/x"'));
  assert.deepEqual(services.slice(0, 3), ['workspaces:', 'cloudformation:', 'cloudwatch:']);
  assert.ok(services.indexOf('a2c:') > services.indexOf('sts:'));
});

test('a service is found by the name of its product', () => {
  assert.equal(first(1, statement('"Action":"eventbri|"'))[0], 'events:');
  assert.equal(first(1, statement('"Action":"eventbridge:|"'))[0], 'events:PutEvents');
});

test('all actions of a service at once, so that the client narrows them itself', () => {
  const completed = completeAt(statement('"Action":"s3:|"'));
  assert.ok(completed);
  assert.equal(completed.list.incomplete, false);
  for (const { id } of catalogue.service('s3')?.actions.values() ?? []) assert.ok(completed.labels.includes(id), id);
  assert.equal(completeAt(statement('"Action":"|"'))?.list.incomplete, true);
});

test('the access level beside an action, what it does and works on in its documentation', () => {
  const marked = statement('"Action":"s3:|"');
  assert.equal(detailOf('s3:GetObject', marked), 'Read');
  assert.match(documentationOf('s3:GetObject', marked), /Access level: Read\n- Works on: .*`object`/);
  assert.match(documentationOf('s3:ListAllMyBuckets', marked), /only `"Resource": "\*"` matches it/);
});

test('actions are found without their service', () => {
  assert.equal(first(1, statement('"Action":"getobj|"'))[0], 's3:GetObject');
  const found = labels(statement('"Action":["connect:GetContactAttributes","startchat|"]'));
  assert.equal(found[0], 'connect:StartChatContact', 'those of services in use first');
  const all = completeAt(statement('"Action":"get|"'))?.items.filter(({ kind }) => kind === 'action') ?? [];
  assert.equal(all.length, 51, 'fifty of very many, and the star');
  assert.ok(!labels(statement('"Action":"sq|"')).includes('sqs:SendMessage'), 'the beginning of a service is one');
});

test('wildcards say how much they match, and which', () => {
  const count = catalogue.expandAction('s3:Get*').length;
  const marked = statement('"Action":"s3:|"');
  assert.equal(detailOf('s3:Get*', marked), `matches ${count} actions`);
  assert.match(documentationOf('s3:Get*', marked), new RegExp(`^Matches ${count} actions today: \`Get`));
  assert.ok(labels(marked).indexOf('s3:Get*') > labels(marked).indexOf('s3:UpdateObjectEncryption'));
  assert.equal(labels(marked).at(-1), 's3:*');
});

test('what is typed becomes a wildcard when several actions begin so', () => {
  const objects = catalogue.expandAction('s3:GetObject*').length;
  const typed = statement('"Action":"s3:getobject|"');
  assert.equal(detailOf('s3:GetObject*', typed), `matches ${objects} actions`);
  assert.equal(
    detailOf('s3:*Acl', statement('"Action":"s3:*Acl|"')),
    `matches ${catalogue.expandAction('s3:*Acl').length} actions`,
  );
  assert.ok(!labels(statement('"Action":"s3:ListAllMyB|"')).includes('s3:ListAllMyB*'));
});

test('neither what the list holds nor what a wildcard in it covers', () => {
  const actions = labels(statement('"Action":["s3:GetObject","s3:|"]'));
  assert.ok(!actions.includes('s3:GetObject') && actions.includes('s3:PutObject'));
  const others = labels(statement('"Action":["s3:Get*","s3:|"]'));
  assert.ok(!others.some((label) => label.startsWith('s3:Get')) && others.includes('s3:PutObject'));
  assert.ok(!labels(statement('"Action":["s3:*","|"]')).includes('s3:'));
});

test('a trust policy: first what its Principal needs, and nothing that cannot work', () => {
  const options = { kind: 'trust' };
  const actions = (principal: string) => labels(statement(`"Principal":${principal},"Action":"|"`), options);
  assert.deepEqual(actions('{"AWS":"111122223333"}'), [
    'sts:AssumeRole',
    'sts:TagSession',
    'sts:SetSourceIdentity',
    'sts:SetContext',
  ]);
  assert.equal(
    actions('{"Federated":"arn:aws:iam::111122223333:oidc-provider/gitlab.com"}')[0],
    'sts:AssumeRoleWithWebIdentity',
  );
  assert.equal(actions('{"Federated":"arn:aws:iam::111122223333:saml-provider/corp"}')[0], 'sts:AssumeRoleWithSAML');
  assert.deepEqual(actions('{"Service":"pods.eks.amazonaws.com"}').slice(0, 3), [
    'sts:AssumeRole, sts:TagSession',
    'sts:AssumeRole',
    'sts:TagSession',
  ]);
  const pods = statement('"Principal":{"Service":"pods.eks.amazonaws.com"},"Action":"|"');
  assert.equal(
    completeAt(pods, options)?.accept('sts:AssumeRole, sts:TagSession'),
    pods.replace('"|"', '["sts:AssumeRole", "sts:TagSession"]'),
  );
  assert.deepEqual(first(2, pods.replace('"|"', '["|"]'), options), ['sts:AssumeRole', 'sts:TagSession']);
  assert.equal(actions('{"Service":"ec2.amazonaws.com"}').includes('sts:AssumeRoleWithSAML'), false);
  assert.equal(actions('{}').length, 6);
});

test('the usual actions of a service first, and all of them exist', () => {
  assert.deepEqual(first(3, statement('"Action":"s3:|"')), ['s3:GetObject', 's3:PutObject', 's3:ListBucket']);
  assert.deepEqual(first(3, statement('"Action":"kms:|"')), ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey']);
  for (const id of USUAL_ACTIONS.keys()) {
    const [prefix = '', name = ''] = id.split(':');
    assert.equal(catalogue.action(prefix, name)?.id, id);
  }
});

test('a resource policy: the actions of its service first; a resource control policy: services it works for', () => {
  const actions = labels(statement('"Principal":"*","Action":"|"'), { kind: 'resource:sqs' });
  assert.equal(actions[0], 'sqs:SendMessage');
  const services = labels('{"Statement":[{"Effect":"Deny","Principal":"*","Action":"|"}]}', { kind: 'rcp' });
  assert.ok(services.includes('s3:') && !services.includes('ec2:') && !services.includes('*'));
});

test('half-typed text', () => {
  assert.ok(
    labels('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get|').includes('s3:GetObject'),
  );
  assert.ok(labels('{"Statement":[{"Effect":"Allow","Action":["s3:GetObject", "s3:|').includes('s3:PutObject'));
});

test('nothing whose place would reach over a line break, which editors refuse', () => {
  const broken = '"Resource":"arn:aws:iam:\\\nu003a|x"';
  assert.deepEqual(labels(statement(`"Action":"iam:PassRole",${broken}`)), []);
  assert.notDeepEqual(labels(statement('"Action":"iam:PassRole","Resource":"arn:aws:iam:|"')), []);
});

test('a service control policy that denies everything but some actions spares those without a Region first', () => {
  const spared = (kind: string) =>
    labels('{"Statement":[{"Effect":"Deny","NotAction":["|"],"Resource":"*"}]}', { kind });
  assert.deepEqual(spared('scp').slice(0, 3), ['account:', 'aws-marketplace:', 'billing:']);
  assert.equal(spared('identity')[0], 'cloudformation:');
  assert.ok(labels('{"Statement":[{"Effect":"Deny","|"}]}', { kind: 'scp' }).includes('NotAction […]'));
});

test('condition operators, keys and values', () => {
  assert.ok(labels(statement('"Action":"s3:ListBucket","Resource":"*","Condition":{"|"}')).includes('StringEquals'));
  const keys = labels(statement('"Action":"s3:ListBucket","Resource":"*","Condition":{"StringEquals":{"|"}}'));
  assert.ok(keys.indexOf('s3:prefix') >= 0 && keys.indexOf('s3:prefix') < keys.indexOf('aws:PrincipalOrgID'));
  assert.ok(!keys.includes('aws:SecureTransport'), 'a Bool key does not fit StringEquals');
  assert.deepEqual(labels(statement('"Condition":{"Bool":{"aws:SecureTransport":"|"}}')), ['true', 'false']);
  assert.ok(
    labels(statement('"Condition":{"StringEquals":{"aws:RequestedRegion":["eu-west-1","|"]}}')).includes(
      'eu-central-1',
    ),
  );
});

test('a bare statement', () => {
  assert.ok(labels('{"Effect":"Allow","Action":"s3:|","Resource":"*"}').includes('s3:GetObject'));
  assert.ok(labels('{"Effect":"Allow","Action":"s3:GetObject","|"}').includes('Resource'));
});

test('files without a policy get nothing; whole policies only in empty ones', () => {
  assert.equal(completeAt('{"name":"x","scripts":{"|"}}', { path: 'package.json' }), undefined);
  assert.equal(completeAt('{"|"}', { path: 'package.json' }), undefined);
  assert.equal(completeAt('{"name":"x",|}', { path: 'package.json' }), undefined);
  assert.ok(labels('{"|"}', { path: 'team/trust.json' }).includes('IAM trust policy'));
  assert.ok(labels('{|}', { path: 'new.json' }).includes('IAM permission policy'));
});
