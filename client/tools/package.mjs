// npm run package [-- --out FOLDER]: what is shipped, from what is here: the extension as a .vsix, and the server with its
// command line as an npm package. The same sources give the same bytes. Uploading is left to the tools of the registries.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import { listBundles } from '../../build.mjs';
import { root, run } from './process.mjs';

/** Files and folders of the extension; nothing else gets in but the bundles. */
const CONTENT = [
  'package.json',
  'package.nls.json',
  'package.nls.de.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'client/icons',
  'client/language-configuration.json',
  'docs/images/hover.png',
  'docs/images/icon.png',
  'docs/images/light-bulb.png',
  'docs/rules',
  'l10n',
  'schemas',
  'server/bin/iam-policy-language-server.js',
  'server/data/catalogue.jsonl',
  'server/data/catalogue-toc.json',
  'server/data/manifest.json',
  'server/data/NOTICE.txt',
  'syntaxes',
  'walkthrough',
];

const EXTENSION_BUNDLES = [
  'client/dist/extension.js',
  'client/dist/browser.js',
  'server/dist/node-main.js',
  'server/dist/browser-main.js',
];

/** What the npm package of the server holds besides its bundles. */
const SERVER_CONTENT = [
  'package.json',
  'README.md',
  'bin',
  'data/catalogue.jsonl',
  'data/catalogue-toc.json',
  'data/manifest.json',
  'data/NOTICE.txt',
];

/** Zip knows no time zone and no time before 1980. */
const TIME = new Date(1980, 0, 1);

/** The bundles as they are shipped, by path; nothing is written. */
async function bundle() {
  const built = await Promise.all(
    listBundles(true).map(async ({ in: entry, out, ...options }) => {
      const { outputFiles } = await build({ ...options, entryPoints: [entry], outfile: out, write: false });
      return [out, outputFiles[0].contents];
    }),
  );
  return new Map(built);
}

/** The extension as a VSIX. */
function packExtension(bundles) {
  const files = new Map(EXTENSION_BUNDLES.map((name) => [`extension/${name}`, bundles.get(name)]));
  for (const name of CONTENT.flatMap(listFiles)) files.set(`extension/${name}`, readFileSync(join(root, name)));
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const words = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));
  // Its scripts and what it is built with are of no use where it is installed.
  const { scripts: _, devDependencies: __, workspaces: ___, private: ____, ...shipped } = manifest;
  files.set('extension/package.json', Buffer.from(`${JSON.stringify(shipped, null, 2)}\n`));
  files.set('extension/README.md', Buffer.from(absoluteLinks(String(files.get('extension/README.md')), manifest)));
  files.set('extension.vsixmanifest', Buffer.from(vsixManifest(shipped, (text) => localize(text, words))));
  files.set('[Content_Types].xml', Buffer.from(contentTypes([...files.keys()])));
  const options = { level: 9, mtime: TIME };
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted.map(([name, bytes]) => [name, [bytes, options]])));
}

function listFiles(name) {
  const path = join(root, name);
  if (!statSync(path).isDirectory()) return [name];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));
}

function localize(text, words) {
  return text.replace(/^%(.*)%$/, (whole, key) => words[key] ?? whole);
}

