// An identity for each service account, and nothing that two share. Postgres knows users by the name of its identity.
param location string

@description('Of the cluster: who signs the tokens of its service accounts.')
param issuer string

@description('The workspace that KEDA asks for realtime\'s connections.')
param workspaceName string

var services = ['groupz', 'realtime', 'users']
// Monitoring Data Reader.
var metricsReader = 'b0d8363b-8ddd-447d-831f-62ca05bff136'

resource identities 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = [for service in services: {
  name: service
  location: location
}]

// Each identity has one: no two at a time at the same identity, which Entra ID refuses.
resource credentials 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2024-11-30' = [for (service, i) in services: {
  parent: identities[i]
  name: 'cluster'
  properties: {
    issuer: issuer
    subject: 'system:serviceaccount:seaworthy:${service}'
    audiences: ['api://AzureADTokenExchange']
  }
}]

resource keda 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'keda'
  location: location
}

resource kedaCredential 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2024-11-30' = {
  parent: keda
  name: 'cluster'
  properties: {
    issuer: issuer
    subject: 'system:serviceaccount:kube-system:keda-operator'
    audiences: ['api://AzureADTokenExchange']
  }
}

resource workspace 'Microsoft.Monitor/accounts@2025-10-03' existing = {
  name: workspaceName
}

resource kedaReads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(workspace.id, keda.id, metricsReader)
  scope: workspace
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsReader)
    principalId: keda.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

output groupzClientId string = identities[0].properties.clientId
output realtimeClientId string = identities[1].properties.clientId
output usersClientId string = identities[2].properties.clientId
output kedaClientId string = keda.properties.clientId
output groupzPrincipalId string = identities[0].properties.principalId
output usersPrincipalId string = identities[2].properties.principalId
output redisPrincipalIds array = [for (service, i) in services: identities[i].properties.principalId]
output readers array = [for (service, i) in services: { service: service, principalId: identities[i].properties.principalId }]
