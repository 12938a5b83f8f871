/**
 * IPv4 and IPv6 address ranges in CIDR notation, as condition values hold them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export interface IpRange {
  readonly version: 4 | 6;
  /** The address as a number of 32 or 128 bits, as written, host bits included. */
  readonly address: bigint;
  /** Length of the network part in bits; the whole address where none is written. */
  readonly prefix: number;
}

/** Reads an address with or without a prefix length; undefined for any other text. */
export function parseIpRange(text: string): IpRange | undefined {
  const [written = '', bits, ...more] = text.split('/');
  if (more.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return undefined;
  const version = written.includes(':') ? 6 : 4;
  const address = version === 6 ? parseIpv6(written) : parseIpv4(written);
  const prefix = bits === undefined ? BITS[version] : Number(bits);
  return address === undefined || prefix > BITS[version] ? undefined : { version, address, prefix };
}

/** True when every address of the inner range is one of the outer range. */
export function containsRange(outer: IpRange, inner: IpRange): boolean {
  if (outer.version !== inner.version || outer.prefix > inner.prefix) return false;
  const host = BigInt(BITS[outer.version] - outer.prefix);
  return outer.address >> host === inner.address >> host;
}

/**
 * True when no address of the range is met on the internet: private networks, this machine, the link, carriers.
 * https://www.iana.org/assignments/iana-ipv4-special-registry https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export function isPrivateRange(range: IpRange): boolean {
  return PRIVATE.some((known) => containsRange(known, range));
}

/** The range with the bits behind its prefix set to zero; the same range to every comparison. */
export function networkOf({ version, address, prefix }: IpRange): IpRange {
  const host = BigInt(BITS[version] - prefix);
  return { version, address: (address >> host) << host, prefix };
}

/** `203.0.113.0/24`, `2001:db8::/32`: the shortest spelling, always with a prefix length. */
export function formatRange({ version, address, prefix }: IpRange): string {
  return `${version === 4 ? groupsOf(address, 4, 8n).join('.') : formatIpv6(address)}/${prefix}`;
}

const BITS = { 4: 32, 6: 128 } as const;

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], tail] = halves.map(readGroups);
  if (halves.length > 2 || head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...(tail ?? [])];
  return groups.reduce((sum, group) => (sum << 16n) | group, 0n);
}

/** The groups of sixteen bits; the last may be written as IPv4, which makes two. */
function readGroups(texts: readonly string[]): readonly bigint[] | undefined {
  const groups: bigint[] = [];
  for (const [index, text] of texts.entries()) {
    const mapped = index === texts.length - 1 && text.includes('.') ? parseIpv4(text) : undefined;
    if (mapped !== undefined) groups.push(mapped >> 16n, mapped & 0xffffn);
    else if (/^[0-9a-f]{1,4}$/i.test(text)) groups.push(BigInt(`0x${text}`));
    else return undefined;
  }
  return groups;
}

function groupsOf(address: bigint, count: number, bits: bigint): readonly bigint[] {
  const mask = (1n << bits) - 1n;
  return Array.from({ length: count }, (_, index) => (address >> (BigInt(count - 1 - index) * bits)) & mask);
}

function formatIpv6(address: bigint): string {
  const text = groupsOf(address, 8, 16n)
    .map((group) => group.toString(16))
    .join(':');
  const longest = [...text.matchAll(/(?<![^:])0(?::0)+(?![^:])/g)].sort((a, b) => b[0].length - a[0].length)[0];
  if (!longest) return text;
  const head = text.slice(0, longest.index).replace(/:$/, '');
  return `${head}::${text.slice(longest.index + longest[0].length).replace(/^:/, '')}`;
}

const PRIVATE: readonly IpRange[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
].flatMap((text) => parseIpRange(text) ?? []);
