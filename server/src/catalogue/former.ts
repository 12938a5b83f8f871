/** Names that were gone before the oldest data we know, but still stand in old policies and templates. */
const FORMER: Readonly<Record<string, string>> = {
  awsbillingconsole: '',
  'elastic-inference': '',
  iot1click: '',
  macie: 'macie2',
  zocalo: 'workdocs',
};

/** A service that was retired long ago, with the prefix of its successor if it has one; case-insensitive. */
export function formerService(prefix: string): { readonly successor: string | undefined } | undefined {
  const key = prefix.toLowerCase();
  return Object.hasOwn(FORMER, key) ? { successor: FORMER[key] || undefined } : undefined;
}

/** An action that was retired long ago. `SNS:Receive` stood in the topic policies that the SNS console wrote. */
export function isFormerAction(id: string): boolean {
  return id.toLowerCase() === 'sns:receive';
}
