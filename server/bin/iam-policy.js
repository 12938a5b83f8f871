#!/usr/bin/env node

// Loads the built command line; everything else is in server/src/cli.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

// Compiled code is kept between runs where this Node can do so.
require('node:module').enableCompileCache?.();

const home = join(__dirname, '..');
const bundle = join(home, 'dist', 'cli.js');
if (existsSync(bundle)) {
  const { argv, cwd, env, stdout, stderr } = process;
  const io = {
    // Node takes a while to open it, and few runs read it.
    get stdin() {
      return process.stdin;
    },
    ...{ stdout, stderr, env, cwd: cwd(), home },
  };
  require(bundle)
    .main(argv.slice(2), io)
    .then((code) => {
      process.exitCode = code;
    });
} else {
  process.stderr.write(`iam-policy: ${bundle} is missing; run npm run build first.\n`);
  process.exitCode = 2;
}
