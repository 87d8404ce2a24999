// Images: nobody has a password, the nodes may pull and nothing else.
param name string
param location string

@description('Principals of the kubelets.')
param pullers array

// AcrPull.
var role = '7f951dda-4ed3-4680-a7ca-43fe172d538d'

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: name
  location: location
  sku: { name: 'Premium' }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    zoneRedundancy: 'Enabled'
    // The gate pushes from outside, with a token of its workflow.
    publicNetworkAccess: 'Enabled'
    policies: {
      // A digest that Git names stays: only what has no tag any more goes, after a month.
      retentionPolicy: { status: 'enabled', days: 30 }
      exportPolicy: { status: 'enabled' }
    }
  }
}

resource pulls 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for principalId in pullers: {
  name: guid(registry.id, principalId, role)
  scope: registry
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}]
