import { explainStatement } from '../../meaning/explain.ts';
import { stringOf } from '../../policy/model.ts';
import { isWhole, type Rewrite, rewrite, type StatementPlace } from './define.ts';

/** In characters; longer names are cut after a word. */
const LONGEST = 40;

/** Longer lists have no short name. */
const MOST_ACTIONS = 300;

/** Words that a name does not end with. */
const LINKS: ReadonlySet<string> = new Set(
  'a all an and any as at but by every except for from in into of on only or that the this to with'.split(' '),
);

/** Names a statement after what it does. */
export function offerSid(place: StatementPlace): readonly Rewrite[] {
  const { statement, write, tree } = place;
  if (stringOf(statement.sid) || (statement.sid && statement.sid.value?.type !== 'string')) return [];
  if (!isWhole(tree, statement.node.span)) return [];
  const sid = nameStatement(place);
  if (sid === undefined) return [];
  const old = statement.sid?.value;
  const make = () => (old ? write.replace(old, sid) : write.insertMember(statement.node, 'Sid', sid, 0));
  return [rewrite(`Name the statement '${sid}'`, 'equivalent', make)];
}

/** A name of letters and digits, which every kind of policy takes, that no other statement has. */
function nameStatement({ view, statement, policy, catalogue }: StatementPlace): string | undefined {
  if (!statement.effect || statement.actions.length === 0) return undefined;
  if (statement.actions.some(({ entries }) => entries.length > MOST_ACTIONS)) return undefined;
  const bare = { ...statement, condition: undefined, conditions: [] };
  const sentence = explainStatement(view, bare, policy.classification, catalogue);
  if (/^(?:Allows|Denies) nothing/.test(sentence)) return undefined;
  const said = sentence
    .replace(/ \([^)]*\)/g, '')
    // Numbers that nobody reads.
    .replace(/ of account \d{12}\b| \b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '')
    .replace(/^(?:May never|Denies) /, 'deny ')
    .replace(/^(?:May (?:at most )?|The (?=.* service ))/, '')
    .replace(/'s\b/g, '');
  const name = joinWords(said);
  if (name === '') return undefined;
  const taken = new Set(view.statements.map(({ sid }) => stringOf(sid)));
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}${number}`)) number++;
  return `${name}${number}`;
}

/** As many parts of the sentence as are short enough together; of the first as many words. */
function joinWords(sentence: string): string {
  const kept: string[] = [];
  let length = 0;
  for (const part of sentence.split(/[,;] /)) {
    const words = part.split(/[^A-Za-z0-9]+/).filter(Boolean);
    if (kept.length > 0 && length + words.join('').length > LONGEST) break;
    for (const word of words) {
      length += word.length;
      if (length > LONGEST) break;
      kept.push(word);
    }
  }
  while (LINKS.has(kept.at(-1)?.toLowerCase() ?? '')) kept.pop();
  return kept.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
