import { sayNumber } from '../../base/words.ts';
import type { LevelGroup } from '../../meaning/levels.ts';
import type { Fact } from '../markdown.ts';
import { listCodes } from './context.ts';

/** Names shown of each access level; of those that can do most harm there are more. */
const SHOWN = { 'Permissions management': 8, Write: 6, Tagging: 3, Read: 5, List: 5 } as const;

/** Actions by access level, a line for each, the riskiest first. */
export function levelFacts(groups: readonly LevelGroup[], whole: boolean): readonly Fact[] {
  return groups.map(({ level, ids }): Fact => {
    const names = whole ? ids : ids.map((id) => id.slice(id.indexOf(':') + 1));
    return [`${sayNumber(ids.length)} ${level}`, listCodes(names, SHOWN[level])];
  });
}
