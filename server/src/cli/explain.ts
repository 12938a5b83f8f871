import type { AnyRule } from '../judge.ts';
import { findRules } from './arguments.ts';

/** The documentation of rules, or the list of all where none is named. */
export function explain(ids: readonly string[], rules: readonly AnyRule[]): string {
  if (ids.length === 0) {
    const width = Math.max(0, ...rules.map(({ id }) => id.length));
    return rules.map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${title}\n`).join('');
  }
  return [...new Set(ids.flatMap((id) => findRules(id, rules)))].map(explainRule).join('\n\n');
}

function explainRule(rule: AnyRule): string {
  const { what, why, how, references, examples } = rule.docs;
  const persona = rule.persona === 'regular' ? '' : `, told with --persona ${rule.persona}`;
  const checks = rule.accessAnalyzer.length === 0 ? '' : `IAM Access Analyzer: ${rule.accessAnalyzer.join(', ')}\n`;
  return `${rule.id}: ${rule.title}
${rule.severity}${persona}

${what}

Why: ${why}

What to do: ${how}

Wrong:

${show(examples.bad.policy)}

Right:

${show(examples.good.policy)}

${checks}${references.map((reference) => `${reference}\n`).join('')}`;
}

function show(policy: object | string): string {
  const text = typeof policy === 'string' ? policy.trimEnd() : JSON.stringify(policy, null, 2);
  return text.replace(/^/gm, '    ');
}
