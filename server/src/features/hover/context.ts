import type { Span } from '../../base/span.ts';
import type { Catalogue } from '../../catalogue/types.ts';
import type { AnalyzedPolicy } from '../../lint/analyze.ts';
import type { Statement } from '../../policy/model.ts';

/** What is shown about a place in a text. */
export interface Hover {
  /** What it is about: the editor highlights it. */
  readonly span: Span;
  /** Safe Markdown without links to commands. */
  readonly markdown: string;
}

/** Where the cursor is and what may be asked. */
export interface HoverContext extends AnalyzedPolicy {
  readonly catalogue: Catalogue;
}

export interface StatementContext extends HoverContext {
  readonly statement: Statement;
}

/** True when the character at `offset` belongs to the span. */
export function isOn(span: Span, offset: number): boolean {
  return span.start <= offset && offset < span.end;
}

const GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/';

/** A page of the IAM User Guide by its file name without extension. */
export function guidePage(name: string): string {
  const [page = '', anchor] = name.split('#');
  return `${GUIDE}${page}.html${anchor ? `#${anchor}` : ''}`;
}

const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference/';

/** Pages of the service authorization reference by prefix; for other services the index is given. */
const REFERENCE_PAGES: Readonly<Record<string, string>> = {
  cloudformation: 'list_awscloudformation',
  cloudwatch: 'list_amazoncloudwatch',
  dynamodb: 'list_amazondynamodb',
  ec2: 'list_amazonec2',
  iam: 'list_awsidentityandaccessmanagementiam',
  kms: 'list_awskeymanagementservice',
  lambda: 'list_awslambda',
  logs: 'list_amazoncloudwatchlogs',
  organizations: 'list_awsorganizations',
  rds: 'list_amazonrds',
  s3: 'list_amazons3',
  secretsmanager: 'list_awssecretsmanager',
  sns: 'list_amazonsns',
  sqs: 'list_amazonsqs',
  ssm: 'list_awssystemsmanager',
  sts: 'list_awssecuritytokenservice',
};

export function referencePage(prefix: string): string {
  const key = prefix.toLowerCase();
  const page = Object.hasOwn(REFERENCE_PAGES, key) ? REFERENCE_PAGES[key] : undefined;
  return `${REFERENCE}${page ?? 'reference_policies_actions-resources-contextkeys'}.html`;
}
