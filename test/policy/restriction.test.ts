import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewPolicy } from '../../server/src/policy/model.ts';
import { type Restriction, restrictionOf } from '../../server/src/policy/restriction.ts';
import { parseJson } from '../../server/src/syntax/json.ts';

function judge(condition: object): Restriction {
  const tree = parseJson(JSON.stringify({ Effect: 'Allow', Condition: condition }), 'json');
  const [root] = tree.roots;
  assert.ok(root);
  const [statement] = viewPolicy(tree, root, 'statement').statements;
  assert.ok(statement);
  return restrictionOf(statement.conditions);
}

function judgeAll(expected: Restriction, conditions: readonly object[]): void {
  for (const condition of conditions) assert.equal(judge(condition), expected, JSON.stringify(condition));
}

test('known accounts, organizations and principals restrict', () => {
  judgeAll('identity', [
    { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    { StringEquals: { 'AWS:principalaccount': ['123456789012', '210987654321'] } },
    { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/*' } },
    { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/*' } },
    { StringLike: { 'aws:userid': 'AROAQXYZEXAMPLE12345:*' } },
    { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::reports' } },
    { Bool: { 'aws:PrincipalIsAWSService': 'true' } },
    { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
    // It matches nobody, which is not everybody.
    { StringEquals: { 'aws:PrincipalAccount': '1234*' } },
    { StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' } },
    { StringEquals: { 'aws:PrincipalOrgID': '{{ organization }}' } },
    { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:SourceAccount': '123456789012' } },
  ]);
});

test('known networks restrict less', () => {
  judgeAll('network', [
    { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } },
    { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
    { StringEquals: { 'aws:SourceVpc': '${Vpc}' } },
  ]);
});

test('what the caller chooses, what nearly everybody meets, and what need not be met restricts nothing', () => {
  judgeAll('none', [
    {},
    { StringEquals: { 'sts:ExternalId': 'partner-7391' } },
    { StringEquals: { 'aws:PrincipalTag/team': 'web' } },
    { StringLike: { 'aws:referer': 'https://example.com/*' } },
    { Bool: { 'aws:SecureTransport': 'true' } },
    { StringLike: { 'aws:PrincipalOrgID': '*' } },
    { StringLike: { 'aws:PrincipalAccount': ['123456789012', '*'] } },
    { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy' } },
    { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::${aws:PrincipalAccount}:role/deploy' } },
    { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } },
    { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    { 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' } },
    { Null: { 'aws:PrincipalOrgID': 'false' } },
    { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
    { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
    { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
    { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '32.0.0.0/4'] } },
    { IpAddress: { 'aws:SourceIp': '2000::/3' } },
  ]);
});
