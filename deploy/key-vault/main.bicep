// The vault, its secrets, and for each secret the one identity that may read it.
param name string
param location string
param subnetId string
param networkId string

@description('{ service, principalId } of each service.')
param readers array

param redisName string

@secure()
@description('Values by the name of the secret: what is not made by Azure.')
param keys object

var ownKeys = ['groupz-page-token-key', 'realtime-ticket-key', 'users-page-token-key']
var redisUrls = ['groupz-redis-url', 'realtime-redis-url', 'users-redis-url']
var secretNames = concat(ownKeys, redisUrls)

// Key Vault Secrets User.
var role = '4633458b-17de-408a-b874-0445c86b69e6'

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' = {
  name: name
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices' }
  }
}

resource database 'Microsoft.Cache/redisEnterprise/databases@2025-07-01' existing = {
  name: '${redisName}/default'
}

resource own 'Microsoft.KeyVault/vaults/secrets@2026-02-01' = [for secret in ownKeys: {
  parent: vault
  name: secret
  properties: { value: keys[secret] }
}]

resource urls 'Microsoft.KeyVault/vaults/secrets@2026-02-01' = [for secret in redisUrls: {
  parent: vault
  name: secret
  properties: {
    value: 'rediss://:${uriComponent(database.listKeys().primaryKey)}@${redisName}.${location}.redis.azure.net:10000'
  }
}]

module access 'secret-reader.bicep' = [for secret in secretNames: {
  name: 'read-${secret}'
  params: {
    vaultName: vault.name
    secretName: secret
    role: role
    principalId: filter(readers, reader => startsWith(secret, '${reader.service}-'))[0].principalId
  }
  dependsOn: [own, urls]
}]

module endpoint '../aks/private-endpoint.bicep' = {
  name: 'vault-endpoint'
  params: {
    name: name
    location: location
    subnetId: subnetId
    networkId: networkId
    targetId: vault.id
    groupId: 'vault'
    zoneName: 'privatelink.vaultcore.azure.net'
  }
}

output name string = vault.name
