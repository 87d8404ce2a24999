// groupz may read which resource groups a subscription has. Reader would show it every resource in them.
targetScope = 'subscription'

param principalId string

var here = subscription().id
var id = subscription().subscriptionId

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(here, 'reader of resource groups')
  properties: {
    roleName: 'Reader of resource groups (${id})'
    description: 'Reads the names, places and tags of resource groups, and nothing in them.'
    type: 'CustomRole'
    permissions: [
      {
        actions: [
          'Microsoft.Resources/subscriptions/read'
          'Microsoft.Resources/subscriptions/resourceGroups/read'
        ]
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    assignableScopes: [here]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(here, principalId, role.id)
  properties: {
    roleDefinitionId: role.id
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}
