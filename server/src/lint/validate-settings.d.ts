/** One thing that a value of section `iamPolicy` gets wrong, as ajv tells it. */
export interface SettingsError {
  /** A JSON pointer: `/rules/action-unknown`. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface ValidateSettings {
  (value: unknown): boolean;
  errors?: readonly SettingsError[] | null;
}

/** Compiled from schemas/settings.schema.json; leaves what is wrong in `errors`. */
export declare const validate: ValidateSettings;
