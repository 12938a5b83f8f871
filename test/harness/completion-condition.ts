import type { WorkspaceNames } from '../../server/src/features/completion/completion.ts';
import { completeAt } from './completion.ts';

/** A statement around what is between its braces; a principal makes it a trust policy. */
export function policy(inner: string, version = '2012-10-17'): string {
  return `{"Version":"${version}","Statement":[{"Effect":"Allow",${inner}}]}`;
}

export const READ = '"Action":["s3:GetObject","s3:ListBucket"],"Resource":"*"';
export const TRUST = (principal: string, action = 'sts:AssumeRole') => `"Principal":${principal},"Action":"${action}"`;
export const WEB = (provider: string) =>
  TRUST(`{"Federated":"arn:aws:iam::111122223333:oidc-provider/${provider}"}`, 'sts:AssumeRoleWithWebIdentity');
export const EKS = 'oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';

export const TRUST_EKS = `"Effect":"Allow",${WEB(EKS)}`;

/** What is offered for the value of a key. */
export function valuesOf(operator: string, key: string, rest = READ, known?: WorkspaceNames): readonly string[] {
  const text = policy(`${rest},"Condition":{"${operator}":{"${key}":"|"}}`);
  return completeAt(text, known && { known })?.labels ?? [];
}

/** The keys that are offered under an operator. */
export function keysUnder(operator: string, rest: string, kind?: string): readonly string[] {
  return (
    completeAt(policy(`${rest},"Condition":{"${operator}":{"|"}}`), kind === undefined ? {} : { kind })?.labels ?? []
  );
}
