import { POLICY_KINDS } from '../judge.ts';

export const HELP = `Reads AWS IAM policies and says what is wrong with them. Offline: nothing leaves your machine.

Usage:
  iam-policy lint [path|-]…      judge files, folders (*.json, *.jsonc) or stdin
  iam-policy lint --ndjson       judge a stream: one JSON object a line on stdin
  iam-policy explain [rule]…     what a rule means and what to do; without a rule, the list of them
  iam-policy --help | --version

'iam-policy help lint' tells all flags.
`;

export const LINT_HELP = `iam-policy lint [path|-]…

Judges the IAM policies in files, in folders (every *.json and *.jsonc, skipping hidden ones and node_modules) or on
stdin (-). Without a path: the current folder. What kind each policy is follows from its text and its file name.

  --kind <kind>          do not guess: ${POLICY_KINDS.slice(0, 4).join(', ')},
                         ${POLICY_KINDS.slice(4, 8).join(', ')};
                         a resource policy may name its service: resource:s3
  --format text|json     how to print (text)
  --ndjson               read policies from stdin, one JSON object a line (see below)
  --fail-on <severity>   exit with 1 from this severity on: error, warning, info, hint, never (error)
  --persona <persona>    whom to tell: regular, pedantic (also what is untidy), auditor (also what to review) (regular)
  --rule <id>=<severity> judge a rule as error, warning, info, hint, or off; may be repeated
  -q, --quiet            print findings only, no summary
  --no-color             no colours (also: NO_COLOR in the environment)
  -h, --help             this text
  -v, --version          the version

Exit codes: 0 nothing found, 1 findings at or above --fail-on, 2 wrong usage or internal failure.

A stream (--ndjson): each line in is {"id": …, "policy": {…}} or {"id": …, "text": "…"}, with "kind" and "path" if you
like; each gives one line out, in the same order: {"id", "policies", "findings"}, or {"id", "error"} for a line that
cannot be read (the run goes on and ends with exit code 2). Blank lines are skipped. A "policy" is judged as the text
JSON.stringify(policy, null, 2) gives, and ranges refer to that text; send "text" for ranges in your own.
Ranges count lines and UTF-16 characters from 0.
`;

export const EXPLAIN_HELP = `iam-policy explain [rule]…

Tells what a rule finds, why it matters and what to do about it. A check of IAM Access Analyzer (such as INVALID_ACTION)
may be named instead of a rule. Without a name: all rules.
`;
