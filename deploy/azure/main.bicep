// RechargeGrains on Azure Container Apps, with Azure Storage. What it makes and what has to be tried: README.md beside this file.

@description('Begins every name; letters and digits.')
@minLength(3)
@maxLength(10)
param prefix string

param location string = resourceGroup().location

@description('The registry that holds both images; it is there already.')
param registryName string

@description('Image of the Apis in that registry, with its tag. Both are built with AZURE_STORAGE=true.')
param apiImage string

@description('One app for each silo: its own name, its own two ports, its image. An upgrade adds new ones before it takes the old ones away.')
param silos {
  name: string
  siloPort: int
  gatewayPort: int
  image: string
}[]

@description('The name that Recharge and browsers use, if it is not the one that Azure gives. Its certificate is bound by hand.')
param publicHost string = ''

@description('32 bytes in base64, several with commas between them; kept in the vault.')
@secure()
param masterKey string

@description('A bearer token that opens every tenant. Empty: none.')
@secure()
param operatorToken string = ''

@description('Which of the Storage account\'s two keys is used. The other one can be renewed meanwhile.')
@allowed([0, 1])
param storageKey int = 0

var addresses = '10.60.0.0/22'
var apiAddresses = '10.60.0.0/24'
var siloAddresses = '10.60.1.0/24'
var storageAddresses = '10.60.2.0/27'
var unique = uniqueString(resourceGroup().id)

// Built-in roles: Key Vault Secrets User, AcrPull.
var readsSecrets = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')
var pullsImages = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${prefix}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${prefix}-network'
  location: location
  properties: {
    addressSpace: { addressPrefixes: [addresses] }
    subnets: [
      {
        name: 'apis'
        properties: {
          addressPrefix: apiAddresses
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'silos'
        properties: {
          addressPrefix: siloAddresses
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      { name: 'storage', properties: { addressPrefix: storageAddresses } }
    ]
  }

  resource apis 'subnets' existing = { name: 'apis' }
  resource silos 'subnets' existing = { name: 'silos' }
  resource storage 'subnets' existing = { name: 'storage' }
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${prefix}-programs'
  location: location
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

resource mayPull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, identity.id, pullsImages)
  scope: registry
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: pullsImages
  }
}

// Tables alone, from this network alone. The program takes a connection string, so the account's key has to be allowed; it is in the
// vault and nowhere else.
resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: '${prefix}${unique}'
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'None' }
  }
}

resource storageEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${prefix}-tables'
  location: location
  properties: {
    subnet: { id: network::storage.id }
    privateLinkServiceConnections: [
      {
        name: 'tables'
        properties: { privateLinkServiceId: storage.id, groupIds: ['table'] }
      }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'tables'
    properties: {
      privateDnsZoneConfigs: [{ name: 'tables', properties: { privateDnsZoneId: tableNames.id } }]
    }
  }
}

resource tableNames 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: 'privatelink.table.${environment().suffixes.storage}'
  location: 'global'

  resource inNetwork 'virtualNetworkLinks' = {
    name: '${prefix}-network'
    location: 'global'
    properties: {
      virtualNetwork: { id: network.id }
      registrationEnabled: false
    }
  }
}

// Without the master key what is stored is worth nothing, so not even an owner can make the vault forget it at once.
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: '${prefix}-${unique}'
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
  }

  resource masterKeySecret 'secrets' = {
    name: 'master-key'
    properties: { value: masterKey }
  }

  resource storageSecret 'secrets' = {
    name: 'storage'
    properties: {
      value: 'DefaultEndpointsProtocol=https;AccountName=${storage.name};AccountKey=${storage.listKeys().keys[storageKey].value};EndpointSuffix=${environment().suffixes.storage}'
    }
  }

  resource operatorSecret 'secrets' = if (!empty(operatorToken)) {
    name: 'operator-token'
    properties: { value: operatorToken }
  }
}

resource mayReadSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, readsSecrets)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: readsSecrets
  }
}

// Silos are in an environment that is not on the Internet at all. Its one address and a port of its own is what each is reached at.
resource siloEnvironment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${prefix}-silos'
  location: location
  properties: {
    appLogsConfiguration: appLogs
    vnetConfiguration: { internal: true, infrastructureSubnetId: network::silos.id }
    workloadProfiles: consumption
  }
}

resource apiEnvironment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${prefix}-apis'
  location: location
  properties: {
    appLogsConfiguration: appLogs
    vnetConfiguration: { internal: false, infrastructureSubnetId: network::apis.id }
    workloadProfiles: consumption
  }
}

