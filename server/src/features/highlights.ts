import type { Span } from '../base/span.ts';
import type { AnalyzedFile } from '../lint/analyze.ts';
import { isSameThing, mentionAt, mentionsIn, type ServiceLookup } from './mentions.ts';

/** More than these nobody looks at. */
const MOST = 2000;

/** Where a file names what it names at an offset, that place included; empty where it names nothing. */
export function highlight(file: AnalyzedFile, offset: number, catalogue: ServiceLookup): readonly Span[] {
  const at = mentionAt(file, offset, catalogue);
  if (!at) return [];
  return mentionsIn(file, catalogue)
    .filter((one) => isSameThing(one, at))
    .slice(0, MOST)
    .map(({ span }) => span);
}
