/**
 * Errors found in policies that somebody published, class by class, and why each is right, or what the sample is. The
 * accuracy run fails on an error of no class, so that each new one is looked at.
 */
export const EXPLAINED_CLASSES: readonly ExplainedClass[] = [
  {
    rule: 'resource-arn-partition',
    says: "There is no partition 'aws-test'",
    why: "Test data with the made-up partition 'aws-test'.",
  },
  {
    rule: 'principal-missing',
    says: 'The statement has no Principal',
    why: 'Taken for a VPC endpoint policy by the name of the file; they are identity policies, which have no Principal.',
  },
  {
    rule: 'resource-arn-invalid',
    says: 'is not an ARN',
    why: "Test data and documentation with words such as 'BROKER_ARN' where a real ARN would stand.",
  },
  {
    rule: 'action-unknown',
    says: 'is an API operation, not an action that a policy can name',
    why: 'Names of API calls instead of actions, such as s3:GetBucketReplication: they grant nothing.',
  },
  { rule: 'action-unknown', says: 'did you mean', why: 'Misspelt actions: they grant nothing.' },
  {
    rule: 'action-service-unknown',
    says: "There is no service 'msk'",
    why: "A service under a name that policies do not know; its actions begin with 'kafka'.",
  },
  {
    rule: 'action-format',
    says: 'is not of the form service:Action',
    why: 'A policy of another cloud provider among the samples.',
  },
  {
    rule: 'element-unknown',
    says: "'version' is not an element",
    why: 'A policy of another cloud provider among the samples.',
  },
  {
    rule: 'principal-key-unknown',
    says: 'is not a kind of principal',
    why: 'A policy of another cloud provider among the samples.',
  },
  { rule: 'element-unknown', says: 'did you mean', why: 'A misspelt element, in a sample of policies with mistakes.' },
  {
    rule: 'principal-invalid',
    says: 'is not an account id',
    why: "Placeholders such as 'xxACCTNUMBERxx', and test data with account ids of ten digits.",
  },
  {
    rule: 'principal-federated-invalid',
    says: 'is not an',
    why: 'Placeholders in documentation and in source text of another language.',
  },
  {
    rule: 'principal-partial-wildcard',
    says: 'has a wildcard',
    why: 'Reference policies for comparing, not for use, and test data: AWS refuses `*` for a provider or service.',
  },
  {
    rule: 'condition-operator-unknown',
    says: 'is not a condition operator; did you mean',
    why: 'Test data with misspelt operators, such as ForAnyValues:StringEquals.',
  },
  {
    rule: 'condition-key-format',
    says: 'is not a condition key',
    why: 'A condition key without its name, once in test data and once in a published example: AWS refuses it.',
  },
  {
    rule: 'rcp-action',
    says: "A resource control policy cannot deny '*'",
    why: 'Examples of resource policies that stand in a folder of RCPs.',
  },
  {
    rule: 'rcp-effect-allow',
    says: 'can only deny',
    why: 'A published example of an RCP with a statement that AWS refuses (Allow with conditions).',
  },
  {
    rule: 'resource-missing',
    says: 'has no Resource, so AWS refuses it',
    why: 'The same published example of an RCP: its last statement has no Resource.',
  },
  { rule: 'effect-missing', says: 'has no Effect', why: 'Test data with pieces of statements.' },
  {
    rule: 'principal-format',
    says: 'must stand in an object',
    why: 'Test data with a bare account or ARN as Principal.',
  },
  {
    rule: 'trust-action-mismatch',
    says: 'is for a SAML provider',
    why: 'Test data with principals that match nothing.',
  },
];

export interface ExplainedClass {
  readonly rule: string;
  /** A piece of the message. */
  readonly says: string;
  readonly why: string;
}

/** Why we and IAM Access Analyzer differ over an AWS managed policy, by check. */
export const EXPLAINED_DIFFERENCES: Readonly<Record<string, string>> = {
  INVALID_ACTION: 'Actions that AWS no longer lists, by our newer data.',
  INVALID_SERVICE_IN_ACTION: 'Services that AWS no longer lists, by our newer data.',
  INVALID_ARN_RESOURCE: 'Misspelt resource types, of which we say what they should be.',
  PASS_ROLE_WITH_STAR_IN_RESOURCE:
    'A limit with IfExists, which a request without the key passes all the same; of two policies with it, IAM Access Analyzer names one.',
  UNSUPPORTED_ACTION_FOR_CONDITION_KEY:
    'Statements in which some actions do not know the key, by the reference data; for pedants only.',
};
