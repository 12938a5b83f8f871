/** ARNs written segment by segment: the partition, the service, the Region, the account, the resource. */

import type { Span } from '../../base/span.ts';
import { PARTITIONS } from '../../catalogue/partitions.ts';
import { isAccountId, parseArn, splitArn } from '../../policy/arn.ts';
import { ARN_PLACEHOLDERS, STAND_IN, wordOf } from '../../policy/arn-names.ts';
import { choicesOf, regionsIn } from './known.ts';
import { blanksIn, type Completion, type CompletionContext } from './offer.ts';

/** A form that ARNs of a service have, with stand-ins as in the reference: `arn:${Partition}:s3:::${BucketName}`. */
export interface ArnForm {
  readonly template: string;
  readonly detail: string;
  readonly rank: number;
}

/** Which ARNs are wanted at a place. */
export interface ArnSegments {
  readonly kind: Completion['kind'];
  /** Those that are meant, and those that may stand there as well. */
  readonly services: readonly string[];
  readonly others: readonly string[];
  /** Best first. */
  readonly formsOf: (service: string) => readonly ArnForm[];
  /** Whether an ARN seen elsewhere is one of them. */
  readonly fits: (arn: string) => boolean;
}

const RANK = { segment: 1, known: 2, other: 20 } as const;

const SEGMENTS = ['arn', 'partition', 'service', 'region', 'account', 'resource'] as const;

/** What may stand in the segment of the ARN at the cursor. */
export function offerSegments(context: CompletionContext, segments: ArnSegments): readonly Completion[] {
  const { typed, catalogue, known, place } = context;
  if (!typed.startsWith('arn:')) return [];
  const rest = place.string?.value.slice(typed.length) ?? '';
  const fields = splitArn(typed);
  const here = fields.at(-1);
  const segment = SEGMENTS[fields.length - 1];
  if (!here || !segment) return [];
  const end = segment === 'resource' ? rest.length : rest.search(/:|$/);
  const part = { start: here.start, end: typed.length + end };
  const goesOn = rest.charAt(end) !== ':';
  const item = (label: string, detail?: string, filter = label, colons = ':'): Completion => ({
    label,
    text: label + (goesOn ? colons : ''),
    filter,
    kind: segments.kind,
    rank: RANK.segment,
    part,
    goesOn,
    ...(detail && { detail }),
  });
  const service = fields[2]?.text ?? '';
  const without = (index: number, of: string): boolean => {
    const forms = segments.formsOf(of).map(({ template }) => splitArn(template)[index]?.text);
    return forms.length > 0 && forms.every((field) => field === '');
  };
  switch (segment) {
    case 'arn':
      return [];
    case 'partition':
      return PARTITIONS.map(({ id, name }) => item(id, name));
    case 'service': {
      const others = segments.others.filter((one) => !segments.services.includes(one));
      const offer = (one: string, colons?: string): Completion => {
        const name = catalogue.serviceName(one);
        return item(one, name, `${one} ${name ?? ''}`, colons);
      };
      return [
        // The colons of fields that stay empty come along.
        ...segments.services.map((one) => offer(one, without(3, one) ? (without(4, one) ? ':::' : '::') : ':')),
        ...others.map((one) => ({ ...offer(one), rank: RANK.other })),
      ];
    }
    case 'region': {
      if (without(3, service)) return [];
      const seen = new Set(regionsIn(known));
      const regions = PARTITIONS.find(({ id }) => id === fields[1]?.text)?.regions ?? [];
      return [...new Set([...regions.filter((one) => seen.has(one)), ...regions, '*'])].map((one) => item(one));
    }
    case 'account': {
      if (without(4, service)) return [];
      const accounts = known.accounts.filter(isAccountId);
      if (accounts.length === 0 && rest === '') return offerForms(context, segments, part);
      return accounts.map((account) => {
        const name = known.accountNames[account];
        return item(account, name, name && `${account} ${name}`);
      });
    }
    case 'resource':
      return rest !== '' && place.string === undefined ? [] : offerNames(context, segments, part);
  }
}

/** The last segment: the names seen, then the forms of the service. */
function offerNames(context: CompletionContext, segments: ArnSegments, part: Span): readonly Completion[] {
  const { typed, known } = context;
  const { kind, fits } = segments;
  const [, partition = '', service = '', region = '', account = ''] = splitArn(typed).map(({ text }) => text);
  const seen = known.arns.flatMap((text): readonly Completion[] => {
    const arn = parseArn(text);
    if (arn?.partition.text !== partition || arn.service.text !== service) return [];
    if (arn.region.text !== region || arn.account.text !== account || arn.resource.text === '') return [];
    return fits(text) ? [{ label: arn.resource.text, kind, rank: RANK.known, detail: 'seen before', part }] : [];
  });
  return [...seen, ...offerForms(context, segments, part)];
}

/** The forms of the service from the segment at the cursor to their end. */
function offerForms(context: CompletionContext, { kind, formsOf }: ArnSegments, part: Span): readonly Completion[] {
  const fields = splitArn(context.typed);
  const service = fields[2]?.text ?? '';
  const given = givenIn(context);
  return formsOf(service).flatMap(({ template, detail, rank }): readonly Completion[] => {
    const form = splitArn(template);
    if (form[2]?.text !== service) return [];
    const rest = template.slice(form[fields.length - 1]?.start);
    return [{ ...fillIn(rest, given), kind, rank, detail, part }];
  });
}

/** What the ARNs of a place have in common, as far as it is known. */
export interface Given {
  readonly partition: string;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly accounts: readonly string[];
  readonly choices: Readonly<Record<string, readonly string[]>>;
}

/** What is typed so far, or else what the document and the workspace name. */
export function givenIn({ typed, known, policy }: CompletionContext): Given {
  const fields = splitArn(typed);
  return {
    partition: (fields.length > 2 && fields[1]?.text) || partitionIn(policy.view.tree.text),
    region: fields.length > 4 ? fields[3]?.text : undefined,
    account: fields.length > 5 ? fields[4]?.text : undefined,
    accounts: known.accounts,
    choices: choicesOf(known),
  };
}

/** The partition that the ARNs of a text name first. */
function partitionIn(text: string): string {
  return /"arn:(aws[\w-]*):/.exec(text)?.[1] ?? 'aws';
}

/** A template with what is given, and words to replace for the rest. @param open the stand-in that becomes `*` */
export function fillIn(
  template: string,
  given: Given,
  open?: string,
): Required<Pick<Completion, 'label' | 'placeholders' | 'choices'>> {
  const { accounts, choices } = given;
  const label = template.replace(STAND_IN, (_, name: string) => {
    if (name === open) return '*';
    if (name === 'Partition') return given.partition || 'aws';
    if (name === 'Region') return given.region || ARN_PLACEHOLDERS.region;
    if (name === 'Account') {
      return given.account || (accounts.length === 1 && accounts[0]) || ARN_PLACEHOLDERS.account;
    }
    return wordOf(name);
  });
  return { label, placeholders: blanksIn(label), choices };
}