var consumption = [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
var appLogs = {
  destination: 'log-analytics'
  logAnalyticsConfiguration: {
    customerId: logs.properties.customerId
    sharedKey: logs.listKeys().primarySharedKey
  }
}

var apiName = '${prefix}-api'
var publicUrl = 'https://${empty(publicHost) ? '${apiName}.${apiEnvironment.properties.defaultDomain}' : publicHost}'

var programIdentity = {
  type: 'UserAssigned'
  userAssignedIdentities: { '${identity.id}': {} }
}
var registries = [{ server: registry.properties.loginServer, identity: identity.id }]
var storageOfVault = { name: 'storage', keyVaultUrl: vault::storageSecret.properties.secretUri, identity: identity.id }
// For the silos. The Apis, which are open to the Internet, pass on what is sealed and never open it.
var masterKeyOfVault = { name: 'master-key', keyVaultUrl: vault::masterKeySecret.properties.secretUri, identity: identity.id }
var settings = [
  { name: 'PublicUrl', value: publicUrl }
  { name: 'Storage__Provider', value: 'AzureStorage' }
  { name: 'Storage__ConnectionString', secretRef: 'storage' }
  { name: 'Cluster__ServiceId', value: 'recharge-grains' }
  { name: 'Cluster__ClusterId', value: 'azure' }
  { name: 'Hosting__MonitorUrl', value: 'http://0.0.0.0:8081' }
]
var probes = [
  { type: 'Startup', httpGet: { path: '/health/live', port: 8081 }, periodSeconds: 10, failureThreshold: 10 }
  { type: 'Liveness', httpGet: { path: '/health/live', port: 8081 }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 }
  { type: 'Readiness', httpGet: { path: '/health/ready', port: 8081 }, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 }
]

resource siloApps 'Microsoft.App/containerApps@2024-03-01' = [
  for silo in silos: {
    name: '${prefix}-${silo.name}'
    location: location
    identity: programIdentity
    properties: {
      environmentId: siloEnvironment.id
      workloadProfileName: 'Consumption'
      configuration: {
        activeRevisionsMode: 'Single'
        registries: registries
        secrets: [storageOfVault, masterKeyOfVault]
        ingress: {
          // To the network that the environment is in, which is as far outside as it goes.
          external: true
          transport: 'tcp'
          targetPort: silo.siloPort
          exposedPort: silo.siloPort
          additionalPortMappings: [{ external: true, targetPort: silo.gatewayPort, exposedPort: silo.gatewayPort }]
        }
      }
      template: {
        terminationGracePeriodSeconds: 90
        containers: [
          {
            name: 'silo'
            image: '${registry.properties.loginServer}/${silo.image}'
            resources: { cpu: json('0.5'), memory: '1Gi' }
            env: concat(settings, [
              { name: 'Security__MasterKey', secretRef: 'master-key' }
              { name: 'Cluster__Address', value: siloEnvironment.properties.staticIp }
              { name: 'Cluster__ListenAddress', value: '0.0.0.0' }
              { name: 'Cluster__SiloPort', value: string(silo.siloPort) }
              { name: 'Cluster__GatewayPort', value: string(silo.gatewayPort) }
            ])
            probes: probes
          }
        ]
        // Never two: they would share an address, and the others could not tell them apart.
        scale: { minReplicas: 1, maxReplicas: 1 }
      }
    }
    dependsOn: [mayPull, mayReadSecrets, storageEndpoint::names, tableNames::inNetwork]
  }
]

resource api 'Microsoft.App/containerApps@2024-03-01' = {
  name: apiName
  location: location
  identity: programIdentity
  properties: {
    environmentId: apiEnvironment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      registries: registries
      secrets: concat(
        [storageOfVault],
        empty(operatorToken)
          ? []
          : [{ name: 'operator-token', keyVaultUrl: '${vault.properties.vaultUri}secrets/operator-token', identity: identity.id }]
      )
      ingress: {
        external: true
        allowInsecure: false
        transport: 'auto'
        targetPort: 8080
        // A page is a conversation with one replica.
        stickySessions: { affinity: 'sticky' }
      }
    }
    template: {
      terminationGracePeriodSeconds: 90
      containers: [
        {
          name: 'api'
          image: '${registry.properties.loginServer}/${apiImage}'
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(
            settings,
            [
              { name: 'Hosting__EmbeddedSilo', value: 'false' }
              // Where the environment's own proxy comes from: its network, and the addresses that Azure uses inside.
              { name: 'Hosting__TrustedProxies', value: '${apiAddresses},100.64.0.0/10' }
            ],
            empty(operatorToken) ? [] : [{ name: 'Operator__BootstrapToken', secretRef: 'operator-token' }]
          )
          probes: probes
        }
      ]
      scale: {
        minReplicas: 2
        maxReplicas: 4
        rules: [{ name: 'requests', http: { metadata: { concurrentRequests: '100' } } }]
      }
    }
  }
  dependsOn: [mayPull, mayReadSecrets, storageEndpoint::names, tableNames::inNetwork, vault::operatorSecret]
}

output publicUrl string = publicUrl
