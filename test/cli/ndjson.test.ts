import assert from 'node:assert/strict';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { main } from '../../server/src/cli/main.ts';
import { BROKEN, CLEAN, type RunOptions, runCli, SERVER } from './run-cli.ts';

async function stream(stdin: RunOptions['stdin'], ...flags: string[]) {
  const { stdout, ...rest } = await runCli(['lint', '--ndjson', ...flags], { ...(stdin !== undefined && { stdin }) });
  assert.ok(stdout === '' || stdout.endsWith('\n'));
  return {
    ...rest,
    answers: stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line)),
  };
}

test('each line in gives one line out, in order, with the kind asked for', async () => {
  const policy = JSON.parse(BROKEN);
  const lines = [
    { id: 1, policy },
    { id: 'two', policy, kind: 'resource:s3' },
    { id: { any: 'thing' }, text: BROKEN, kind: null },
    { text: CLEAN, path: 'iam/scp.json' },
  ];
  const { answers, code, stderr } = await stream(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  assert.deepEqual(
    answers.map(({ id, policies, findings, ...rest }) => [
      id,
      policies[0].kind,
      policies[0].service,
      findings[0]?.rule,
      rest,
    ]),
    [
      [1, 'identity', null, 'effect-invalid', {}],
      ['two', 'resource', 's3', answers[1].findings[0].rule, {}],
      [{ any: 'thing' }, 'identity', null, 'effect-invalid', {}],
      [null, 'scp', null, undefined, {}],
    ],
  );
  assert.equal(code, 1);
  assert.equal(stderr, '');
});

test('ranges refer to JSON.stringify(policy, null, 2), or to the text sent', async () => {
  const policy = JSON.parse(BROKEN);
  const { answers } = await stream(`${JSON.stringify({ policy })}\n${JSON.stringify({ text: BROKEN })}`);
  const rows = JSON.stringify(policy, null, 2).split('\n');
  const { start, end } = answers[0].findings[0].range;
  assert.equal(rows[start.line]?.slice(start.character, end.character), '"allow"');
  assert.deepEqual(answers[1].findings[0].range.start, { line: 2, character: 28 });
});

test('an answer has the shape of a file of --format json', async () => {
  const { answers } = await stream(JSON.stringify({ id: 7, text: BROKEN }));
  const { stdout } = await runCli(['lint', '--format=json', '-'], { stdin: BROKEN });
  const { path, ...file } = JSON.parse(stdout).files[0];
  assert.equal(path, '-');
  assert.deepEqual(answers, [{ id: 7, ...file }]);
});

test('a line that cannot be read is answered, the run goes on and ends with 2', async () => {
  const stdin = [
    'not json',
    '[1]',
    'null',
    '{"id":1}',
    '{"id":2,"policy":"{}"}',
    '{"id":3,"policy":{},"text":"{}"}',
    '{"id":4,"policy":{},"kind":"trsut"}',
    '{"id":5,"policy":{},"kind":7}',
    '{"id":6,"text":7}',
    '{"id":7,"policy":{},"path":[]}',
    JSON.stringify({ id: 8, text: CLEAN }),
  ].join('\n');
  const { answers, code } = await stream(stdin);
  assert.deepEqual(
    answers.slice(1).map(({ id, error }) => [id, error]),
    [
      [null, 'the line is not a JSON object'],
      [null, 'the line is not a JSON object'],
      [1, "the line has neither 'policy' nor 'text'"],
      [2, "'policy' must be an object; send a policy that is a string as 'text'"],
      [3, "the line has both 'policy' and 'text'"],
      [4, "'trsut' is not a kind of policy; did you mean 'trust'?"],
      [5, "'kind' must be a string"],
      [6, "'text' must be a string"],
      [7, "'path' must be a string"],
      [8, undefined],
    ],
  );
  assert.deepEqual(Object.keys(answers[0]), ['id', 'error']);
  assert.match(answers[0].error, /not valid JSON/);
  assert.equal(answers[10].findings.length, 0);
  assert.equal(code, 2);
});

test('CRLF, a byte order mark, blank lines and a last line without an end are all read', async () => {
  const line = (id: number) => JSON.stringify({ id, text: CLEAN });
  const { answers, code } = await stream(`\ufeff${line(1)}\r\n\r\n   \n${line(2)}\n\n${line(3)}`);
  assert.deepEqual(
    answers.map(({ id }) => id),
    [1, 2, 3],
  );
  assert.equal(code, 0);
  assert.deepEqual((await stream('')).answers, []);
});

test('characters that fall between two chunks stay whole', async () => {
  const bytes = Buffer.from(`${JSON.stringify({ id: 'é日本😀', text: CLEAN })}\n`);
  const { answers } = await stream(Array.from(bytes, (byte) => Buffer.from([byte])));
  assert.equal(answers[0].id, 'é日本😀');
});

test('a line of several megabytes is read', async () => {
  const text = CLEAN + ' '.repeat(5_000_000);
  const { answers, code } = await stream(
    `${JSON.stringify({ id: 1, text })}\n${JSON.stringify({ id: 2, text: CLEAN })}`,
  );
  assert.deepEqual(
    answers.map(({ id, policies }) => [id, policies.length]),
    [
      [1, 1],
      [2, 1],
    ],
  );
  assert.equal(code, 0);
});

test('settings and --kind hold for every line; --fail-on decides the exit code', async () => {
  const stdin = JSON.stringify({ id: 1, text: BROKEN });
  const { answers, code } = await stream(stdin, '--rule', 'effect-invalid=warning', '--kind', 'scp');
  assert.equal(answers[0].findings[0].severity, 'warning');
  assert.equal(answers[0].policies[0].kind, 'scp');
  assert.equal(code, 0);
  assert.equal((await stream(stdin, '--fail-on=never')).code, 0);
});

test('a reader that is slow slows the reading down', async () => {
  let read = 0;
  let written = 0;
  let ahead = 0;
  const total = 200;
  const source = function* () {
    for (; read < total; read++) yield Buffer.from(`${JSON.stringify({ id: read, text: CLEAN })}\n`);
  };
  const slow = new Writable({
    highWaterMark: 1,
    write(_chunk, _encoding, done) {
      written++;
      ahead = Math.max(ahead, read - written);
      setImmediate(done);
    },
  });
  const io = {
    stdin: Readable.from(source(), { highWaterMark: 1 }),
    stdout: slow,
    stderr: slow,
    env: {},
    cwd: '/',
    home: SERVER,
  };
  assert.equal(await main(['lint', '--ndjson'], io), 0);
  assert.equal(written, total);
  assert.ok(ahead < 10, `${ahead} lines were read before their turn`);
});
