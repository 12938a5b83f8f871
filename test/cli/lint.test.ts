import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { BROKEN, CLEAN, makeFolder, runCli, TRUST } from './run-cli.ts';

test('a finding reads like that of a good compiler', async () => {
  const cwd = makeFolder({ 'a/policy.json': BROKEN });
  const { code, stdout, stderr } = await runCli(['lint', 'a/policy.json'], { cwd });
  assert.equal(
    stdout,
    `a/policy.json:3:29 error[effect-invalid] 'allow' is not an Effect; did you mean 'Allow'?
3 |   "Statement": [{ "Effect": "allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }]
  |                             ^^^^^^^
  fix: Change to Allow

a/policy.json: identity policy (likely)
1 file, 1 policy: 1 error
`,
  );
  assert.equal(stderr, '');
  assert.equal(code, 1);
});

test('a clean policy says what it was taken for and exits with 0', async () => {
  const cwd = makeFolder({ 'role-trust-policy.json': TRUST });
  const { code, stdout, stderr } = await runCli(['lint', 'role-trust-policy.json'], { cwd });
  assert.equal(stdout, 'role-trust-policy.json: trust policy (certain)\n1 file, 1 policy: nothing to report\n');
  assert.equal(stderr, '');
  assert.equal(code, 0);
});

test('--quiet prints findings only', async () => {
  const cwd = makeFolder({ 'clean.json': CLEAN });
  assert.deepEqual(await runCli(['lint', '--quiet', 'clean.json'], { cwd }), { code: 0, stdout: '', stderr: '' });
});

test('folders are searched for JSON, without hidden folders, node_modules and what holds no policy', async () => {
  const cwd = makeFolder({
    'b.json': CLEAN,
    'a/deep/trust.jsonc': `// who may take the role on\n${TRUST}`,
    'package.json': '{ "name": "x", "dependencies": {} }',
    'notes.txt': BROKEN,
    '.hidden/x.json': BROKEN,
    'node_modules/x/x.json': BROKEN,
  });
  symlinkSync(cwd, join(cwd, 'circle'));
  symlinkSync(join(cwd, 'b.json'), join(cwd, 'link.json'));
  const { code, stdout, stderr } = await runCli(['lint', '.', 'b.json', './a'], { cwd });
  assert.equal(
    stdout,
    `a/deep/trust.jsonc: trust policy (certain)
b.json: identity policy (likely)
link.json: identity policy (likely)
4 files, 3 policies: nothing to report
`,
  );
  assert.equal(stderr, '');
  assert.equal(code, 0);
  assert.deepEqual(await runCli(['lint'], { cwd }), { code, stdout, stderr }, 'no path means the current folder');
});

test('many policies are counted by kind instead of listed', async () => {
  const files = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`p${index}.json`, CLEAN]));
  const { stdout } = await runCli(['lint'], { cwd: makeFolder({ ...files, 'trust.json': TRUST }) });
  assert.equal(
    stdout,
    '12 × identity policy (likely)\n1 × trust policy (certain)\n13 files, 13 policies: nothing to report\n',
  );
});

test('several policies in one file are told apart by their line', async () => {
  const cwd = makeFolder({ 'role.jsonc': TRUST + CLEAN });
  const { stdout } = await runCli(['lint', 'role.jsonc'], { cwd });
  assert.match(
    stdout,
    /^role\.jsonc:1: trust policy \(\w+\)\nrole\.jsonc:7: identity policy \(\w+\)\n1 file, 2 policies/m,
  );
});

test('a named file without a policy is noted on stderr', async () => {
  const cwd = makeFolder({ 'data.json': '{ "name": "x" }' });
  const { code, stderr } = await runCli(['lint', 'data.json'], { cwd });
  assert.equal(stderr, 'data.json: no IAM policy found; say --kind to judge it anyway\n');
  assert.equal(code, 0);
  const judged = await runCli(['lint', '--kind', 'identity', 'data.json'], { cwd });
  assert.equal(judged.stderr, '');
});

