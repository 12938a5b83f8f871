import { rememberEach } from '../base/remember.ts';
import type { Action, ResourceType } from '../catalogue/types.ts';
import { nounOf } from './resources.ts';
import { plural, sameNoun, splitName } from './words.ts';

/** An action as words: "read" (the resource itself), or "write" + "items" + "in" (the resource). */
export interface Phrase {
  readonly verb: string;
  readonly object?: string;
  /** Leads to the resource; absent when the phrase says it all. */
  readonly link?: string;
}

/**
 * What people call common actions, by service and action: `verb`, `verb|object|link`, or `verb|object` where no
 * resource follows. Everything else is told from the action's name.
 */
const PHRASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cloudtrail: { startlogging: 'switch on', stoplogging: 'switch off' },
  cloudwatch: { putmetricalarm: 'write', putmetricdata: 'write|metric data' },
  dynamodb: {
    batchgetitem: 'read|items|in',
    batchwriteitem: 'write|items|in',
    conditioncheckitem: 'check|items|in',
    deleteitem: 'delete|items|in',
    describetable: 'view',
    getitem: 'read|items|in',
    partiqldelete: 'delete|items|in',
    partiqlinsert: 'write|items|in',
    partiqlselect: 'read|items|in',
    partiqlupdate: 'change|items|in',
    putitem: 'write|items|in',
    query: 'query',
    scan: 'scan',
    updateitem: 'change|items|in',
  },
  ec2: {
    authorizesecuritygroupegress: 'add|outbound rules|to',
    authorizesecuritygroupingress: 'add|inbound rules|to',
    createnetworkinterfacepermission: 'create|permissions|for',
    createtags: 'tag',
    deletetags: 'untag',
    revokesecuritygroupegress: 'remove|outbound rules|from',
    revokesecuritygroupingress: 'remove|inbound rules|from',
    runinstances: 'launch|instances',
  },
  ecr: {
    batchchecklayeravailability: 'check|image layers|in',
    batchgetimage: 'pull|images|from',
    completelayerupload: 'push|image layers|to',
    getauthorizationtoken: 'sign in|to container registries',
    getdownloadurlforlayer: 'pull|image layers|from',
    initiatelayerupload: 'push|image layers|to',
    putimage: 'push|images|to',
    uploadlayerpart: 'push|image layers|to',
  },
  events: { listtargetsbyrule: 'list|targets|of', putevents: 'send|events|to', puttargets: 'set|the targets|of' },
  firehose: { putrecord: 'write|records|to', putrecordbatch: 'write|records|to' },
  elasticfilesystem: { clientmount: 'mount', clientrootaccess: 'use|root access|to', clientwrite: 'write||to' },
  iam: {
    addclientidtoopenidconnectprovider: 'add|client IDs|to',
    createopenidconnectprovider: 'create',
    deleteopenidconnectprovider: 'delete',
    getopenidconnectprovider: 'read',
    removeclientidfromopenidconnectprovider: 'remove|client IDs|from',
    updateopenidconnectproviderthumbprint: 'change|the thumbprint|of',
    attachgrouppolicy: 'attach|policies|to',
    attachrolepolicy: 'attach|policies|to',
    attachuserpolicy: 'attach|policies|to',
    createservicelinkedrole: 'create',
    detachgrouppolicy: 'detach|policies|from',
    detachrolepolicy: 'detach|policies|from',
    detachuserpolicy: 'detach|policies|from',
    passrole: 'pass',
    putgrouppolicy: 'write|inline policies|into',
    putrolepolicy: 'write|inline policies|into',
    putuserpolicy: 'write|inline policies|into',
    updateassumerolepolicy: 'change|the trust policy|of',
  },
  kms: {
    creategrant: 'create|grants|for',
    decrypt: 'decrypt||with',
    describekey: 'view',
    encrypt: 'encrypt||with',
    generatedatakey: 'make|data keys|with',
    generatedatakeypair: 'make|data keys|with',
    generatedatakeypairwithoutplaintext: 'make|data keys|with',
    generatedatakeywithoutplaintext: 'make|data keys|with',
    reencryptfrom: 're-encrypt||from',
    reencryptto: 're-encrypt||to',
    schedulekeydeletion: 'schedule the deletion of',
    sign: 'sign||with',
    verify: 'verify||with',
  },
  kinesis: { putrecord: 'write|records|to', putrecords: 'write|records|to' },
  lambda: { invokefunction: 'invoke', invokefunctionurl: 'call the URL of' },
  logs: {
    createlogstream: 'create|log streams|in',
    filterlogevents: 'search|log events|in',
    getlogevents: 'read|log events|in',
    putlogevents: 'write|log events|to',
    putretentionpolicy: 'set|the retention|of',
  },
  organizations: { leaveorganization: 'leave|the organization' },
  s3: {
    abortmultipartupload: 'abort|uploads|of',
    deletebucket: 'delete',
    deleteobject: 'delete',
    deleteobjectversion: 'delete|versions|of',
    getbucketlocation: 'read|the location|of',
    getobject: 'read',
    getobjectacl: 'read|the ACL|of',
    getobjectattributes: 'read|the attributes|of',
    getobjecttagging: 'read|the tags|of',
    getobjectversion: 'read|versions|of',
    listallmybuckets: 'see|the names of all buckets',
    listbucket: 'list',
    listbucketmultipartuploads: 'list|uploads|to',
    listbucketversions: 'list|object versions|in',
    listmultipartuploadparts: 'list|upload parts|of',
    putobject: 'write',
    putobjectacl: 'set|the ACL|of',
    putobjecttagging: 'set|the tags|of',
    restoreobject: 'restore',
  },
  secretsmanager: { getsecretvalue: 'read', describesecret: 'view', putsecretvalue: 'write' },
  sns: { publish: 'publish||to', subscribe: 'subscribe||to' },
  sqs: {
    changemessagevisibility: 'hide|messages|of',
    deletemessage: 'delete|messages|from',
    getqueueattributes: 'read|the attributes|of',
    getqueueurl: 'look up|the URL|of',
    purgequeue: 'empty',
    receivemessage: 'receive|messages|from',
    sendmessage: 'send|messages|to',
  },
  ssm: {
    getparameter: 'read',
    getparameters: 'read',
    getparametersbypath: 'read',
    getparameterhistory: 'read|the history|of',
    startsession: 'open sessions on',
  },
  sts: {
    assumerole: 'assume',
    assumerolewithsaml: 'assume',
    assumerolewithwebidentity: 'assume',
    getcalleridentity: 'see|who they are',
    getfederationtoken: 'get|federation tokens',
    getservicebearertoken: 'get|bearer tokens',
    getsessiontoken: 'get|temporary credentials',
    getwebidentitytoken: 'get|web identity tokens',
    setcontext: 'pass|context on',
    setsourceidentity: 'set|a source identity',
    tagsession: 'set|session tags',
  },
  tag: { getresources: 'find|tagged resources', gettagkeys: 'list|tag keys', gettagvalues: 'list|tag values' },
  xray: { puttelemetryrecords: 'send|telemetry', puttracesegments: 'send|trace segments' },
};

