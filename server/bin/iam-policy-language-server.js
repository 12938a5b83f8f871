#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const usage = `Usage: iam-policy-language-server --stdio | --node-ipc | --socket=<port> | --pipe=<name>

A language server for AWS IAM policies. An editor starts it and talks to it over the channel named.

  --stdio          standard input and output
  --node-ipc       Node's channel between processes
  --socket=<port>  connects to that port of this machine
  --pipe=<name>    connects to that pipe
  --version        prints the version
  --help           prints this text`;

const args = process.argv.slice(2);
const main = join(__dirname, '../dist/node-main.js');

if (args.includes('--help') || args.includes('-h')) {
  console.log(usage);
} else if (args.includes('--version')) {
  console.log(require('../package.json').version);
} else if (!args.some((arg) => /^--(stdio|node-ipc|socket|pipe)(=|$)/.test(arg))) {
  console.error(`iam-policy-language-server: say how to talk: --stdio, for instance.\n\n${usage}`);
  process.exitCode = 2;
} else if (!existsSync(main)) {
  console.error('iam-policy-language-server: it is not built yet. Run "npm run build".');
  process.exitCode = 2;
} else {
  require('node:module').enableCompileCache?.();
  require(main);
}
