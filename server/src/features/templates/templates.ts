/** All templates, and what completion offers of them. */
import type { Classification } from '../../policy/kind.ts';
import { GUARDRAIL_TEMPLATES } from './guardrail.ts';
import { PERMISSION_TEMPLATES } from './permission.ts';
import { RESOURCE_TEMPLATES } from './resource.ts';
import { policyOf, snippetOf, type Template } from './template.ts';
import { TRUST_TEMPLATES } from './trust.ts';

export const TEMPLATES: readonly Template[] = [
  ...TRUST_TEMPLATES,
  ...PERMISSION_TEMPLATES,
  ...RESOURCE_TEMPLATES,
  ...GUARDRAIL_TEMPLATES,
];

/** A template as completion offers it, as snippets in the syntax of LSP with a tab for each level. */
export interface TemplateOffer {
  readonly label: string;
  readonly detail: string;
  /** The whole policy, or the statements with commas in between. */
  readonly value: string;
  /** What stands between the braces of the policy or statement; left out where there are several statements. */
  readonly members?: readonly [string];
}

type Known = Pick<Classification, 'kind' | 'service' | 'confidence'>;

/**
 * The templates that fit a place, in the order of the library.
 * @param known what the document is; where that is not sure, all templates are offered
 * @param place instead of a whole document, or among the statements of one
 */
export function offerTemplates(known: Known | undefined, place: 'document' | 'statement'): readonly TemplateOffer[] {
  return TEMPLATES.filter((template) => fits(template, known)).map((template) => {
    const offer = OFFERS[place].get(template) ?? offerOf(template, place);
    OFFERS[place].set(template, offer);
    return offer;
  });
}

// They never change, and completion wants them at every key.
const OFFERS = { document: new WeakMap<Template, TemplateOffer>(), statement: new WeakMap<Template, TemplateOffer>() };

function offerOf({ title, detail, statements }: Template, place: 'document' | 'statement'): TemplateOffer {
  const value = place === 'document' ? snippetOf(policyOf(statements)) : unwrap(snippetOf(statements));
  const whole = place === 'document' || statements.length === 1;
  return { label: title, detail, value, ...(whole && { members: [unwrap(value)] }) };
}

/** What stands between the first and the last line, one level further out. */
function unwrap(printed: string): string {
  return printed.split('\n').slice(1, -1).join('\n').replace(/^\t/gm, '');
}

function fits({ kinds }: Template, known: Known | undefined): boolean {
  if (!known || known.kind === 'unknown' || known.kind === 'none' || known.confidence === 'ambiguous') return true;
  const wanted = known.service === null ? known.kind : `${known.kind}:${known.service}`;
  return kinds.some((kind) => kind === wanted || (known.service === null && kind.startsWith(`${wanted}:`)));
}