/** Where the page is shown there is no repository around it. */
function absoluteLinks(markdown, { repository }) {
  const base = repository.url.replace(/\.git$/, '');
  return markdown
    .replace(/(!\[[^\]]*\]\()(?!https?:|#)([^)]+)/g, `$1${base}/raw/HEAD/$2`)
    .replace(/((?<!!)\[[^\]]*\]\()(?!https?:|#)([^)]+)/g, `$1${base}/blob/HEAD/$2`);
}

function vsixManifest(manifest, words) {
  const { name, version, publisher, engines, keywords, categories, repository, icon } = manifest;
  const source = repository.url;
  const home = source.replace(/\.git$/, '');
  const languages = readdirSync(root).flatMap((file) => /^package\.nls\.(\w+)\.json$/.exec(file)?.[1] ?? []);
  const properties = {
    'Microsoft.VisualStudio.Code.Engine': engines.vscode,
    'Microsoft.VisualStudio.Code.ExtensionDependencies': '',
    'Microsoft.VisualStudio.Code.ExtensionPack': '',
    'Microsoft.VisualStudio.Code.ExtensionKind': 'workspace,web',
    'Microsoft.VisualStudio.Code.LocalizedLanguages': languages.join(','),
    'Microsoft.VisualStudio.Code.ExecutesCode': 'true',
    'Microsoft.VisualStudio.Services.Links.Source': source,
    'Microsoft.VisualStudio.Services.Links.Getstarted': source,
    'Microsoft.VisualStudio.Services.Links.GitHub': source,
    'Microsoft.VisualStudio.Services.Links.Support': `${home}/issues`,
    'Microsoft.VisualStudio.Services.Links.Learn': `${home}#readme`,
    'Microsoft.VisualStudio.Services.Branding.Color': manifest.galleryBanner.color,
    'Microsoft.VisualStudio.Services.Branding.Theme': manifest.galleryBanner.theme,
    'Microsoft.VisualStudio.Services.GitHubFlavoredMarkdown': 'true',
    'Microsoft.VisualStudio.Services.Content.Pricing': 'Free',
  };
  const assets = {
    'Microsoft.VisualStudio.Code.Manifest': 'package.json',
    'Microsoft.VisualStudio.Services.Content.Details': 'README.md',
    'Microsoft.VisualStudio.Services.Content.Changelog': 'CHANGELOG.md',
    'Microsoft.VisualStudio.Services.Content.License': 'LICENSE',
    'Microsoft.VisualStudio.Services.Icons.Default': icon,
  };
  const lines = (entries, render) => Object.entries(entries).map(([key, value]) => `      ${render(key, value)}`);
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011" xmlns:d="http://schemas.microsoft.com/developer/vsx-schema-design/2011">
  <Metadata>
    <Identity Language="en-US" Id="${name}" Version="${version}" Publisher="${publisher}"/>
    <DisplayName>${escapeXml(words(manifest.displayName))}</DisplayName>
    <Description xml:space="preserve">${escapeXml(words(manifest.description))}</Description>
    <Tags>${escapeXml([...keywords, ...tagsOf(manifest)].join(','))}</Tags>
    <Categories>${escapeXml(categories.join(','))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
${lines(properties, (id, value) => `<Property Id="${id}" Value="${escapeXml(value)}"/>`).join('\n')}
    </Properties>
    <License>extension/LICENSE</License>
    <Icon>extension/${icon}</Icon>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code"/>
  </Installation>
  <Dependencies/>
  <Assets>
${lines(assets, (type, path) => `<Asset Type="${type}" Path="extension/${path}" Addressable="true"/>`).join('\n')}
  </Assets>
</PackageManifest>
`;
}

/** By these the registries find an extension for a file at hand. */
function tagsOf({ contributes }) {
  const extensions = contributes.languages.flatMap((language) => language.extensions ?? []);
  return [...contributes.languages.map(({ id }) => id), ...extensions.map((each) => `__ext_${each.slice(1)}`)];
}

const TYPES = {
  '.css': 'text/css',
  '.js': 'application/javascript',
  '.json': 'application/json',
  '.jsonl': 'application/json',
  '.md': 'text/markdown',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.vsixmanifest': 'text/xml',
};

function contentTypes(names) {
  const used = [...new Set(names.map((name) => extname(name)))].filter((each) => each !== '').sort();
  const unknown = used.filter((each) => TYPES[each] === undefined);
  if (unknown.length > 0) throw new Error(`files of a type that is not known: ${unknown.join(', ')}`);
  const lines = used.map((each) => `  <Default Extension="${each}" ContentType="${TYPES[each]}"/>`);
  return `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
${lines.join('\n')}
  <Override PartName="/extension/LICENSE" ContentType="text/plain"/>
</Types>
`;
}

function escapeXml(text) {
  return text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char);
}

/** The server as npm packs it, in `out`. */
async function packServer(bundles, out) {
  const stage = mkdtempSync(join(tmpdir(), 'iam-policy-package-'));
  try {
    const home = join(root, 'server');
    for (const name of SERVER_CONTENT) cpSync(join(home, name), join(stage, name), { recursive: true });
    cpSync(join(root, 'LICENSE'), join(stage, 'LICENSE'));
    for (const [name, bytes] of bundles) {
      if (!name.startsWith('server/')) continue;
      const path = join(stage, relative('server', name));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
    }
    const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', out];
    const { code, output } = await run('npm', args, { cwd: stage, quiet: true });
    if (code !== 0) throw new Error(`npm pack failed:\n${output}`);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/**
 * Bundles for production and writes both packages.
 *
 * @param {string} out an absolute path of a folder; it is made where it is missing
 * @returns {Promise<{ vsix: string, tarball: string }>} their paths
 * @throws {Error} when the build or npm fails
 */
async function packAll(out) {
  mkdirSync(out, { recursive: true });
  const bundles = await bundle();
  const nameOf = (manifest) => {
    const { name, version } = JSON.parse(readFileSync(join(root, manifest), 'utf8'));
    return join(out, `${name}-${version}`);
  };
  const vsix = `${nameOf('package.json')}.vsix`;
  writeFileSync(vsix, packExtension(bundles));
  await packServer(bundles, out);
  return { vsix, tarball: `${nameOf('server/package.json')}.tgz` };
}

async function main() {
  const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'out/package') } } });
  for (const path of Object.values(await packAll(resolve(values.out)))) {
    const bytes = readFileSync(path);
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    console.log(`${relative(process.cwd(), path)}  ${(bytes.length / 1024).toFixed(0)} KB  sha256 ${hash}…`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(`npm run package: ${error.message}`);
    process.exitCode = 1;
  });
}
