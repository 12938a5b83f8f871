/**
 * What server and client say to each other beyond the Language Server Protocol. Both sides import this file, so it
 * imports types only.
 */
import type { Range } from './base/lines.ts';
import type { PolicyAnswers } from './features/new-policy/answers.ts';
import type { Confidence, PolicyKind } from './policy/kind.ts';
import type { Form } from './policy/model.ts';

export type { PolicyAnswers } from './features/new-policy/answers.ts';
export type { ComposedPolicy, NewPolicy } from './features/new-policy/compose.ts';
export type { PolicyOption, PolicyQuestion } from './features/new-policy/questions.ts';

/** The section of all settings. */
export const SETTINGS_SECTION = 'iamPolicy';

/** Sent as `initializationOptions`; everything is optional, so that any editor can start the server. */
export interface InitializationOptions {
  /** Languages whose JSON syntax and duplicate keys the editor reports itself: VS Code says `json` and `jsonc`. */
  readonly jsonReportedBy?: readonly string[];
  /** The client wants `iamPolicy/described` notifications. */
  readonly wantsDescriptions?: boolean;
  /** Commands that the client carries out when a code action names them. */
  readonly commands?: readonly string[];
  /** The client answers `iamPolicy/readFolder` and `iamPolicy/readFile`, for folders that the server cannot read itself. */
  readonly readsFiles?: boolean;
  /** The settings, for editors that do not answer `workspace/configuration`. */
  readonly settings?: unknown;
}

/** Request: `DescribeParams` to `Description`, or null when the file is not open. */
export const DESCRIBE = 'iamPolicy/describe';

/** Notification to the client: the description of an open file is new or has changed. */
export const DESCRIBED = 'iamPolicy/described';

/** Notification to the server: judge a file as another kind for as long as it is open. For files without a name. */
export const TREAT_AS = 'iamPolicy/treatAs';

/** Request: `NewPolicyParams` to `NewPolicy`: the next question of the guided start, and the policies so far. */
export const NEW_POLICY = 'iamPolicy/newPolicy';

export interface NewPolicyParams {
  readonly answers: PolicyAnswers;
}

export interface DescribeParams {
  readonly uri: string;
}

export interface TreatAsParams {
  readonly uri: string;
  /** As in the setting `iamPolicy.kinds`: `trust`, `resource:s3`; null: let the server decide. */
  readonly kind: string | null;
}

/** Request to the client: `UriParams` of a folder to `FolderEntry[]`. */
export const READ_FOLDER = 'iamPolicy/readFolder';

/** Request to the client: `ReadFileParams` to the text of a file; null when it is too long or cannot be read. */
export const READ_FILE = 'iamPolicy/readFile';

export interface UriParams {
  readonly uri: string;
}

export interface ReadFileParams extends UriParams {
  readonly mostBytes: number;
}

/** What stands in a folder; symbolic links are left out. */
export interface FolderEntry {
  readonly name: string;
  readonly folder: boolean;
}

/** What a file holds. */
export interface Description {
  readonly uri: string;
  /** The version of the text described. */
  readonly version: number;
  /** In source order; empty for a file that holds no policy. */
  readonly policies: readonly PolicyDescription[];
  /** Date of the AWS reference data, such as `2026-09-26`; null when it is not needed or cannot be read. */
  readonly dataDate: string | null;
}

export interface PolicyDescription {
  readonly kind: PolicyKind;
  /** For a resource policy, the service of the resource it is attached to, such as `s3`, when that is known. */
  readonly service: string | null;
  readonly form: Form;
  readonly confidence: Confidence;
  /** Why it is taken for that kind: short sentences. */
  readonly evidence: readonly string[];
  readonly range: Range;
  /** How long it is, as AWS counts, and how long it may be; null where no quota is known. */
  readonly size: PolicySizeDescription | null;
}

export interface PolicySizeDescription {
  readonly size: number;
  readonly limit: number;
  readonly unit: 'characters' | 'bytes';
}

/**
 * Client command: shows what kind of policy a file holds and why, and lets the user choose another. Arguments: document
 * uri, and a line of the policy, from 0.
 */
export const CHOOSE_KIND_COMMAND = 'iamPolicy.chooseKind';

/** Client command: turns a rule off in the settings. Arguments: rule id, document uri. */
export const IGNORE_RULE_COMMAND = 'iamPolicy.ignoreRule';
