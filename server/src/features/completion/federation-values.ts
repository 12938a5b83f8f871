import { findProvider } from '../../policy/federation.ts';
import { lookUp } from './value-table.ts';

/** A value of a claim, and what it lets in. `<…>` is for the user to fill in. */
export interface ClaimValue {
  readonly value: string;
  readonly detail?: string;
}

const one = (value: string, detail?: string): ClaimValue => ({ value, ...(detail && { detail }) });

type Claims = Readonly<Record<string, readonly ClaimValue[]>>;

/**
 * The claims of providers by the name that `findProvider` gives them; where a claim is not listed, the template of the
 * provider is what there is.
 * https://docs.github.com/en/actions/reference/security/oidc
 * https://docs.gitlab.com/ci/cloud_services/aws/
 * https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 * https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration
 * https://vercel.com/docs/oidc/aws
 * https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
 */
const CLAIMS: Readonly<Record<string, Claims>> = {
  'GitHub Actions': {
    sub: [
      one('repo:<organization>/<repository>:ref:refs/heads/main', 'the branch main'),
      one('repo:<organization>/<repository>:environment:<environment>', 'an environment'),
      one('repo:<organization>/<repository>:pull_request', 'pull requests'),
      one('repo:<organization>/<repository>:ref:refs/tags/<tag>', 'a tag'),
      one('repo:<organization>/<repository>:ref:refs/heads/release/*', 'branches by pattern'),
      one('repo:<organization>/<repository>:*', 'all of the repository'),
    ],
    aud: [one('sts.amazonaws.com')],
    repository: [one('<organization>/<repository>')],
    ref: [one('refs/heads/main', 'the branch main'), one('refs/tags/<tag>', 'a tag')],
    environment: [one('<environment>')],
    job_workflow_ref: [
      one('<organization>/<repository>/.github/workflows/<file>@refs/heads/main', 'a reusable workflow'),
    ],
  },
  GitLab: {
    sub: [
      one('project_path:<group>/<project>:ref_type:branch:ref:main', 'the branch main'),
      one('project_path:<group>/<project>:ref_type:tag:ref:<tag>', 'a tag'),
      one('project_path:<group>/<project>:ref_type:branch:ref:*', 'any branch'),
      one('project_path:<group>/*:ref_type:branch:ref:main', 'the branch main of any project of the group'),
    ],
  },
  'Amazon EKS': {
    sub: [
      one('system:serviceaccount:<namespace>:<service-account>', 'a service account'),
      one('system:serviceaccount:<namespace>:*', 'any service account of the namespace'),
    ],
    aud: [one('sts.amazonaws.com')],
  },
  'HCP Terraform': {
    sub: [
      one('organization:<organization>:project:<project>:workspace:<workspace>:run_phase:apply', 'apply runs'),
      one('organization:<organization>:project:<project>:workspace:<workspace>:run_phase:plan', 'plan runs'),
      one('organization:<organization>:project:<project>:workspace:<workspace>:run_phase:*', 'plan and apply runs'),
    ],
    aud: [one('aws.workload.identity')],
  },
  Buildkite: { aud: [one('sts.amazonaws.com')] },
  Vercel: { sub: [one('owner:<team>:project:<project>:environment:production', 'production deployments')] },
  'Amazon Cognito': {
    aud: [one('<region>:<identity-pool-id>', 'the identity pool')],
    amr: [one('authenticated', 'users who signed in'), one('unauthenticated', 'guests')],
  },
  Google: { aud: [one('<client-id>.apps.googleusercontent.com', 'the application')], sub: [one('<user-id>')] },
};

/** Values to start from for a claim of an issuer. */
export function claimValues(issuer: string, claim: string): readonly ClaimValue[] {
  // CircleCI and GitLab servers of one's own are told by their host. https://circleci.com/docs/openid-connect-tokens/
  const circle = /^oidc\.circleci\.com\/org\/([^/]+)$/i.exec(issuer)?.[1];
  if (circle !== undefined) {
    if (claim === 'aud') return [one(circle, 'your organization')];
    if (claim === 'sub') return [one(`org/${circle}/project/<project-id>/user/*`, 'a project')];
  }
  const gitlab = /(?:^|\.)gitlab\./i.test(issuer);
  if (gitlab && claim === 'aud') return [one(`https://${issuer}`)];
  const provider = findProvider(issuer);
  const known = lookUp(lookUp(CLAIMS, gitlab ? 'GitLab' : provider.name) ?? {}, claim);
  return known ?? provider.template.filter((item) => item.claim === claim).map(({ value }) => one(value));
}
