/**
 * Whatever stands in a policy or in the names of accounts, what editors show of it is on one line, ends, steers nothing,
 * and is no icon.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unlinked } from '../../server/src/base/quote.ts';
import { DEFAULT_EDITOR_SETTINGS, DEFAULT_SETTINGS, type KindSetting } from '../../server/src/lint/settings.ts';
import { type PolicySymbol, titleOf } from '../../server/src/service.ts';
import { service } from '../harness/data.ts';

const ATTACKS = [
  'x\nBEGIN\r\ny\u2028z',
  '\u001b[31mred\u001b]8;;https://evil.example\u0007',
  '\u009b31m\u0000\u007f',
  'a\u202eb\u2066c\u200fd\u200be\ufefff',
  '$(verified) checked',
  'L'.repeat(5000),
] as const;

const KINDS: readonly (KindSetting | undefined)[] = [undefined, 'identity', 'trust', 'resource:s3'];

const SETTINGS = { ...DEFAULT_SETTINGS, persona: 'auditor' } as const;

/** A policy with a text in every place that a person may fill. */
function poison(attack: string): string {
  const own = (...parts: readonly string[]): readonly string[] => [attack, ...parts.map((part) => `${part}${attack}`)];
  return JSON.stringify({
    Version: attack,
    Id: attack,
    Statement: [
      {
        Sid: attack,
        Effect: 'Allow',
        Principal: {
          AWS: own('arn:aws:iam::111122223333:role/'),
          Federated: own('arn:aws:iam::111122223333:saml-provider/'),
          Service: own('lambda.amazonaws.com'),
          [attack]: 'x',
        },
        Action: ['s3:GetObject', ...own('s3:', 's3:Get*')],
        Resource: own('arn:aws:s3:::', 'arn:aws:s3:::b/${aws:', 'arn:aws:kms:eu-west-1:111122223333:key/', 'arn:'),
        Condition: {
          StringLike: { 'aws:PrincipalTag/x': attack, [`aws:PrincipalTag/${attack}`]: [attack], [attack]: attack },
          [attack]: { 'aws:SourceArn': attack },
          IpAddress: { 'aws:SourceIp': attack },
        },
      },
      { Sid: `Read ${attack}`, Effect: attack, NotAction: attack, NotResource: attack, [attack]: attack },
    ],
  });
}

/** A Markdown text of ours has line breaks; nothing of a document has. */
function check(text: string, what: string, most = 2000): void {
  assert.doesNotMatch(text, /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u, what);
  assert.ok(text.length <= most, `${what}: ${text.length} characters`);
}

for (const attack of ATTACKS) {
  test(`${JSON.stringify(attack.slice(0, 30))} stays words`, () => {
    const text = poison(attack);
    const editor = { ...DEFAULT_EDITOR_SETTINGS, accounts: { '111122223333': attack } };
    const known = { accounts: ['111122223333'], arns: [`arn:aws:s3:::${attack}`], accountNames: editor.accounts };
    let findings = 0;
    for (const kind of KINDS) {
      const analysis = service.analyze({ path: 'policy.json', text, ...(kind && { kind }) }, SETTINGS);
      for (const { message, related, fixes, rule } of analysis.findings) {
        findings++;
        check(message, rule);
        for (const one of related) check(one.message, `${rule}, related`);
        for (const fix of fixes()) check(titleOf(fix), `${rule}, fix`);
      }
      for (const { classification } of analysis.policies) {
        for (const { text: reason } of classification.evidence) check(reason, 'evidence');
        assert.match(classification.service ?? '', /^[\w-]{0,60}$/);
      }
      for (const lens of service.lenses(analysis, editor.lens)) {
        const words = service.sayLens(lens, editor.accounts);
        check(words, 'lens');
        assert.doesNotMatch(words, /\$\(/);
      }
      for (const { label, tooltip } of service.hints(analysis, { start: 0, end: text.length }, editor)) {
        check(label, 'hint', 60);
        check(tooltip().replaceAll('\n', ' '), 'hint, tooltip');
      }
      const visit = ({ name, detail, children }: PolicySymbol): void => {
        check(name, 'symbol', 400);
        check(detail, 'symbol, detail', 400);
        children.forEach(visit);
      };
      service.symbols(analysis).forEach(visit);
      const step = Math.ceil(text.length / 300);
      for (let offset = 0; offset <= text.length; offset += step) {
        const hover = service.hover(analysis, offset, { accounts: editor.accounts });
        if (hover) check(hover.markdown.replaceAll('\n', ' '), `hover at ${offset}`, 20_000);
        for (const fix of service.rewritesAt(analysis, { start: offset, end: offset })) check(titleOf(fix), 'rewrite');
        for (const { documentation } of service.complete(analysis, offset, known)?.items.slice(0, 40) ?? []) {
          const markdown = typeof documentation === 'function' ? documentation() : documentation;
          if (markdown !== undefined) check(markdown.replaceAll('\n', ' '), 'completion', 20_000);
        }
      }
    }
    assert.ok(findings > 10, String(findings));
  });
}

const many = (count: number, make: (index: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, index) => make(index));

const LONG = 1_000_000;

/** One long text that thousands of findings could each repeat. */
const REPEATED: Readonly<Record<string, object>> = {
  'a resource that covers the others': {
    Resource: [`arn:aws:s3:::b/${'*'.repeat(LONG)}`, ...many(3000, (index) => `arn:aws:s3:::b/${index}`)],
  },
  'a value that covers the others': {
    Condition: { StringLike: { 'aws:PrincipalTag/a': ['*'.repeat(LONG), ...many(2000, (index) => `a*${index}`)] } },
  },
  'the key of many values': {
    Condition: { IpAddress: { [`aws:SourceIp${'x'.repeat(LONG)}`]: many(2000, (index) => `10.0.${index}.1/8`) } },
  },
  'the operator of many keys': {
    Condition: {
      [`String${'x'.repeat(LONG)}`]: Object.fromEntries(
        many(2000, (index) => `aws:Foo${index}`).map((key) => [key, 'x']),
      ),
    },
  },
  'the type of many principals': { Principal: { ['x'.repeat(LONG)]: many(2000, (index) => `a*${index}`) } },
  'the service of many actions': { Action: many(200, (index) => `${'x'.repeat(LONG / 100)}:A${index}`) },
};

/** Of the processor. Linear work takes a tenth of it. */
const MOST_MS = 5000;

for (const [name, elements] of Object.entries(REPEATED)) {
  test(`findings do not repeat a long text: ${name}`, () => {
    const before = process.cpuUsage();
    const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...elements };
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    for (const kind of [undefined, 'resource:s3'] as const) {
      const { findings } = service.analyze({ path: 'a.json', text, ...(kind && { kind }) }, SETTINGS);
      const length = findings.reduce((sum, { message }) => sum + message.length, 0);
      assert.ok(length < 2 * findings.length * 1000 + 1000, `${length} characters in ${findings.length} findings`);
    }
    const { user } = process.cpuUsage(before);
    assert.ok(user / 1000 < MOST_MS, `${(user / 1000).toFixed()} ms`);
  });
}

test('a notification has no links, whatever it quotes', () => {
  const text = "'[Mend](command:workbench.action.terminal.new)' is no name.";
  assert.equal(unlinked(text), "'[Mend] (command:workbench.action.terminal.new)' is no name.");
});
