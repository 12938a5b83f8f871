import { hasWildcard } from '../base/wildcard.ts';
import { hasHole } from './hole.ts';

/** An action pattern taken apart: `s3:Get*`. */
export interface ActionPattern {
  readonly text: string;
  /** As written, without the colon; empty for the bare `*` and where no colon stands. */
  readonly prefix: string;
  /** As written; the whole text where no colon stands. */
  readonly name: string;
  /** Index in `text` at which the name starts. */
  readonly nameStart: number;
  /** The bare `*`, every action of every service (`*:*` is written for the same). */
  readonly everything: boolean;
  readonly wildcard: boolean;
  readonly wildcardInPrefix: boolean;
  /** Part of it is a template's stand-in, so nothing can be said about it. */
  readonly hole: boolean;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
export function parseAction(text: string): ActionPattern {
  const colon = text.indexOf(':');
  const prefix = colon < 0 ? '' : text.slice(0, colon);
  const name = text.slice(colon + 1);
  return {
    text,
    prefix,
    name,
    nameStart: colon + 1,
    everything: text === '*' || text === '*:*',
    wildcard: hasWildcard(text),
    wildcardInPrefix: hasWildcard(prefix),
    hole: hasHole(text),
  };
}
