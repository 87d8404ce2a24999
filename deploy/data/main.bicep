// Postgres of users, and Redis of all three. Both have private addresses only.
param name string
param location string
param subnetId string
param networkId string

@description('postgres (size), postgresTier, postgresStandby, storageGb, keepBackupsDays, redis (size), redisReplicated.')
param sizes object

@description('The one principal that Postgres knows: it migrates, reads and writes its own database.')
param usersPrincipalId string
param redisPrincipalIds array

resource postgres 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
  name: name
  location: location
  sku: { name: sizes.postgres, tier: sizes.postgresTier }
  properties: {
    version: '17'
    storage: { storageSizeGB: sizes.storageGb, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: sizes.keepBackupsDays, geoRedundantBackup: 'Disabled' }
    highAvailability: { mode: sizes.postgresStandby }
    network: { publicNetworkAccess: 'Disabled' }
    // No password opens it: DATABASE_AUTH=entra.
    authConfig: { activeDirectoryAuth: 'Enabled', passwordAuth: 'Disabled', tenantId: tenant().tenantId }
  }
}

resource usersDatabase 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2025-08-01' = {
  parent: postgres
  name: 'users'
}

// With Entra ID alone nobody could make a first role by SQL: the identity `users` is the administrator of its server.
resource owner 'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2025-08-01' = {
  parent: postgres
  name: usersPrincipalId
  properties: { principalType: 'ServicePrincipal', principalName: 'users', tenantId: tenant().tenantId }
  dependsOn: [usersDatabase]
}

module postgresEndpoint '../aks/private-endpoint.bicep' = {
  name: 'postgres-endpoint'
  params: {
    name: name
    location: location
    subnetId: subnetId
    networkId: networkId
    targetId: postgres.id
    groupId: 'postgresqlServer'
    zoneName: 'privatelink.postgres.database.azure.com'
  }
}

resource redis 'Microsoft.Cache/redisEnterprise@2025-07-01' = {
  name: name
  location: location
  sku: { name: sizes.redis }
  properties: {
    minimumTlsVersion: '1.2'
    publicNetworkAccess: 'Disabled'
    highAvailability: sizes.redisReplicated ? 'Enabled' : 'Disabled'
  }
}

resource database 'Microsoft.Cache/redisEnterprise/databases@2025-07-01' = {
  parent: redis
  name: 'default'
  properties: {
    clientProtocol: 'Encrypted'
    port: 10000
    // One address for clients that know of no shards; plain PUBLISH reaches all.
    clusteringPolicy: 'EnterpriseCluster'
    // Streams of durable channels are not a cache: full, it refuses writes.
    evictionPolicy: 'NoEviction'
    // The services speak to Redis with the URL of their vault; until they take tokens, this is how they get in.
    accessKeysAuthentication: 'Enabled'
  }
}

// Who may come by token already. One after the other: the database takes one change at a time.
@batchSize(1)
resource access 'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments@2025-07-01' = [for (principalId, i) in redisPrincipalIds: {
  parent: database
  name: 'service${i}'
  properties: { accessPolicyName: 'default', user: { objectId: principalId } }
}]

module redisEndpoint '../aks/private-endpoint.bicep' = {
  name: 'redis-endpoint'
  params: {
    name: name
    location: location
    subnetId: subnetId
    networkId: networkId
    targetId: redis.id
    groupId: 'redisEnterprise'
    zoneName: 'privatelink.redis.azure.net'
  }
}

output redisName string = redis.name
output usersDatabaseUrl string = 'postgresql://users@${postgres.properties.fullyQualifiedDomainName}/users?sslmode=verify-full'
