// Makes a fresh clone usable: the packages of package-lock.json, then the bundles. Plain JavaScript without dependencies.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { elapsed, root, run } from './process.mjs';

const stampFile = join(root, 'node_modules', '.installed-lock');

function hashLock() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** What npm itself wrote down agrees with the lock file: then a plain `npm install` by hand counts as well. */
function isInstalled(lock) {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock) return true;
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const here = JSON.parse(readFileSync(installed, 'utf8')).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages);
  return wanted.every(
    ([path, entry]) => !path.startsWith('node_modules/') || entry.optional || here[path]?.version === entry.version,
  );
}

/**
 * Installs the locked packages where they are missing or older than the lock file; does nothing otherwise.
 *
 * @param {(line: string) => void} log
 * @throws {Error} when npm fails; its output is already on the screen
 */
export async function ensureDependencies(log = console.log) {
  const lock = hashLock();
  if (!isInstalled(lock)) {
    const start = performance.now();
    log('Installing packages (npm ci), once after each change of package-lock.json …');
    const { code } = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
    if (code !== 0) throw new Error('npm ci failed: see above. Is the npm registry reachable?');
    log(`Packages installed in ${elapsed(start)}.`);
  }
  writeFileSync(stampFile, lock);
}

/**
 * Builds the bundles.
 *
 * @throws {Error} when the build fails; the compiler's messages are already on the screen
 */
export async function build() {
  const { code } = await run(process.execPath, ['build.mjs']);
  if (code !== 0) throw new Error('The build failed: see above.');
}
