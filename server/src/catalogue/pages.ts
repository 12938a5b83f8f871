import { DOCUMENT_ELEMENTS, STATEMENT_ELEMENTS } from './elements.ts';
import type { ConditionKey } from './types.ts';

/** Where AWS documents something. */

const GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/';

/** A page of the IAM User Guide by its file name without extension, with an anchor behind a `#`. */
export function guidePage(name: string): string {
  const [page = '', anchor] = name.split('#');
  return `${GUIDE}${page}.html${anchor ? `#${anchor}` : ''}`;
}

const ELEMENTS: ReadonlySet<string> = new Set([...DOCUMENT_ELEMENTS, ...STATEMENT_ELEMENTS]);

/** The page of an element of the policy language; undefined for a name that is none. */
export function elementPage(name: string): string | undefined {
  return ELEMENTS.has(name) ? guidePage(`reference_policies_elements_${name.toLowerCase()}`) : undefined;
}

const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference/';

/** The parts of a service's page, by anchor. */
export const SERVICE_PAGE_PARTS = {
  actions: 'actions-as-permissions',
  resources: 'resources-for-iam-policies',
  keys: 'policy-keys',
} as const;

/** The page of a service in the service authorization reference; the index of all where its page is not known. */
export function servicePage(prefix: string, part?: keyof typeof SERVICE_PAGE_PARTS): string {
  const page = pages().get(prefix.toLowerCase());
  if (page === undefined) return `${REFERENCE}reference_policies_actions-resources-contextkeys.html`;
  return `${REFERENCE}list_${page}.html${part ? `#list_${page}-${SERVICE_PAGE_PARTS[part]}` : ''}`;
}

/** Where a condition key is documented; `known` is what the catalogue has of it. */
export function conditionKeyPage(key: string, known: Pick<ConditionKey, 'scope'> | undefined): string {
  const lower = key.toLowerCase();
  if (lower.startsWith('aws:')) {
    const name = lower.slice('aws:'.length).replace(/\/.*$/s, '');
    if (!known || !/^\w+$/.test(name)) return guidePage('reference_policies_condition-keys');
    return guidePage(`reference_policies_condition-keys#condition-keys-${ODD_ANCHORS[name] ?? name}`);
  }
  if (known?.scope === 'global') return guidePage('reference_policies_condition-keys');
  if (known?.scope === 'federation') {
    return guidePage(`reference_policies_iam-condition-keys${lower.startsWith('saml:') ? '' : '#condition-keys-wif'}`);
  }
  if (lower.startsWith('sts:')) return guidePage('reference_policies_iam-condition-keys#condition-keys-sts');
  if (lower.startsWith('iam:')) return guidePage('reference_policies_iam-condition-keys');
  return servicePage(lower.slice(0, Math.max(0, lower.indexOf(':'))), 'keys');
}

const ODD_ANCHORS: Readonly<Record<string, string>> = {
  ec2instancesourceprivateipv4: 'ec2instancesourceprivateip4',
};

let table: ReadonlyMap<string, string> | undefined;

function pages(): ReadonlyMap<string, string> {
  table ??= new Map(
    PAGES.split(/\s+/).map((entry): [string, string] => {
      const [prefix = '', page = prefix] = entry.split('=');
      return [prefix, page];
    }),
  );
  return table;
}

