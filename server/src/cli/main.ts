import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../base/message-of.ts';
import { createJudge, type Judge, openCatalogue } from '../judge.ts';
import { openData } from '../open-data.ts';
import { readArguments } from './arguments.ts';
import { explain } from './explain.ts';
import { EXPLAIN_HELP, HELP, LINT_HELP } from './help.ts';
import { type Io, openOutput, UsageError } from './io.ts';
import { lintFiles } from './lint.ts';
import { lintStream } from './ndjson.ts';

/**
 * The command line, without the process around it.
 * @returns the exit code: 0 nothing found, 1 findings at or above `--fail-on`, 2 wrong usage or internal failure.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let failed = false;
  const complain = (message: string): void => {
    failed = true;
    io.stderr.write(`iam-policy: ${message.replaceAll(/(?<!\s)\s*[\r\n]\s*/g, ' ')}\n`);
  };
  try {
    const code = await run(argv, io, complain);
    return failed ? 2 : code;
  } catch (error) {
    complain(messageOf(error));
    if (io.env.IAM_POLICY_DEBUG && !(error instanceof UsageError) && error instanceof Error) {
      io.stderr.write(`${error.stack}\n`);
    }
    return 2;
  }
}

async function run(argv: readonly string[], io: Io, log: (message: string) => void): Promise<number> {
  const judge = createJudge({ catalogue: openCatalogue(() => openData(join(io.home, 'data'))), log });
  const command = readArguments(argv, judge.rules);
  switch (command.name) {
    case 'help':
      return say(io, command.topic === 'lint' ? LINT_HELP : command.topic === 'explain' ? EXPLAIN_HELP : HELP);
    case 'version':
      return say(io, `${readVersion(io.home)}\n`);
    case 'explain':
      return say(io, explain(command.ids, judge.rules));
    default:
      requireCatalogue(judge);
      return command.arguments.format === 'ndjson'
        ? lintStream(command.arguments, io, judge)
        : lintFiles(command.arguments, io, judge, log);
  }
}

async function say(io: Io, text: string): Promise<0> {
  await openOutput(io.stdout).write(text);
  return 0;
}

/** An editor goes on without the reference data; a check that judges nothing must not look like a clean one. */
function requireCatalogue({ catalogue }: Judge): void {
  catalogue.date;
}

function readVersion(home: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  return (manifest as { readonly version: string }).version;
}