test('- reads stdin', async () => {
  const { code, stdout } = await runCli(['lint', '-'], { stdin: BROKEN });
  assert.match(stdout, /^-:3:29 error\[effect-invalid\]/);
  assert.equal(code, 1);
});

test('--kind decides', async () => {
  const kinds = ['identity', 'trust', 'resource', 'scp', 'rcp', 'permissions-boundary', 'session', 'vpc-endpoint'];
  for (const kind of [...kinds, 'unknown']) {
    const { stdout } = await runCli(['lint', '--format', 'json', '--kind', kind, '-'], { stdin: CLEAN });
    const [policy] = JSON.parse(stdout).files[0].policies;
    assert.equal(policy.kind, kind);
    assert.equal(policy.confidence, 'certain');
  }
  const { stdout } = await runCli(['lint', '--format', 'json', '--kind', 'resource:sqs', '-'], { stdin: CLEAN });
  assert.equal(JSON.parse(stdout).files[0].policies[0].service, 'sqs');
  const none = await runCli(['lint', '--format', 'json', '--kind', 'none', '-'], { stdin: BROKEN });
  assert.deepEqual(JSON.parse(none.stdout).files[0].policies, []);
});

test('--format json is one object with exactly these members', async () => {
  const cwd = makeFolder({ 'policy.json': BROKEN, 'package.json': '{ "dependencies": {} }' });
  const { code, stdout } = await runCli(['lint', '--format=json', '.'], { cwd });
  const report = JSON.parse(stdout);
  const { evidence } = report.files[1].policies[0];
  assert.ok(evidence.length > 0 && evidence.every((text: unknown) => typeof text === 'string'));
  assert.match(report.catalogue.date, /^\d{4}-\d{2}-\d{2}$/);
  assert.ok(report.catalogue.services > 400);
  assert.ok(report.catalogue.actions > 20_000);
  assert.deepEqual(report, {
    version: 1,
    catalogue: report.catalogue,
    files: [
      { path: 'package.json', policies: [], findings: [] },
      {
        path: 'policy.json',
        policies: [
          {
            kind: 'identity',
            service: null,
            form: 'document',
            confidence: 'likely',
            evidence,
            range: { start: { line: 0, character: 0 }, end: { line: 3, character: 1 } },
          },
        ],
        findings: [
          {
            rule: 'effect-invalid',
            accessAnalyzer: ['INVALID_EFFECT'],
            severity: 'error',
            confidence: 'high',
            persona: 'regular',
            message: "'allow' is not an Effect; did you mean 'Allow'?",
            range: { start: { line: 2, character: 28 }, end: { line: 2, character: 35 } },
            fixes: [{ title: 'Change to Allow', effect: 'unknown' }],
          },
        ],
      },
    ],
    summary: { files: 2, policies: 1, errors: 1, warnings: 0, infos: 0, hints: 0 },
  });
  assert.equal(code, 1);
});

test('--fail-on says from which severity on a run fails', async () => {
  const codeOf = async (severity: string, failOn: string) =>
    (await runCli(['lint', '--rule', `effect-invalid=${severity}`, '--fail-on', failOn, '-'], { stdin: BROKEN })).code;
  assert.equal(await codeOf('error', 'error'), 1);
  assert.equal(await codeOf('warning', 'error'), 0);
  assert.equal(await codeOf('warning', 'warning'), 1);
  assert.equal(await codeOf('info', 'warning'), 0);
  assert.equal(await codeOf('hint', 'hint'), 1);
  assert.equal(await codeOf('error', 'never'), 0);
});

test('--rule changes a severity or switches a rule off', async () => {
  const off = await runCli(['lint', '--rule', 'effect-invalid=off', '-'], { stdin: BROKEN });
  assert.equal(off.code, 0);
  assert.doesNotMatch(off.stdout, /effect-invalid/);
  const info = await runCli(['lint', '--rule=effect-invalid=info', '-'], { stdin: BROKEN });
  assert.match(info.stdout, /info\[effect-invalid\]/);
});

