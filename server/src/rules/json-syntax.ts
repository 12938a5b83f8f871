import { lookUp } from '../base/look-up.ts';
import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import type { ParseProblem, ParseProblemCode, SyntaxTree } from '../syntax/tree.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'json-syntax',
  title: 'Not valid JSON',
  accessAnalyzer: ['JSON_SYNTAX_ERROR'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'file',
  fix: 'unknown',
  jsonOnly: true,
  docs: {
    what: 'The text is not JSON: a comma, a bracket or a quotation mark is missing or too many, or there is a comment.',
    why: 'AWS takes strict JSON only and refuses everything else before it looks at the policy.',
    how: 'Correct the place that is marked. Look just before it, too: what is missing is often missing there.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html'],
    examples: {
      bad: {
        kind: 'identity',
        policy:
          '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::shared-bucket/*",\n    }\n  ]\n}\n',
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }],
        },
      },
    },
  },
  messages: {
    'trailing-comma': 'JSON takes no comma after the last item, and AWS refuses the policy. Remove it.',
    comment: 'JSON has no comments, and AWS refuses the policy. Remove it before you upload the policy.',
    'comma-expected': 'A comma is missing before {next}.',
    bracket: "'{wanted}' should come before this '{found}': what was opened last is not closed yet.",
    'colon-expected': 'A colon is missing between the name and its value, before {next}.',
    'value-expected': 'A value is missing before {next}.',
    'property-name-expected': 'A name in double quotation marks should stand here, not {next}.',
    'close-brace-expected': "The closing '}' of an object is missing.",
    'close-bracket-expected': "The closing ']' of a list is missing.",
    'unclosed-string': 'The closing quotation mark of this text is missing.',
    'unclosed-comment': "The closing '*/' of this comment is missing.",
    quotes: 'JSON wants straight double quotation marks: "{text}".',
    'invalid-symbol':
      "'{found}' is not JSON. Texts stand in double quotation marks; else only numbers, true, false and null.",
    'invalid-number': "'{found}' is not a number as JSON writes it.",
    'invalid-escape': "A backslash before this character means nothing in JSON. For a backslash itself, write '\\\\'.",
    'invalid-character': 'This text holds a tab or another control character. Write it as an escape, such as \\t.',
    'text-after-value': 'A policy file holds one JSON value; this stands after its end.',
    empty: 'The file is empty. A policy begins with { "Version": "2012-10-17", "Statement": [ ... ] }.',
    'too-deep': 'The brackets are nested too deeply for a policy.',
  },
  check(tree, { report, write }) {
    const cascading = tree.problems.filter(({ code }) => !ALONE.has(code));
    const told = new Set<ParseProblemCode>();
    for (const problem of tree.problems) {
      const { code, span } = problem;
      // One mistake makes the parser stumble several times: the first place is where to look.
      if (told.has(code) || isUnclosedComment(tree, problem) || (!ALONE.has(code) && problem !== cascading[0]))
        continue;
      told.add(code);
      const found = tree.text.slice(span.start, span.end);
      const next = found ? `'${found}'` : 'the end of the file';
      const at = span.start < tree.text.length ? span : lastCharacter(tree.text);
      const same = tree.problems.filter((one) => one.code === code);
      const fixes = (): readonly Fix[] => {
        const fix = fixFor(tree, problem, same, cascading.length);
        if (!fix) return [];
        const edits = fix.edits.flatMap((edit) => write.replaceSpan(edit.span, edit.newText));
        return [{ title: fix.title, effect: 'unknown', edits, preferred: true }];
      };
      const quoted = code === 'invalid-symbol' ? QUOTED.exec(found)?.[1] : undefined;
      const wanted = code === 'comma-expected' ? lookUp(OTHER_BRACKET, found) : undefined;
      if (wanted !== undefined) report({ at, message: 'bracket', data: { found, wanted } });
      else if (quoted !== undefined) report({ at, message: 'quotes', data: { text: quoted }, fixes });
      else {
        const related = ALONE.has(code) ? same.slice(1).map((one) => ({ span: one.span, message: 'Here, too.' })) : [];
        report({ at, message: code, data: { found, next }, related, fixes } as Parameters<typeof report>[0]);
      }
    }
  },
});

/** What disturbs only itself, so that the rest is read as it was meant. */
const ALONE: ReadonlySet<ParseProblemCode> = new Set([
  'trailing-comma',
  'comment',
  'invalid-escape',
  'invalid-character',
]);

/** A word in single or typographic quotation marks. */
const QUOTED = /^['‘’“”„`]([^'‘’“”„`"\\]*)['‘’“”`]$/;

