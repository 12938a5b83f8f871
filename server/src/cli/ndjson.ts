import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { messageOf } from '../base/message-of.ts';
import type { FileInput, Finding, Judge } from '../judge.ts';
import { type LintArguments, readKind } from './arguments.ts';
import { type Io, openOutput } from './io.ts';
import { failsOn } from './lint.ts';
import { addTo, NOTHING, reportOf, toJson } from './report.ts';

/** Longer lines (in UTF-16 units) are refused: no policy comes near, and memory must not depend on the input. */
const MAX_LINE = 64 * 1024 * 1024;

/** Judges one JSON object a line from stdin; one line out per line in, in order. The exit code is 0, 1 or 2. */
export async function lintStream(asked: LintArguments, io: Io, judge: Judge): Promise<0 | 1 | 2> {
  const out = openOutput(io.stdout);
  let sum = NOTHING;
  let unreadable = false;
  for await (const lines of readLines(io.stdin)) {
    let answers = '';
    for (const line of lines) {
      const { answer, judged } = answerLine(line, asked, judge);
      if (judged) sum = addTo(sum, judged.policies.length, judged.findings);
      else unreadable = true;
      answers += `${print(answer)}\n`;
    }
    await out.write(answers);
    if (out.closed) break;
  }
  if (unreadable) return 2;
  return failsOn(asked.failOn, sum) ? 1 : 0;
}

/** An id may be nested deeper than can be written. */
function print(answer: object): string {
  try {
    return toJson(answer);
  } catch (error) {
    return toJson({ id: null, error: messageOf(error) });
  }
}

interface Answer {
  readonly answer: object;
  /** Absent when the line could not be read. */
  readonly judged?: { readonly policies: readonly unknown[]; readonly findings: readonly Finding[] };
}

function answerLine(line: string | undefined, asked: LintArguments, judge: Judge): Answer {
  let id: unknown = null;
  try {
    if (line === undefined) throw new Error(`the line is longer than ${MAX_LINE} characters`);
    const request = readRequest(line);
    id = request.id ?? null;
    const judged = judge.analyze(inputOf(request, asked), asked.settings);
    return { answer: { id, ...reportOf(judge, judged) }, judged };
  } catch (error) {
    return { answer: { id, error: messageOf(error) } };
  }
}

/** What a line may hold; nothing is known of the values yet. */
type Request = { readonly [Name in 'id' | 'policy' | 'text' | 'kind' | 'path']?: unknown };

function readRequest(line: string): Request {
  const value: unknown = JSON.parse(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('the line is not a JSON object');
  }
  return value as Request;
}

function inputOf({ policy, text, kind, path }: Request, asked: LintArguments): FileInput {
  if (kind !== undefined && kind !== null && typeof kind !== 'string') throw new Error("'kind' must be a string");
  if (path !== undefined && path !== null && typeof path !== 'string') throw new Error("'path' must be a string");
  const judgedAs = kind ? readKind(kind) : asked.kind;
  return { path: path ?? '', text: textOf(policy, text), ...(judgedAs && { kind: judgedAs }) };
}

function textOf(policy: unknown, text: unknown): string {
  if (policy !== undefined && text !== undefined) throw new Error("the line has both 'policy' and 'text'");
  if (typeof text === 'string') return text;
  if (text !== undefined) throw new Error("'text' must be a string");
  if (policy === undefined) throw new Error("the line has neither 'policy' nor 'text'");
  if (typeof policy === 'object' && policy !== null) return JSON.stringify(policy, null, 2);
  throw new Error("'policy' must be an object; send a policy that is a string as 'text'");
}

/** The lines of a stream, as many as each chunk completes, blank ones left out; undefined for one that is too long. */
async function* readLines(stream: Readable): AsyncGenerator<readonly (string | undefined)[]> {
  const decoder = new StringDecoder('utf8');
  let parts: string[] = [];
  let length = 0;
  let first = true;
  const add = (part: string): void => {
    length += part.length;
    if (length > MAX_LINE) parts = [];
    else parts.push(part);
  };
  const end = (): readonly (string | undefined)[] => {
    let line: string | undefined = length > MAX_LINE ? undefined : parts.join('');
    parts = [];
    length = 0;
    if (first && line?.charCodeAt(0) === 0xfeff) line = line.slice(1);
    first = false;
    return line?.trim() === '' ? [] : [line];
  };
  for await (const chunk of stream) {
    const text = decoder.write(chunk);
    const lines: (string | undefined)[] = [];
    let from = 0;
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      add(text.slice(from, to));
      lines.push(...end());
      from = to + 1;
    }
    add(text.slice(from));
    yield lines;
  }
  add(decoder.end());
  yield end();
}
