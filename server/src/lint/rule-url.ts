const BASE = 'https://github.com/iam-policy/iam-policy/blob/main/docs/rules';

/** The page that explains a rule. */
export function ruleUrl(ruleId: string): string {
  return `${BASE}/${ruleId}.md`;
}
