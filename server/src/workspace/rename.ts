import type { TextEdit } from '../base/text-edit.ts';
import { isOpen, isSameThing, type Mention, mentionAt, mentionsIn, type ServiceLookup } from '../features/mentions.ts';
import type { AnalyzedFile } from '../lint/analyze.ts';
import { isAccountId } from '../policy/arn.ts';
import { grammarOf } from '../policy/grammar.ts';
import { stringOf } from '../policy/model.ts';

/** What would be renamed at an offset, or why nothing is. */
export type Renaming = { readonly ok: true; readonly mention: Mention } | { readonly ok: false; readonly why: string };

/** Undefined where no policy stands. */
export function prepareRename(file: AnalyzedFile, offset: number, catalogue: ServiceLookup): Renaming | undefined {
  const inside = file.policies.some(({ view: { node } }) => node.span.start <= offset && offset <= node.span.end);
  if (!inside) return undefined;
  const mention = mentionAt(file, offset, catalogue);
  if (mention?.kind !== 'sid' && mention?.kind !== 'account' && mention?.kind !== 'name') {
    return { ok: false, why: 'Only a Sid, an account id or a name in an ARN can be renamed. Place the cursor on one.' };
  }
  if (mention.kind === 'name' && isOpen(mention.text)) {
    return { ok: false, why: `'${mention.text}' is not one name: it holds a wildcard or a variable.` };
  }
  return { ok: true, mention };
}

/** Why a new name will not do, as a sentence; undefined when it will. */
export function refuseName(file: AnalyzedFile, mention: Mention, name: string): string | undefined {
  if (name === mention.text) return undefined;
  if (mention.kind === 'account') {
    return isAccountId(name) ? undefined : `'${name}' is not an account id: those have twelve digits.`;
  }
  if (mention.kind === 'sid') return refuseSid(file, mention, name);
  if (name === '') return 'A name cannot be empty.';
  if (/[*?]/.test(name)) return `'${name}' holds a wildcard, so it is not one name.`;
  if (name.includes(':')) return `'${name}' holds a colon, which parts the fields of an ARN.`;
  if (/[\s"\\$<>{}]/.test(name)) return `'${name}' holds a character that no name has.`;
  const form = FORMS.find(({ keys }) => keys.test(mention.key));
  if (form) return form.pattern.test(name) ? undefined : `'${name}' is not the name of ${form.says}.`;
  return name.includes('/') && !mention.text.includes('/')
    ? `'${name}' holds a slash, which parts the names in an ARN.`
    : undefined;
}

function refuseSid(file: AnalyzedFile, { policy }: Mention, name: string): string | undefined {
  const own = file.policies[policy];
  if (name.trim() === '') return 'A Sid cannot be empty.';
  if (own && grammarOf(own.classification.kind)?.sids === 'plain' && !/^[A-Za-z0-9]+$/.test(name)) {
    return `'${name}' will not do: a Sid may hold only letters A-Z, a-z and digits here.`;
  }
  return own?.view.statements.some(({ sid }) => stringOf(sid) === name)
    ? `Another statement of this policy has the Sid '${name}' already.`
    : undefined;
}

/**
 * The edits that rename a thing in one file. A Sid is renamed where it stands and nowhere else: no other policy can
 * speak of it.
 */
export function renameIn(
  file: AnalyzedFile,
  mention: Mention,
  name: string,
  catalogue: ServiceLookup,
): readonly TextEdit[] {
  const same =
    mention.kind === 'sid' ? [mention] : mentionsIn(file, catalogue).filter((one) => isSameThing(one, mention));
  const text = JSON.stringify(name);
  // A number becomes a string: an account id may begin with a zero.
  return same.map(({ span, bare }) => ({ span, newText: bare ? text : text.slice(1, -1) }));
}

interface NameForm {
  /** The keys of the mentions it is about. */
  readonly keys: RegExp;
  readonly pattern: RegExp;
  readonly says: string;
}

/** What names of some resources look like, where AWS documents it. */
const FORMS: readonly NameForm[] = [
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  {
    keys: /^name:iam:(?:role|user)\//,
    pattern: /^[\w+=,.@-]{1,64}$/,
    says: 'a role or user: 1 to 64 letters, digits and + = , . @ _ -',
  },
  {
    keys: /^name:iam:(?:group|policy|instance-profile)\//,
    pattern: /^[\w+=,.@-]{1,128}$/,
    says: 'a group, policy or instance profile: 1 to 128 letters, digits and + = , . @ _ -',
  },
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  {
    keys: /^name:s3:[^/]+$/,
    pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    says: 'a bucket: 3 to 63 lower-case letters, digits, dots and hyphens',
  },
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
  {
    keys: /^name:dynamodb:table\/[^/]+$/,
    pattern: /^[\w.-]{3,255}$/,
    says: 'a table: 3 to 255 letters, digits, dots, hyphens and underscores',
  },
  // https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
  {
    keys: /^name:lambda:function:[^:]+$/,
    pattern: /^[\w-]{1,64}$/,
    says: 'a function: 1 to 64 letters, digits, hyphens and underscores',
  },
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
  {
    keys: /^name:sqs:[^/]+$/,
    pattern: /^(?:[\w-]{1,80}|[\w-]{1,75}\.fifo)$/,
    says: 'a queue: 1 to 80 letters, digits, hyphens and underscores',
  },
];
