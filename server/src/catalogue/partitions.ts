/**
 * Partitions and Regions. The ARN reference names the first three, the service models of the SDKs the rest.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */

export interface Partition {
  /** As in an ARN: `aws-cn`. */
  readonly id: string;
  readonly name: string;
  /** Domain of endpoints and service principals: `amazonaws.com.cn`. */
  readonly dnsSuffix: string;
  /** Known Regions, sorted. */
  readonly regions: readonly string[];
  /** The shape of a Region of this partition, for those opened after this list was written. */
  readonly regionPattern: RegExp;
}

const AWS_REGIONS = `af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2
  ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1
  ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1
  me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2`;

function partition(id: string, name: string, dnsSuffix: string, regionPattern: RegExp, regions: string): Partition {
  return { id, name, dnsSuffix, regionPattern, regions: regions.split(/\s+/) };
}

export const PARTITIONS: readonly Partition[] = [
  partition('aws', 'AWS', 'amazonaws.com', /^(?:us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d+$/, AWS_REGIONS),
  partition('aws-cn', 'AWS China', 'amazonaws.com.cn', /^cn-[a-z]+-\d+$/, 'cn-north-1 cn-northwest-1'),
  partition('aws-us-gov', 'AWS GovCloud (US)', 'amazonaws.com', /^us-gov-[a-z]+-\d+$/, 'us-gov-east-1 us-gov-west-1'),
  partition('aws-eusc', 'AWS European Sovereign Cloud', 'amazonaws.eu', /^eusc-[a-z]+-[a-z]+-\d+$/, 'eusc-de-east-1'),
  partition('aws-iso', 'AWS ISO (US)', 'c2s.ic.gov', /^us-iso-[a-z]+-\d+$/, 'us-iso-east-1 us-iso-west-1'),
  partition('aws-iso-b', 'AWS ISOB (US)', 'sc2s.sgov.gov', /^us-isob-[a-z]+-\d+$/, 'us-isob-east-1 us-isob-west-1'),
  partition('aws-iso-e', 'AWS ISOE (Europe)', 'cloud.adc-e.uk', /^eu-isoe-[a-z]+-\d+$/, 'eu-isoe-west-1'),
  partition('aws-iso-f', 'AWS ISOF (US)', 'csp.hci.ic.gov', /^us-isof-[a-z]+-\d+$/, 'us-isof-east-1 us-isof-south-1'),
];

/** The partition of an ARN's second field, `undefined` for one that does not exist. Exact: ARNs are case-sensitive. */
export function findPartition(id: string): Partition | undefined {
  return PARTITIONS.find((known) => known.id === id);
}

/** The partition a Region belongs to, by its shape, so that new Regions have one too. */
export function partitionOf(region: string): Partition | undefined {
  return PARTITIONS.find(({ regionPattern }) => regionPattern.test(region));
}

export function isKnownRegion(region: string): boolean {
  return partitionOf(region)?.regions.includes(region) ?? false;
}

/** `new`: shaped like a Region, but not in our list; it may have opened since. Only `wrong` is sure to be no Region. */
export function judgeRegion(region: string): 'known' | 'new' | 'wrong' {
  const home = partitionOf(region);
  if (!home) return 'wrong';
  return home.regions.includes(region) ? 'known' : 'new';
}

export const KNOWN_REGIONS: readonly string[] = PARTITIONS.flatMap(({ regions }) => regions);
