import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readCases } from '../harness/cases.ts';
import { service } from '../harness/data.ts';
import { hoverAt, renderHover } from '../harness/hover.ts';

const PATH = join(__dirname, 'hover.txt');

for (const one of readCases(PATH)) {
  test(`hover: ${one.title}`, () => {
    assert.equal(renderHover(hoverAt(one.marked, one.options)), one.fixed[0]?.text, `${PATH}:${one.line}`);
  });
}

test('hover: half-typed texts never throw, and spans lie in the text', () => {
  const whole = `{ "Version": "2012-10-17", "Statement": [ { "Sid": "A", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::\${Account}:root", "Service": ["ec2.amazonaws.com"] },
    "Action": ["s3:Get*", "*"], "NotResource": ["arn:aws:s3:::b/\${aws:username}", "*"],
    "Condition": { "ForAnyValue:StringLike": { "aws:TagKeys": ["a*", 1, null] }, "Null": { "x": true } } } ] }`;
  for (let length = 1; length <= whole.length; length++) {
    const text = whole.slice(0, length);
    const analysis = service.analyze({ path: 'a.json', languageId: 'iam-policy', text });
    for (const offset of [0, length - 30, length - 2, length - 1, length]) {
      const hover = service.hover(analysis, offset);
      if (!hover) continue;
      assert.ok(
        hover.span.start <= offset && offset < hover.span.end && hover.span.end <= length,
        `${length}:${offset}`,
      );
      assert.doesNotMatch(hover.markdown, /undefined|\[object|NaN/);
    }
  }
});

test('hover: a resource that is longer than any ARN is not looked into', () => {
  const start = '{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "';
  const text = `${start}arn:aws:s3:::${'*a'.repeat(5000)}" } }`;
  const analysis = service.analyze({ path: 'a.json', text });
  assert.match(service.hover(analysis, start.length + 4)?.markdown ?? '', /\n\nToo long to be the ARN of anything\./);
});

test('hover: a warm answer takes less than 10 ms even for the widest pattern', () => {
  const analysis = service.analyze({
    path: 'a.json',
    text: '{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "ec2:*", "Resource": "*" } }',
  });
  const offset = analysis.input.text.indexOf('ec2:*');
  service.hover(analysis, offset);
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now();
    service.hover(analysis, offset);
    return performance.now() - start;
  });
  assert.ok(Math.min(...times) < 10, `${Math.min(...times)} ms`);
});