test('--persona widens what is told', async () => {
  for (const persona of ['regular', 'pedantic', 'auditor']) {
    const { stdout } = await runCli(['lint', '--persona', persona, '--format=json', '-'], { stdin: BROKEN });
    const personas: readonly string[] = JSON.parse(stdout).files[0].findings.map(
      (finding: { readonly persona: string }) => finding.persona,
    );
    assert.ok(personas.includes('regular'));
    assert.ok(personas.every((one) => persona !== 'regular' || one === 'regular'));
  }
});

test('colour only for a terminal that wants it', async () => {
  const coloured = async (options: object, ...flags: string[]) =>
    (await runCli(['lint', ...flags, '-'], { stdin: BROKEN, ...options })).stdout.includes('\u001b[31m');
  assert.equal(await coloured({ tty: true }), true);
  assert.equal(await coloured({ tty: false }), false);
  assert.equal(await coloured({ tty: true }, '--no-color'), false);
  assert.equal(await coloured({ tty: true, env: { NO_COLOR: '1' } }), false);
  assert.equal(await coloured({ tty: true, env: { TERM: 'dumb' } }), false);
});

test('a long line is shown around the finding, with the carets under it', async () => {
  const actions = Array.from({ length: 300 }, () => '"s3:ListAllMyBuckets"').join(',');
  const statement = (effect: string) => `{"Effect":"${effect}","Action":[${actions}],"Resource":"*"}`;
  const stdin = `{"Version":"2012-10-17","Statement":[${statement('Allow')},${statement('allow')}]}`;
  const { stdout } = await runCli(['lint', '-'], { stdin });
  const rows = stdout.split('\n');
  const at = rows.findIndex((row) => row.includes('error[effect-invalid]'));
  const [source = '', carets = ''] = rows.slice(at + 1);
  assert.ok(source.length < 130, source);
  assert.match(source, /^1 \| ….*"Effect":"allow".*…$/);
  assert.equal(source.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1), '"allow"');
});

test('carets stand right behind tabs and wide characters', async () => {
  const stdin = `{ "Version": "2012-10-17",\n\t"Statement": { "Sid": "日本", "Effect": "allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" } }`;
  const { stdout } = await runCli(['lint', '--quiet', '-'], { stdin });
  const rows = stdout.split('\n');
  const at = rows.findIndex((row) => row.includes('error[effect-invalid]'));
  assert.equal(rows[at + 1]?.includes('\t'), false);
  // Two characters of two cells each stand before the carets.
  assert.equal(rows[at + 2]?.indexOf('^'), (rows[at + 1]?.indexOf('"allow"') ?? 0) + 2);
});

test('the text of a document does not steer the terminal', async () => {
  const stdin = BROKEN.replace('"allow"', '"\u001b[2Jal\u202elow"');
  const { stdout } = await runCli(['lint', '-'], { stdin });
  assert.match(stdout, /effect-invalid/);
  assert.equal(stdout.includes('\u001b'), false);
  assert.equal(stdout.includes('\u202e'), false);
});

