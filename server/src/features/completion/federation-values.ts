import { lookUp } from '../../base/look-up.ts';
import { findProvider } from '../../policy/federation.ts';

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
 * https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
 */
const CLAIMS: Readonly<Record<string, Claims>> = {
  'GitHub Actions': {
    sub: [
      one('repo:<organization>/<repository>:ref:refs/heads/main', 'the branch main'),
      one('repo:<organization>/<repository>:environment:<environment>', 'an environment'),
      one('repo:<organization>/<repository>:pull_request', 'pull requests'),
      one('repo:<organization>/<repository>:ref:refs/tags/<tag>', 'a tag'),
      one('repo:<organization>/<repository>:ref:refs/heads/<branch>', 'another branch'),
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
      one('project_path:<group>/<project>:ref_type:branch:ref:<branch>', 'another branch'),
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
  'Amazon Cognito': {
    aud: [one('<region>:<identity-pool-id>', 'the identity pool')],
    amr: [one('authenticated', 'users who signed in'), one('unauthenticated', 'guests')],
  },
  Google: { aud: [one('<client-id>.apps.googleusercontent.com', 'the application')], sub: [one('<user-id>')] },
};

/**
 * Providers whose issuer names the customer, or stands on a host of the customer's own, with what is in parentheses.
 * https://circleci.com/docs/openid-connect-tokens/
 * https://support.atlassian.com/bitbucket-cloud/docs/deploy-on-aws-using-bitbucket-pipelines-openid-connect/
 * https://vercel.com/docs/oidc/aws
 */
const BY_ISSUER: readonly (readonly [issuer: RegExp, claims: (named: string) => Claims])[] = [
  [
    /^oidc\.circleci\.com\/org\/([^/]+)$/i,
    (organization) => ({
      sub: [one(`org/${organization}/project/<project-id>/user/*`, 'a project')],
      aud: [one(organization, 'your organization')],
    }),
  ],
  [
    /^api\.bitbucket\.org\/2\.0\/workspaces\/[^/]+\/pipelines-config\/identity\/(oidc)$/i,
    () => ({
      sub: [
        one('{<repository-uuid>}:*', 'a repository'),
        one('{<repository-uuid>}:{<environment-uuid>}:*', 'a deployment environment of it'),
      ],
      aud: [one('ari:cloud:bitbucket::workspace/<workspace-uuid>', 'your workspace')],
    }),
  ],
  [
    /^oidc\.vercel\.com\/([^/]+)$/i,
    (team) => ({
      sub: [
        one(`owner:${team}:project:<project>:environment:production`, 'production deployments'),
        one(`owner:${team}:project:<project>:environment:preview`, 'preview deployments'),
      ],
      aud: [one(`https://vercel.com/${team}`, 'your team')],
    }),
  ],
  [
    /^((?:[^/]+\.)?gitlab\.[^/]+)$/i,
    (host) => ({ ...lookUp(CLAIMS, 'GitLab'), aud: [one(`https://${host}`), one('sts.amazonaws.com')] }),
  ],
];

/** Values to start from for a claim of an issuer. */
export function claimValues(issuer: string, claim: string): readonly ClaimValue[] {
  const provider = findProvider(issuer);
  const named = BY_ISSUER.flatMap(([pattern, claims]) => {
    const name = pattern.exec(issuer)?.[1];
    return name === undefined ? [] : [claims(name)];
  });
  const known = lookUp(named[0] ?? lookUp(CLAIMS, provider.name) ?? {}, claim);
  return known ?? provider.template.filter((item) => item.claim === claim).map(({ value }) => one(value));
}
