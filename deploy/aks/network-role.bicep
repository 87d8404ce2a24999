param networkName string
param principalId string

// Network Contributor.
var role = '4d97b98b-1d4f-4787-a291-c67834d212e7'

resource net 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: networkName
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(net.id, principalId, role)
  scope: net
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}