test('the text of a document and the names of files give a build server no orders', async () => {
  const policy = BROKEN.replace('"allow"', '"##vso[task.setvariable variable=x]y"');
  const cwd = makeFolder({ '::error::x.json': policy });
  const { stdout } = await runCli(['lint', '.'], { cwd });
  assert.match(stdout, /^\.\/::error::x\.json:\d+:\d+ error\[effect-invalid\]/m);
  assert.doesNotMatch(stdout, /##|^\s*::/m);
  const json = await runCli(['lint', '--format', 'json', '.'], { cwd });
  assert.equal(json.stdout.includes('##'), false);
  const [file] = JSON.parse(json.stdout).files;
  assert.match(file.findings[0].message, /'##vso\[task/);
});

test('JSON is plain ASCII where a terminal would obey', async () => {
  const line = JSON.stringify({ id: 'a\u009b31m\u202e##[b', text: BROKEN });
  const { stdout } = await runCli(['lint', '--format', 'ndjson', '-'], { stdin: `${line}\n` });
  assert.doesNotMatch(stdout, /##|[\u007f-\u009f\u202e]/);
  assert.equal(JSON.parse(stdout).id, 'a\u009b31m\u202e##[b');
});

test('UTF-8 with a mark and UTF-16 are read as what they are', async () => {
  const cwd = makeFolder({
    'utf8.json': `\ufeff${BROKEN}`,
    'utf16.json': Buffer.from(`\ufeff${BROKEN}`, 'utf16le'),
  });
  for (const name of ['utf8.json', 'utf16.json']) {
    const { stdout } = await runCli(['lint', name], { cwd });
    assert.match(stdout, new RegExp(`^${name}:3:29 error\\[effect-invalid\\]`, 'm'));
  }
});

test('wrong usage is one clear line and exit code 2', async () => {
  const cwd = makeFolder({ 'policy.json': CLEAN });
  const cases: readonly (readonly [readonly string[], string])[] = [
    [[], "say what to do: 'iam-policy lint <files>' or 'iam-policy --help'"],
    [['lnit'], "'lnit' is not a command; did you mean 'lint'?"],
    [['judge'], "'judge' is not a command; lint or explain"],
    [['lint', '--formt', 'json'], "there is no flag --formt; did you mean '--format'?"],
    [['lint', '-x'], "there is no flag -x; see 'iam-policy lint --help'"],
    [['lint', '--format', 'jsn'], "--format cannot be 'jsn'; did you mean 'json'?"],
    [['lint', '--format', 'xml'], "--format cannot be 'xml'; one of text, json, ndjson"],
    [['lint', '--kind', 'trsut'], "'trsut' is not a kind of policy; did you mean 'trust'?"],
    [['lint', '--fail-on', 'errors'], "--fail-on cannot be 'errors'; did you mean 'error'?"],
    [['lint', '--persona', 'boss'], "--persona cannot be 'boss'; one of regular, pedantic, auditor"],
    [['lint', '--rule', 'effect-invalid'], "--rule wants <rule>=<severity>, such as 'effect-invalid=off'"],
    [['lint', '--rule', 'effect-invald=off'], "there is no rule 'effect-invald'; did you mean 'effect-invalid'?"],
    [['lint', '--rule', 'effect-invalid=of'], "--rule effect-invalid cannot be 'of'; did you mean 'off'?"],
    [['lint', '--ndjson', 'policy.json'], '--ndjson reads policies from stdin, not from files (policy.json)'],
    [['lint', '--ndjson', '--format=text'], '--ndjson and --format exclude each other'],
    [['lint', 'missing.json'], "cannot read 'missing.json': there is no such file or folder"],
    [['lint', 'policy.json/x'], "cannot read 'policy.json/x': there is no such file or folder"],
    [['explain', 'effect-invald'], "there is no rule 'effect-invald'; did you mean 'effect-invalid'?"],
  ];
  for (const [argv, message] of cases) {
    const expected = { code: 2, stdout: '', stderr: `iam-policy: ${message}\n` };
    assert.deepEqual(await runCli(argv, { cwd }), expected, argv.join(' '));
  }
  const missing = await runCli(['lint', '--kind'], { cwd });
  assert.match(missing.stderr, /^iam-policy: .*--kind.*\n$/);
  assert.equal(missing.code, 2);
});

test('without reference data a run fails instead of looking clean', async () => {
  const home = makeFolder({ 'data/catalogue-toc.json': '{' });
  const { code, stdout, stderr } = await runCli(['lint', '-'], { home, stdin: CLEAN });
  assert.match(stderr, /^iam-policy: the AWS reference data is damaged[^\n]*\n$/);
  assert.equal(stdout, '');
  assert.equal(code, 2);
  const debug = await runCli(['lint', '-'], { home, stdin: CLEAN, env: { IAM_POLICY_DEBUG: '1' } });
  assert.match(debug.stderr, /\n {4}at /, 'the stack is there when asked for');
});
