/**
 * What AWS offers, as the rest of the product sees it. Data only: `catalogue.ts` answers the questions.
 * Facts come from the service authorization reference:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */

/**
 * The two data files. `toc` is the text of `catalogue-toc.json`, `services` is `catalogue.jsonl`; they belong together.
 * Both are ASCII, so they may be read as Latin-1, which is quickest. Of `services` only the lines of the services asked
 * for are read: a string will do, and so will a file of which parts can be read.
 */
export interface CatalogueBytes {
  readonly toc: string;
  readonly services: Pick<string, 'length' | 'slice'>;
}

/** The five access levels of the reference. Tagging and permissions management are kinds of write. */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Permissions management' | 'Tagging';

/** The value types a condition key can have; `multivalued` on the key says whether it holds a set of them. */
export type ConditionKeyType = 'String' | 'ARN' | 'Bool' | 'Numeric' | 'Date' | 'IPAddress' | 'Binary';

/** One service prefix and all that hangs off it. */
export interface Service {
  /** As written in a policy, lower case: `s3`. */
  readonly prefix: string;
  /** For people: `Amazon S3`. */
  readonly name: string;
  /** By lower-case action name, in the order of the names. */
  readonly actions: ReadonlyMap<string, Action>;
  /** By lower-case resource type name. */
  readonly resourceTypes: ReadonlyMap<string, ResourceType>;
  /** The service's own keys; for `sts` without the federation keys, which `Catalogue.conditionKey` answers. */
  readonly conditionKeys: readonly ConditionKey[];
}

export interface Action {
  /** Lower-case service prefix. */
  readonly service: string;
  /** Canonical spelling: `GetObject`. */
  readonly name: string;
  /** `s3:GetObject`. */
  readonly id: string;
  readonly level: AccessLevel;
  /** One sentence, starting with "Grants permission to" in nearly every case. */
  readonly description: string;
  /** Empty when the action takes no resource: then only `"Resource": "*"` matches it. */
  readonly resourceTypes: readonly ActionResourceType[];
  /** The condition keys that apply whatever the resource type, as templates (`aws:RequestTag/${TagKey}`). */
  readonly conditionKeys: readonly string[];
  /** Other actions the caller needs as well (`iam:PassRole`). Older data than the rest: a hint, never proof. */
  readonly dependentActions: readonly string[];
  /** No resource type: the action only works with `"Resource": "*"`. */
  readonly wildcardOnly: boolean;
  /** Which resource types are needed depends on how the action is used: never call one missing. */
  readonly scenarioDependent: boolean;
}

export interface ActionResourceType {
  readonly type: ResourceType;
  /** Marked with an asterisk in the reference: the action fails when no statement allows such a resource. */
  readonly required: boolean;
  /** Keys that apply to this action only for this resource type, as templates. */
  readonly conditionKeys: readonly string[];
}

export interface ResourceType {
  readonly name: string;
  /** Lower-case service prefix of the service that lists it (the ARN may name another service). */
  readonly service: string;
  /** ARN templates: `arn:${Partition}:s3:::${BucketName}/${ObjectName}`. May hold `*`; match as patterns. */
  readonly arns: readonly string[];
  /** Keys that apply to the resource type, as templates. */
  readonly conditionKeys: readonly string[];
}

export interface ConditionKey {
  /** Template with every placeholder as `${…}`: `aws:RequestTag/${TagKey}`. */
  readonly name: string;
  readonly description: string;
  readonly type: ConditionKeyType;
  /** A second type whose operators work as well: `aws:EpochTime` takes dates and numbers. */
  readonly alsoType?: ConditionKeyType;
  /** Holds a set of values: wants `ForAllValues:` or `ForAnyValue:`. */
  readonly multivalued: boolean;
  /** `global`: any service may meet it (`aws:…` and few more). `federation`: comes with a federated sign-in (SAML, OIDC). `service`: the rest. */
  readonly scope: 'global' | 'service' | 'federation';
  /** When the request carries the key (global keys only). */
  readonly present?: string;
  /** When the request does not carry the key (global keys only). */
  readonly absent?: string;
}

export interface ServicePrincipal {
  /** Base form, without region and partition: `logs.amazonaws.com`. */
  readonly name: string;
  /** For people: `Amazon CloudWatch Logs`. */
  readonly label?: string;
  /** Set when the name asked for was a regional form: `eu-central-1`. */
  readonly region?: string;
  /** False: shaped like a service principal, but not one we know. There is no complete list, so never an error. */
  readonly listed: boolean;
}

/** A name older data had and today's has not: retired or renamed. */
export interface RetiredName {
  /** Canonical spelling when it was last seen. */
  readonly name: string;
  /** Year and month of the newest data that still had it: `2024-10`. */
  readonly lastSeen: string;
}

export interface CatalogueCounts {
  readonly services: number;
  readonly actions: number;
  readonly resourceTypes: number;
  /** Entries, counted per service, without the global keys. */
  readonly conditionKeys: number;
}

/** Answers about AWS. Nothing is read before the first question; then every member may throw `CatalogueError`. */
export interface Catalogue {
  /** Date of the data: `2026-09-26`. */
  readonly date: string;
  readonly counts: CatalogueCounts;
  /** Sorted, lower case. */
  servicePrefixes(): readonly string[];
  /** `Amazon S3` for `s3`, without opening the service. */
  serviceName(prefix: string): string | undefined;
  /** Case-insensitive. */
  service(prefix: string): Service | undefined;
  /** Case-insensitive in both parts. No wildcards. */
  action(prefix: string, name: string): Action | undefined;
  /** The prefix people mean by a product, SDK or CLI name that is no prefix: `events` for `eventbridge`. */
  prefixOfAlias(alias: string): string | undefined;
  retiredService(prefix: string): RetiredName | undefined;
  retiredAction(prefix: string, name: string): RetiredName | undefined;
  /**
   * The actions that allow an API operation, for operations people take for actions: `s3:ListBucket` for
   * `s3:HeadBucket`. Empty when the name is no such operation. Case-insensitive.
   */
  actionsOfOperation(prefix: string, name: string): readonly string[];
  /**
   * The actions a pattern matches, as canonical ids, sorted. `s3:Get*`, `*`, `s3:*`, `*:*Tag*`; case-insensitive.
   * Wildcards in the prefix are followed here even though IAM only takes a lone `*` there.
   */
  expandAction(pattern: string): readonly string[];
  /** Whether `expandAction` would find anything; stops at the first. */
  matchesAnyAction(pattern: string): boolean;
  /** Any key as a user writes it, case-insensitive, templates resolved: `aws:RequestTag/team`, `saml:aud`. */
  conditionKey(key: string): ConditionKey | undefined;
  globalConditionKeys(): readonly ConditionKey[];
  /** The keys of federated sign-in (SAML, OIDC providers), as templates. */
  federationConditionKeys(): readonly ConditionKey[];
  retiredConditionKey(key: string): RetiredName | undefined;
  /**
   * `ec2.amazonaws.com`; regional (`logs.eu-central-1.amazonaws.com`) and `.com.cn` forms resolve to the base.
   * `undefined` when the text is not shaped like a service principal at all.
   */
  servicePrincipal(name: string): ServicePrincipal | undefined;
  servicePrincipals(): readonly ServicePrincipal[];
  /** Whether resource control policies apply to the service. */
  isRcpService(prefix: string): boolean;
}