/** First words of action names that read better as another verb. */
const VERBS: Readonly<Record<string, string>> = {
  get: 'read',
  describe: 'view',
  put: 'set',
  head: 'view',
  modify: 'change',
  update: 'change',
  admin: 'administer',
  deregister: 'unregister',
};

/** Where the object of a verb goes or comes from. */
const LINKS: Readonly<Record<string, string>> = {
  add: 'to',
  associate: 'with',
  attach: 'to',
  detach: 'from',
  disassociate: 'from',
  import: 'into',
  put: 'on',
  register: 'with',
  remove: 'from',
  send: 'to',
  upload: 'to',
  write: 'to',
};

/** The verb of a name such as `Describe`, for patterns like `ec2:Describe*`. */
export function verbOf(word: string): string {
  const lower = word.toLowerCase();
  return (Object.hasOwn(VERBS, lower) ? VERBS[lower] : undefined) ?? lower;
}

/** Says an action in words. `type` is the resource type it is used on; undefined when it takes none. */
export function phraseAction(action: Action, type: ResourceType | undefined): Phrase {
  const phrases = phrasesOf(action);
  const phrase = phrases.get(type) ?? makePhrase(action, type);
  phrases.set(type, phrase);
  return phrase;
}

const phrasesOf = rememberEach((_: Action) => new Map<ResourceType | undefined, Phrase>());

function makePhrase(action: Action, type: ResourceType | undefined): Phrase {
  const known = PHRASES[action.service]?.[action.name.toLowerCase()];
  if (known !== undefined) {
    const [verb = '', object, link] = known.split('|');
    const acts = object === undefined || (link !== undefined && type !== undefined && sameNoun(object, nounOf(type)));
    if (acts) return { verb, link: '' };
    return { verb, ...(object ? { object } : {}), ...(link === undefined ? {} : { link }) };
  }
  return deriveFromName(action.name, type);
}

function deriveFromName(name: string, type: ResourceType | undefined): Phrase {
  let words = [...splitName(name.replace(/V\d+$/, ''))];
  if (words[0] === 'batch' && words.length > 2) words = words.slice(1);
  const first = words[0] ?? name;
  const verb = verbOf(first);
  const rest = words
    .slice(1)
    .join(' ')
    .replace(/ (?:for|of|on|from|by) (?:the )?(?:resources?|ARN)$/, '');
  if (!type) return { verb, object: rest === '' ? '' : plural(rest) };
  const noun = nounOf(type);
  if (rest === '' || sameNoun(rest, noun) || /^resources?$/.test(rest)) {
    return { verb: first === 'put' ? 'write' : verb, link: '' };
  }
  const towards = /^(.+?) (to|from|in|for|of|on|with|by) (.+)$/.exec(rest);
  if (towards && (sameNoun(towards[3] ?? '', noun) || /^resources?$/.test(towards[3] ?? ''))) {
    const link = towards[2] === 'by' ? 'of' : towards[2];
    return { verb, object: plural(towards[1] ?? ''), link: link ?? 'in' };
  }
  const tail = rest.toLowerCase().startsWith(`${noun.toLowerCase()} `) ? rest.slice(noun.length + 1) : undefined;
  // RestoreSnapshotFromRecycleBin is about the snapshot.
  if (tail !== undefined && /^(?:to|from|for|of|with|by|in) /.test(tail)) return { verb, link: '' };
  const link = LINKS[first];
  if (tail !== undefined && (link === undefined || first === 'put')) return { verb, object: `the ${tail}`, link: 'of' };
  if (/^tags?$/.test(rest)) return { verb, object: 'the tags', link: 'of' };
  return { verb, object: plural(tail ?? rest), link: link ?? 'in' };
}
