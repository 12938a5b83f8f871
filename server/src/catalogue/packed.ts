/**
 * The shape of the two data files, shared by the tool that writes them and the code that reads them.
 *
 * `catalogue.jsonl` holds one line per service, pure ASCII so that an offset in the text is an offset in the file.
 * `catalogue-toc.json` says where each line is and holds the little that must be there before any service is: names
 * of actions for wildcards, global condition keys, service principals. Opening parses the second only.
 */
import type { AccessLevel, CatalogueCounts, ConditionKeyType } from './types.ts';

/** Raised whenever a reader of today could misread the files of yesterday. */
export const PACKED_FORMAT = 1;

export interface PackedToc {
  readonly format: typeof PACKED_FORMAT;
  /** `2026-09-26` */
  readonly date: string;
  readonly counts: CatalogueCounts;
  /** Length of `catalogue.jsonl`: files of two builds are told apart by it. */
  readonly length: number;
  /** In the order of `prefix + ':'`, so that the ids of all actions come out sorted. */
  readonly services: readonly PackedTocService[];
  /** Names of all actions in order, a line per service, a blank between two: one text, because that parses fastest. */
  readonly actions: string;
  readonly globalConditionKeys: readonly PackedGlobalKey[];
  /** Prefix of a condition key -> services that list keys of that prefix though it is not theirs (`saml` -> `sts`). */
  readonly foreignKeys: Readonly<Record<string, readonly string[]>>;
  /** Prefixes of the keys that federated sign-in brings (`saml`, `accounts.google.com`, …), as templates. */
  readonly federationPrefixes: readonly string[];
  /** Name without Region -> label, `''` for none. */
  readonly servicePrincipals: Readonly<Record<string, string>>;
  /** What people write for a prefix -> the prefix: `eventbridge` -> `events`. */
  readonly aliases: Readonly<Record<string, string>>;
  /** `s3:HeadBucket` -> `['s3:ListBucket']`: operations whose action has another name. */
  readonly operations: Readonly<Record<string, readonly string[]>>;
  readonly rcpServices: readonly string[];
  readonly retired: readonly PackedRetired[];
}

/** Prefix, name for people, offset and length of the line. */
export type PackedTocService = readonly [prefix: string, name: string, offset: number, length: number];

export interface PackedGlobalKey {
  readonly name: string;
  readonly type: ConditionKeyType;
  readonly alsoType?: ConditionKeyType;
  readonly multivalued?: boolean;
  readonly description: string;
  readonly present: string;
  readonly absent?: string;
}

/** What was last seen in the data of one month: `2024-10`. */
export interface PackedRetired {
  readonly lastSeen: string;
  readonly services: readonly string[];
  /** `s3:Name`, the services above included. */
  readonly actions: readonly string[];
  readonly conditionKeys: readonly string[];
}

export interface PackedService {
  readonly prefix: string;
  /** Condition keys. */
  readonly k: readonly PackedKey[];
  /** Lists of indexes into `k`, each list once; list 0 is the empty one. */
  readonly l: readonly (readonly number[])[];
  /** Resource types: name, ARN templates, index of the list of keys. */
  readonly r: readonly (readonly [name: string, arns: readonly string[], keys: number])[];
  readonly a: readonly PackedAction[];
}

/** An `aws:` key by its name alone (it is described once, in the table of contents), any other with what it is. */
export type PackedKey =
  | string
  | readonly [name: string, description: string, type: ConditionKeyType, multivalued: 0 | 1];

export type PackedAction = readonly [
  name: string,
  /** A letter of `LEVELS`; followed by `+` when the needed resource types depend on the use. */
  level: string,
  description: string,
  keys: number,
  /** `2 * index + required`, paired with a list of keys when the action has keys for this resource type alone. */
  resources: readonly (number | readonly [code: number, keys: number])[],
  dependent?: readonly string[],
];

export const LEVELS: Readonly<Record<string, AccessLevel>> = {
  L: 'List',
  R: 'Read',
  W: 'Write',
  P: 'Permissions management',
  T: 'Tagging',
};

/** Openings that nearly all descriptions share, written as `~`. */
export const ACTION_OPENING = 'Grants permission to ';
export const KEY_OPENING = 'Filters access by ';