const VALUE_START = /["{[\w-]/;

const OTHER_BRACKET: Readonly<Record<string, string>> = { '}': ']', ']': '}' };

const LITERALS: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null', NULL: 'null' };

/** An edit that can only be right. What would be a guess is left to the person. */
function fixFor(
  tree: SyntaxTree,
  { code, span }: ParseProblem,
  same: readonly ParseProblem[],
  cascading: number,
): { readonly title: string; readonly edits: readonly TextEdit[] } | undefined {
  const { text } = tree;
  switch (code) {
    case 'trailing-comma':
      // Beside other mistakes it may be the bracket that is too many, not the comma.
      if (cascading > 0) return undefined;
      return {
        title: same.length > 1 ? `Remove ${same.length} trailing commas` : 'Remove the comma',
        edits: same.map((one) => ({ span: one.span, newText: '' })),
      };
    case 'comment':
      return {
        title: same.length > 1 ? `Remove ${same.length} comments` : 'Remove the comment',
        edits: same.map((one) => removeComment(text, one)),
      };
    case 'invalid-escape':
      return {
        title: 'Double the backslash',
        // A string with two of them is told of twice, and mended once.
        edits: [...new Map(same.map((one) => [one.span.start, one.span])).values()].map((whole) => ({
          span: whole,
          newText: doubleBackslashes(text.slice(whole.start, whole.end)),
        })),
      };
    case 'comma-expected': {
      if (cascading > 1 || !VALUE_START.test(text.charAt(span.start))) return undefined;
      const end = lastSolidEnd(text, span.start);
      return end === undefined ? undefined : { title: 'Insert a comma', edits: [insert(end, ',')] };
    }
    case 'colon-expected': {
      if (cascading > 1 || !VALUE_START.test(text.charAt(span.start))) return undefined;
      const end = lastSolidEnd(text, span.start);
      return end === undefined ? undefined : { title: 'Insert a colon', edits: [insert(end, ':')] };
    }
    case 'close-brace-expected':
    case 'close-bracket-expected': {
      const brackets = openBrackets(text);
      const end = lastSolidEnd(text, text.length);
      if (!brackets || brackets.length === 0 || end === undefined || /[,:]/.test(text.charAt(end - 1)))
        return undefined;
      const edits = [insert(end, brackets.map(({ indent, close }) => `${indent}${close}`).join(''))];
      return { title: `Close with ${brackets.map(({ close }) => `'${close}'`).join(' and ')}`, edits };
    }
    case 'invalid-symbol': {
      const found = text.slice(span.start, span.end);
      const quoted = QUOTED.exec(found)?.[1];
      const literal = quoted === undefined ? lookUp(LITERALS, found) : JSON.stringify(quoted);
      return literal === undefined ? undefined : { title: `Change to ${literal}`, edits: [{ span, newText: literal }] };
    }
    default:
      return undefined;
  }
}

/** Where the end of the file is meant, what stands last can be seen better. */
function lastCharacter(text: string): Span {
  const end = text.trimEnd().length;
  return { start: Math.max(0, end - 1), end };
}

function insert(offset: number, newText: string): TextEdit {
  return { span: { start: offset, end: offset }, newText };
}

/** A comment without an end is told as that. */
function isUnclosedComment(tree: SyntaxTree, { code, span }: ParseProblem): boolean {
  return (
    code === 'comment' && tree.problems.some((one) => one.code === 'unclosed-comment' && one.span.start === span.start)
  );
}

/** With its line, where nothing else stands on it. Looks no further than the blanks around it: a line may be long. */
function removeComment(text: string, { span }: ParseProblem): TextEdit {
  let start = span.start;
  while (isBlank(text[start - 1])) start--;
  let end = span.end;
  while (isBlank(text[end])) end++;
  const next = text[end];
  if ((start === 0 || text[start - 1] === '\n') && next === '\n') return { span: { start, end: end + 1 }, newText: '' };
  const endsLine = next === undefined || next === '\n';
  return { span: { start: endsLine ? start : span.start, end: span.end }, newText: '' };
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\r';
}

function doubleBackslashes(raw: string): string {
  return raw.replace(/\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})|\\./g, (one) => (one === '\\' ? '\\\\' : one));
}

/** The offset after the last character before `offset` that is not white space; undefined after a comment. */
function lastSolidEnd(text: string, offset: number): number | undefined {
  const end = text.slice(0, offset).trimEnd().length;
  const line = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
  return /\/\/|\*\/$/.test(line) ? undefined : end;
}

interface OpenBracket {
  readonly close: string;
  /** What to write before it: the line break and indentation of the line that opened it, unless that is the last. */
  readonly indent: string;
}

/** The brackets to close at the end of a text, innermost first; undefined where they do not match, or in a string. */
function openBrackets(text: string): readonly OpenBracket[] | undefined {
  const lastLine = text.trimEnd().lastIndexOf('\n');
  const open: OpenBracket[] = [];
  for (const { 0: token, index } of text.matchAll(/"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|[{}[\]]/g)) {
    if (token === '{' || token === '[') {
      const line = text.slice(text.lastIndexOf('\n', index) + 1, index);
      const indent = index < lastLine ? `\n${/^[ \t]*/.exec(line)?.[0] ?? ''}` : '';
      open.unshift({ close: token === '{' ? '}' : ']', indent });
    } else if (token === '}' || token === ']') {
      if (open.shift()?.close !== token) return undefined;
    } else if (token.length < 2 || !token.endsWith('"')) return undefined;
  }
  return open;
}
