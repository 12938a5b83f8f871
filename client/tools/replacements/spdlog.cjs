// In the place of VS Code's native logger: what extensions write to the output view goes through these files.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

function createLogger(_name, file) {
  mkdirSync(dirname(file), { recursive: true });
  let raw = false;
  let least = 0;
  const logger = {
    getLevel: () => least,
    setLevel: (level) => {
      least = level;
    },
    clearFormatters: () => {
      raw = true;
    },
    setPattern() {},
    flush() {},
    drop() {},
  };
  for (const [index, level] of levels.entries()) {
    logger[level] = (text) => {
      if (index < least) return;
      const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
      appendFileSync(file, raw ? text : `${time} [${level === 'warn' ? 'warning' : level}] ${text}\n`);
    };
  }
  return logger;
}

exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = async (name, file) => createLogger(name, file);
exports.setFlushOn = () => {};
exports.setLevel = () => {};
exports.version = 0;
