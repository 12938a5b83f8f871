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

/** A template as completion offers it. */
export interface TemplateOffer {
  readonly label: string;
  readonly detail: string;
  /** A snippet in the syntax of LSP, two spaces a level: a whole policy, or statements with commas in between. */
  readonly body: string;
}

/**
 * The templates that fit a place, in the order of the library.
 * @param known what the document is; where that is not sure, all templates are offered
 * @param place instead of a whole document, or among the statements of one
 */
export function offerTemplates(
  known: Pick<Classification, 'kind' | 'service' | 'confidence'> | undefined,
  place: 'document' | 'statement',
): readonly TemplateOffer[] {
  return TEMPLATES.filter((template) => fits(template, known)).map(({ title, detail, statements }) => ({
    label: title,
    detail,
    body: place === 'document' ? snippetOf(policyOf(statements)) : snippetOf(statements).replace(ENDS, ''),
  }));
}

/** The brackets around a list that has been printed in lines, with the indentation that they bring. */
const ENDS = /^\[\n {2}|\n\]$|(?<=\n) {2}/g;

function fits(
  { kinds }: Template,
  known: Pick<Classification, 'kind' | 'service' | 'confidence'> | undefined,
): boolean {
  if (!known || known.kind === 'unknown' || known.kind === 'none' || known.confidence === 'ambiguous') return true;
  const wanted = known.service === null ? known.kind : `${known.kind}:${known.service}`;
  return kinds.some((kind) => kind === wanted || (known.service === null && kind.startsWith(`${wanted}:`)));
}
