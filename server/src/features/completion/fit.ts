/** Fits what is offered to what stands around the cursor: quotation marks, colon, commas, brackets. */
import { plainSnippet, printSnippet, shiftStops } from '../../base/snippet.ts';
import type { Span } from '../../base/span.ts';
import { VERSIONS } from '../../policy/grammar.ts';
import { spanInString } from '../../syntax/tree.ts';
import type { Token } from './half-typed.ts';
import type { Completion, CompletionList, Offer } from './offer.ts';
import type { Place } from './place.ts';

/** How far white space and comments are looked through. */
const REACH = 2000;

/** Words of sets in which there is no other. */
const ONLY: ReadonlySet<string> = new Set(['Allow', 'Deny', 'true', 'false', ...VERSIONS]);

/** What an accepted item replaces, and what it needs around it. */
interface Frame {
  readonly span: Span;
  readonly before: string;
  readonly after: string;
  readonly hasColon: boolean;
  readonly lines: boolean;
  /** What every filter begins with. */
  readonly lead: string;
}

export function fitOffers(text: string, place: Place, token: Token, items: readonly Completion[]): CompletionList {
  const { span, open, closed } = token;
  const name = place.expects === 'name';
  const comma = needsComma(text, span.end, place) ? ',' : '';
  const hasColon = name && closed && /^\s*:/.test(text.slice(span.end, span.end + 400));
  // A name brings its colon and value along, so its closing quotation mark is written anew.
  const keep = closed && (!name || hasColon);
  // Beside what replaces the opening quotation mark, all do: editors put first what has more of the typed letters.
  const inside = open && !(name && items.some(({ members }) => members));
  const frame: Frame = {
    span: { start: span.start + (inside ? 1 : 0), end: span.end - (keep ? 1 : 0) },
    before: inside ? '' : '"',
    lead: open && !inside ? '"' : '',
    after: keep ? '' : `"${name ? '' : comma}`,
    hasColon,
    lines: text.slice(place.objects.at(-1)?.span.start ?? 0, span.start).includes('\n'),
  };
  const commas = [
    ...(place.commaBefore === undefined ? [] : [place.commaBefore]),
    ...(keep && !hasColon && comma ? [span.end] : []),
  ];
  return {
    span: frame.span,
    items: items.map((item) => (name ? fitName(item, frame, token, comma) : fitValue(item, frame, token, comma))),
    incomplete: false,
    commas,
    // Of a closed set of words any other would be wrong, so the closing quotation mark may take the chosen one.
    commitCharacters: keep && !name && items.every(({ label }) => ONLY.has(label)) ? ['"'] : [],
  };
}

function fitName(item: Completion, frame: Frame, token: Token, comma: string): Offer {
  if (item.members) return fitWhole(item, printMembers(item.members, frame.lines), token, comma);
  const word = frame.before + inner(item.text ?? item.label);
  const filter = frame.lead + (item.filter ?? item.label);
  const newText = word + frame.after;
  if (frame.hasColon) return { ...item, filter, newText, again: false };
  const words = item.placeholders ?? [];
  const tail = `: ${shiftStops(item.body ?? '"$1"', words.length)}${comma}`;
  const snippet = printSnippet(word, words) + frame.after + tail;
  // A choice opens a list of its own; behind a value that is complete, editors would fall back on words.
  return { ...item, filter, newText, snippet, again: tail.includes('$') && !tail.includes('|') };
}

function fitValue(item: Completion, frame: Frame, token: Token, comma: string): Offer {
  if (item.value !== undefined) return fitWhole(item, item.value, token, token.closed ? '' : comma);
  const text = item.text ?? item.label;
  const part = token.string && item.part;
  // A word without quotation marks is written anew, whatever part of it was meant.
  const lead = part || !item.part ? '' : token.typed.slice(0, item.part.start);
  const words = item.placeholders ?? [];
  const word = frame.before + inner(lead + text);
  const wantsStop = item.goesOn === true && frame.after !== '';
  return {
    ...item,
    filter: lead + (item.filter ?? text),
    newText: word + frame.after,
    ...((words.length > 0 || wantsStop) && {
      snippet: printSnippet(word, words, item.choices) + (wantsStop ? `$${words.length + 1}` : '') + frame.after,
    }),
    ...(part &&
      token.string && {
        span: { ...spanInString(token.string, part.start, part.end), ...openEnd(frame, part, token) },
      }),
    again: item.goesOn === true,
  };
}

/** The last part of a string that is not closed ends where the word at the cursor does. */
function openEnd({ span }: Frame, part: Span, { closed, typed }: Token): Partial<Span> {
  return closed || part.end < typed.length ? {} : { end: span.end };
}

/** Something that brings its own quotation marks, in the place of the whole token. */
function fitWhole(item: Completion, snippet: string, { span, open }: Token, comma: string): Offer {
  const filter = (open ? '"' : '') + (item.filter ?? item.label);
  return {
    ...item,
    filter,
    newText: plainSnippet(snippet) + comma,
    snippet: snippet + comma,
    span,
    again: snippet.includes('$1'),
  };
}

function printMembers(members: readonly string[], lines: boolean): string {
  return lines ? members.join(',\n') : `\n\t${members.join(',\n').replace(/\n/g, '\n\t')}\n`;
}

/** The text as it stands between quotation marks. */
function inner(text: string): string {
  if (!/["\\\p{Cc}]/u.test(text)) return text;
  return JSON.stringify(text).slice(1, -1);
}

/** Another member or item follows without a comma in between. */
function needsComma(text: string, offset: number, { inList }: Place): boolean {
  const rest = text.slice(offset, offset + REACH).replace(/^(?:\s+|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '');
  return inList ? /^["{[\d]/.test(rest) : rest.startsWith('"');
}
