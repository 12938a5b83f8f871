// Child processes for the tools. Plain JavaScript without dependencies: it runs before anything is installed.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's root folder, without a slash at the end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** On Windows, npm and code are .cmd files, which only a shell starts. */
function needsShell(command) {
  return process.platform === 'win32' && (command === 'npm' || command.endsWith('.cmd'));
}

/**
 * Runs a command to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, quiet?: boolean, deadline?: number }} [options]
 *   quiet: keep the output, show nothing; deadline: milliseconds after which it is told to end, default: none
 * @returns {Promise<{ code: number, output: string }>} code 1 where the command cannot be started or was killed
 */
export function run(command, args, { cwd = root, env = {}, quiet = false, deadline } = {}) {
  return new Promise((resolve) => {
    const shell = needsShell(command);
    const quote = (text) => (shell ? `"${text}"` : text);
    const child = spawn(quote(command), args.map(quote), {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      shell,
    });
    let output = '';
    const timer =
      deadline &&
      setTimeout(() => {
        output += `It did not end within ${deadline / 1000} s.\n`;
        child.kill();
      }, deadline);
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Seconds since `start` (of performance.now()), for people: "0.4 s". */
export function elapsed(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
