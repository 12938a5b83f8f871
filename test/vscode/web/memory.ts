import { EventEmitter, type FileStat, FileSystemError, FileType, type Uri, workspace } from 'vscode';

/** Makes files out of texts by path, under URIs `memory:/…`, as folders are that lie on no disk. */
export function registerMemory(files: Readonly<Record<string, string>>): void {
  const { event } = new EventEmitter<never>();
  const childrenOf = ({ path }: Uri): readonly (readonly [string, FileType])[] => {
    const folder = path.endsWith('/') ? path : `${path}/`;
    const names = new Map<string, FileType>();
    for (const file of Object.keys(files)) {
      if (!file.startsWith(folder)) continue;
      const [name = '', ...more] = file.slice(folder.length).split('/');
      names.set(name, more.length > 0 ? FileType.Directory : FileType.File);
    }
    return [...names];
  };
  const refuse = (uri: Uri): never => {
    throw FileSystemError.NoPermissions(uri);
  };
  const textOf = (uri: Uri): string => {
    const text = files[uri.path];
    if (text === undefined) throw FileSystemError.FileNotFound(uri);
    return text;
  };
  workspace.registerFileSystemProvider('memory', {
    onDidChangeFile: event,
    watch: () => ({ dispose: () => undefined }),
    stat(uri): FileStat {
      const folder = childrenOf(uri).length > 0;
      const size = folder ? 0 : textOf(uri).length;
      return { type: folder ? FileType.Directory : FileType.File, ctime: 0, mtime: 0, size };
    },
    readDirectory: (uri) => childrenOf(uri).map(([name, type]) => [name, type]),
    readFile: (uri) => new TextEncoder().encode(textOf(uri)),
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  });
}
