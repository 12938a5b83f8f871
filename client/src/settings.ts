import { ConfigurationTarget, type Uri, workspace } from 'vscode';
import { SETTINGS_SECTION } from '../../server/src/protocol.ts';

/** Beside the file where a folder is open, else the user's own settings. */
export function settingsTarget(uri: Uri | undefined): ConfigurationTarget {
  return uri && workspace.getWorkspaceFolder(uri) ? ConfigurationTarget.WorkspaceFolder : ConfigurationTarget.Global;
}

/** Sets one entry of a setting that is an object, leaving its other entries and other targets alone; undefined removes it. */
export async function updateEntry(
  setting: 'kinds' | 'rules',
  key: string,
  value: string | undefined,
  uri: Uri | undefined,
  target: ConfigurationTarget,
): Promise<void> {
  const configuration = workspace.getConfiguration(SETTINGS_SECTION, uri);
  const known = configuration.inspect<Record<string, string>>(setting);
  const here = target === ConfigurationTarget.Global ? known?.globalValue : known?.workspaceFolderValue;
  const { [key]: _, ...rest } = here ?? {};
  const entries = value === undefined ? rest : { ...rest, [key]: value };
  await configuration.update(setting, Object.keys(entries).length === 0 ? undefined : entries, target);
}

/** The setting whose schema in the manifest lists all rules. */
export const RULES_SETTING = `${SETTINGS_SECTION}.rules`;

/** Turns switches off where one of them is on, else all of them on: where the user has set them, else for the user. */
export async function toggle(settings: readonly string[], uri: Uri | undefined): Promise<void> {
  const configuration = workspace.getConfiguration(SETTINGS_SECTION, uri);
  const isOn = settings.some((setting) => configuration.get<boolean>(setting));
  for (const setting of settings) {
    const known = configuration.inspect<boolean>(setting);
    const target =
      known?.workspaceFolderValue !== undefined
        ? ConfigurationTarget.WorkspaceFolder
        : known?.workspaceValue !== undefined
          ? ConfigurationTarget.Workspace
          : ConfigurationTarget.Global;
    await configuration.update(setting, !isOn, target);
  }
}
