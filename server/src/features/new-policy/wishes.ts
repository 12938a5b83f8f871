/** The answers to "Under which conditions?". */
import type { StatementValue } from '../templates/template.ts';
import type { Caller } from './doors.ts';

export interface Wish {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  /** Whose requests can meet it. */
  readonly callers: readonly Caller[];
  readonly condition: StatementValue;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
export const WISHES: readonly Wish[] = [
  {
    id: 'mfa',
    label: 'Only with MFA',
    detail: 'The caller has signed in with a second factor.',
    callers: ['person', 'account'],
    condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  },
  {
    id: 'organization',
    label: 'Only from your organization',
    detail: 'The caller’s account belongs to your organization.',
    callers: ['account'],
    condition: { StringEquals: { 'aws:PrincipalOrgID': '{organization}' } },
  },
  {
    id: 'caller-role',
    label: 'Only certain roles of that account',
    detail: 'Not everybody whom the other account permits.',
    callers: ['account'],
    condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::{otherAccount}:role/{callerRole}' } },
  },
  {
    id: 'network',
    label: 'Only from your network',
    detail: 'The request comes from certain public addresses.',
    callers: ['person', 'account', 'role'],
    condition: { IpAddress: { 'aws:SourceIp': '{network}' } },
  },
  {
    id: 'vpc-endpoint',
    label: 'Only from your VPC endpoint',
    detail: 'The request comes through a certain VPC endpoint.',
    callers: ['person', 'role'],
    condition: { StringEquals: { 'aws:SourceVpce': '{vpcEndpoint}' } },
  },
  {
    id: 'until',
    label: 'Only until a certain day',
    detail: 'Access ends by itself.',
    callers: ['person', 'account', 'role', 'service', 'federated'],
    condition: { DateLessThan: { 'aws:CurrentTime': '{day}T23:59:59Z' } },
  },
];
