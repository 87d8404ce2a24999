// The root of the cloud: one line for each room. `az deployment sub create`, or `azd provision`; from there Flux takes over.
targetScope = 'subscription'

@description('Names everything, and the directory of deploy/clusters that Flux reads.')
@allowed(['staging', 'production'])
param environment string

@description('Where everything is, but what is global by nature.')
param location string

@description('The first two numbers of the network: 10.20 is staging.')
param network string

@description('The public name; its DNS zone is somebody else\'s.')
param hostname string

@description('Where alerts go.')
param alertAddress string

@description('Ids of the applications that stand for the APIs, from `az ad app create`.')
param audiences { groupz: string, realtime: string, users: string }

@description('The Entra ID group whose members administer the cluster.')
param administrators string

@description('Numbers that differ between environments; each room says what they mean.')
param sizes object

@description('Whether there are Windows nodes; they decide who enforces network policies.')
param windows bool

@secure()
@description('Of the account that every Windows pool must have and nobody uses.')
param windowsPassword string

@secure()
@description('Values of the keys in key-vault/main.bicep that are not made by Azure, by their name.')
param keys object

@description('Whether API Management is deployed as well.')
param withApim bool

@description('Whether Front Door reaches the gateway by Private Link instead of a public address.')
param privateOrigin bool

var name = 'seaworthy-${environment}'
var tags = { system: 'seaworthy', environment: environment }

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: name
  location: location
  tags: tags
}

// One registry for all environments: production runs the images that staging has run. Both deployments say the same of it.
resource shared 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'seaworthy-shared'
  location: location
  tags: { system: 'seaworthy' }
}

module net 'aks/network.bicep' = {
  name: 'network'
  scope: group
  params: { name: name, location: location, network: network }
}

module aks 'aks/main.bicep' = {
  name: 'aks'
  scope: group
  params: {
    name: name
    location: location
    nodesSubnetId: net.outputs.nodesSubnetId
    administrators: administrators
    sizes: sizes.aks
    windows: windows
    windowsPassword: windowsPassword
  }
}

module registry 'registry/main.bicep' = {
  name: 'registry-${environment}'
  scope: shared
  params: { name: 'seaworthy', location: location, pullers: [aks.outputs.kubeletPrincipalId] }
}

module monitor 'monitor/main.bicep' = {
  name: 'monitor'
  scope: group
  params: {
    name: name
    location: location
    clusterName: aks.outputs.name
    alertAddress: alertAddress
    sizes: sizes.monitor
  }
}

module identity 'identity/main.bicep' = {
  name: 'identity'
  scope: group
  params: { location: location, issuer: aks.outputs.issuer, workspaceName: monitor.outputs.workspaceName }
}

module groupsReader 'identity/groups-reader.bicep' = {
  name: 'groups-reader-${environment}'
  params: { principalId: identity.outputs.groupzPrincipalId }
}

module data 'data/main.bicep' = {
  name: 'data'
  scope: group
  params: {
    name: name
    location: location
    sizes: sizes.data
    subnetId: net.outputs.endpointsSubnetId
    networkId: net.outputs.id
    usersPrincipalId: identity.outputs.usersPrincipalId
    redisPrincipalIds: identity.outputs.redisPrincipalIds
  }
}

module keyVault 'key-vault/main.bicep' = {
  name: 'key-vault'
  scope: group
  params: {
    name: name
    location: location
    subnetId: net.outputs.endpointsSubnetId
    networkId: net.outputs.id
    readers: identity.outputs.readers
    redisName: data.outputs.redisName
    keys: keys
  }
}

module policy 'policy/main.bicep' = {
  name: 'policy'
  scope: group
  params: { location: location, clusterName: aks.outputs.name }
}

module frontDoor 'front-door/main.bicep' = {
  name: 'front-door'
  scope: group
  params: {
    name: name
    location: location
    hostname: hostname
    originHostname: 'origin.${hostname}'
    privateOrigin: privateOrigin
    workspaceId: monitor.outputs.logsId
  }
}

module apim 'apim/main.bicep' = if (withApim) {
  name: 'apim'
  scope: group
  params: {
    name: name
    location: location
    hostname: hostname
    subnetId: net.outputs.apimSubnetId
    publisherEmail: alertAddress
    audiences: audiences
    frontDoorId: frontDoor.outputs.frontDoorId
  }
}

module flux 'flux/main.bicep' = {
  name: 'flux'
  scope: group
  params: { clusterName: aks.outputs.name, environment: environment }
  dependsOn: [policy, keyVault]
}

// services/facts/<environment>/facts.env holds these; gateway/<environment>/facts.env the two about addresses and doors.
output TENANT_ID string = tenant().tenantId
output GROUPZ_CLIENT_ID string = identity.outputs.groupzClientId
output REALTIME_CLIENT_ID string = identity.outputs.realtimeClientId
output USERS_CLIENT_ID string = identity.outputs.usersClientId
output KEDA_CLIENT_ID string = identity.outputs.kedaClientId
output GROUPZ_AUDIENCE string = audiences.groupz
output REALTIME_AUDIENCE string = audiences.realtime
output USERS_AUDIENCE string = audiences.users
output KEY_VAULT string = keyVault.outputs.name
output HOSTNAME string = hostname
output USERS_DATABASE_URL string = data.outputs.usersDatabaseUrl
output PROMETHEUS_QUERY_ENDPOINT string = monitor.outputs.queryEndpoint
output FRONT_DOOR_ID string = frontDoor.outputs.frontDoorId
output OUTGOING_ADDRESS string = net.outputs.outgoingAddress
// For the TXT record `_dnsauth.<hostname>`, once.
output DOMAIN_VALIDATION string = frontDoor.outputs.validationToken