/** Services whose page is known, as `prefix` or `prefix=page` where the two differ. */
const PAGES = `a2c a4b access-analyzer=accessanalyzer account account-access acm acm-pca
  aco-automation=compute-optimizer-automation action-recommendations activate agent-registry agentaccess-mcp
  aidevops=devops-agent aiops airflow=mwaa airflow-serverless=mwaa-serverless amplify amplifybackend amplifyuibuilder
  aoss=opensearchserverless apigateway app-integrations=appintegrations appconfig appfabric appflow
  application-autoscaling application-signals application-signals-mcp application-transformation
  applicationinsights=application-insights appmesh appmesh-preview apprunner appstream appstudio appsync apptest
  aps=amp arc-region-switch arc-zonal-shift arsenal artifact athena auditmanager autoscaling autoscaling-plans
  awsconnector b2bi backup backup-gateway backup-search=backupsearch backup-storage batch bcm-dashboards
  bcm-data-exports bcm-pricing-calculator bcm-recommended-actions bedrock bedrock-agentcore bedrock-mantle
  bedrock-websearch billing billingconductor braket budgets bugbust cases=connectcases cassandra=keyspaces ce chatbot
  chime cleanrooms cleanrooms-ml=cleanroomsml cloud9 clouddirectory cloudformation cloudfront cloudfront-keyvaluestore
  cloudhsm cloudsearch cloudshell cloudtrail cloudtrail-data cloudwatch codeartifact codebuild codecatalyst codecommit
  codeconnections codedeploy codedeploy-commands-secure codeguru codeguru-profiler=codeguruprofiler codeguru-reviewer
  codeguru-security codepipeline codestar codestar-connections codestar-notifications codewhisperer cognito-identity
  cognito-idp cognito-sync comprehend comprehendmedical compute-optimizer config connect
  connect-campaigns=connect-outbound-campaigns consoleapp consolidatedbilling controlcatalog controltower
  cost-optimization-hub cur customer-verification databrew dataexchange datapipeline datasync datazone dax dbqms
  deadline detective devicefarm devops-guru directconnect discovery dlm dms docdb-elastic drs ds ds-data dsql dynamodb
  ebs ec2 ec2-instance-connect ec2messages ecr ecr-public ecs ecs-mcp eks eks-auth eks-mcp elasticache
  elasticbeanstalk elasticfilesystem=efs elasticloadbalancing=elb elasticmapreduce=emr elastictranscoder
  elemental-activations elemental-appliances-software elemental-inference=elementalinference elemental-support-cases
  elemental-support-content emr-containers emr-serverless entityresolution es events=eventbridge eventsbilltoaws
  evidently evs execute-api=apigatewaymanagementapi finops-agent finspace finspace-api=finspace-data firehose fis fms
  forecast frauddetector freertos freetier fsx gamelift gameliftstreams geo=location geo-maps geo-places geo-routes
  glacier globalaccelerator glue grafana greengrass groundstation groundtruthlabeling guardduty health
  health-agent=connecthealth healthlake honeycode iam identity-sync identitystore identitystore-auth imagebuilder
  importexport inspector inspector-scan inspector2 inspector2-telemetry interconnect internetmonitor invoicing iot
  iot-device-tester iotanalytics iotdeviceadvisor iotevents iotfleethub iotfleetwise iotjobsdata=iot-jobs-data
  iotmanagedintegrations=iot-managed-integrations iotsitewise iottwinmaker iotwireless iq iq-permission
  ivs=interactive-video-service ivschat kafka kafka-cluster kafkaconnect kendra kendra-ranking kinesis
  kinesisanalytics kinesisvideo=kinesis-video-streams kms lakeformation lambda launchwizard=launch-wizard lex
  license-manager license-manager-linux-subscriptions license-manager-user-subscriptions lightsail logs
  lookoutequipment lookoutmetrics lookoutvision m2 machinelearning macie2 managedblockchain managedblockchain-query
  mapcredits marketplacecommerceanalytics mechanicalturk=mturk mediaconnect mediaconvert mediaimport medialive
  mediapackage mediapackage-vod mediapackagev2 mediastore mediatailor medical-imaging memorydb mgh=migration-hub mgn
  migrationhub-orchestrator=migrationhuborchestrator migrationhub-strategy=migrationhubstrategy mobileanalytics
  mobiletargeting=pinpoint monitron mpa mq neptune-db=neptunedata neptune-graph network-firewall
  network-security-director network-security-manager networkflowmonitor networkmanager networkmanager-chat
  networkmonitor nimble notifications notifications-contacts=notificationscontacts nova-act oam observabilityadmin odb
  omics one opensearch opsworks opsworks-cm organizations osis outposts panorama partnercentral=partner-central
  partnercentral-account-management payment-cryptography payments pca-connector-ad pca-connector-scep pcs personalize
  pi pipes polly pricing pricingplanmanager=pricing-plan-manager private-networks profile=customer-profiles proton
  purchase-orders q qapps qbusiness qdeveloper qldb quicksight ram rbin rds rds-data rds-db redshift redshift-data
  redshift-serverless refactor-spaces=migration-hub-refactor-spaces rekognition repostspace researchstudio
  resiliencehub=resilience-hub resource-explorer resource-explorer-2 resource-groups rhelkb robomaker rolesanywhere
  route53 route53-recovery-cluster route53-recovery-control-config route53-recovery-readiness route53domains
  route53globalresolver route53profiles route53resolver rtbfabric rum s3 s3-object-lambda s3-outposts=s3outposts
  s3express s3files s3tables s3vectors sagemaker sagemaker-data-science-assistant sagemaker-geospatial
  sagemaker-mlflow sagemaker-unified-studio-mcp savingsplans scheduler schemas scn=supplychain sdb=simpledb
  secretsmanager security-ir securityagent securityhub securitylake serverlessrepo servicecatalog=service-catalog
  servicediscovery serviceextract servicequotas=service-quotas ses shield signer signin simspaceweaver sms
  sms-voice=pinpoint-sms-voice snow-device-management snowball sns social-messaging=socialmessaging sqlworkbench sqs
  ssm ssm-contacts ssm-guiconnect ssm-incidents ssm-quicksetup ssm-sap ssmmessages sso=iam-identity-center
  sso-directory sso-oauth=sso-oidc states=stepfunctions storagegateway sts support support-console
  supportapp=support-app supportauthz supportplans sustainability swf synthetics tag=resourcegroupstaggingapi
  tax=taxsettings textract thinclient=workspaces-thin-client timestream timestream-influxdb tiros tnb transcribe
  transfer transform transform-custom translate trustedadvisor ts user-subscriptions uxc vendor-insights
  verified-access verifiedpermissions voiceid=voice-id vpc-lattice vpc-lattice-svcs vpce waf waf-regional wafv2 wam
  wellarchitected wickr wisdom=q-in-connect workdocs worklink workmail workmailmessageflow workspaces
  workspaces-instances workspaces-web xray`;
