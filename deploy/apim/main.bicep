// API Management in front of the same gateway, for APIs with products, keys and a portal. v2: made in minutes.
param name string
param location string
param hostname string
param subnetId string
param publisherEmail string
param audiences object
param frontDoorId string

var gateway = 'https://origin.${hostname}'
// By loadJsonContent: loadTextContent takes 128 KiB, and the document of users is larger.
var apis = [
  {
    name: 'groupz'
    title: 'Resource groups'
    document: string(loadJsonContent('../../docs/api/groupz.openapi-3.0.json'))
    policy: loadTextContent('groupz.xml')
    audience: audiences.groupz
  }
  {
    name: 'users'
    title: 'Users'
    document: string(loadJsonContent('../../docs/api/users.openapi-3.0.json'))
    policy: loadTextContent('users.xml')
    audience: audiences.users
  }
  {
    // Publishing. WebSockets and event streams go by Front Door: v2 has none.
    name: 'realtime'
    title: 'Realtime'
    document: string(loadJsonContent('../../docs/api/realtime.openapi-3.0.json'))
    policy: loadTextContent('realtime.xml')
    audience: audiences.realtime
  }
]

resource service 'Microsoft.ApiManagement/service@2024-05-01' = {
  name: name
  location: location
  sku: { name: 'StandardV2', capacity: 1 }
  identity: { type: 'SystemAssigned' }
  properties: {
    publisherName: 'seaworthy'
    publisherEmail: publisherEmail
    // Goes out through the network: by its NAT gateway, whose address allow-lists may name.
    virtualNetworkType: 'External'
    virtualNetworkConfiguration: { subnetResourceId: subnetId }
  }
}

resource values 'Microsoft.ApiManagement/service/namedValues@2024-05-01' = [for value in items({
  'tenant-id': tenant().tenantId
  'front-door-id': frontDoorId
  gateway: gateway
  hostname: hostname
}): {
  parent: service
  name: value.key
  properties: { displayName: value.key, value: value.value }
}]

resource audienceValues 'Microsoft.ApiManagement/service/namedValues@2024-05-01' = [for api in apis: {
  parent: service
  name: '${api.name}-audience'
  properties: { displayName: '${api.name}-audience', value: api.audience }
}]

resource everywhere 'Microsoft.ApiManagement/service/policies@2024-05-01' = {
  parent: service
  name: 'policy'
  dependsOn: [values]
  properties: { format: 'rawxml', value: loadTextContent('everywhere.xml') }
}

resource imported 'Microsoft.ApiManagement/service/apis@2024-05-01' = [for api in apis: {
  parent: service
  name: api.name
  properties: {
    displayName: api.title
    format: 'openapi+json'
    value: api.document
    path: api.name
    protocols: ['https']
    serviceUrl: gateway
    subscriptionRequired: false
  }
}]

resource guarded 'Microsoft.ApiManagement/service/apis/policies@2024-05-01' = [for (api, i) in apis: {
  parent: imported[i]
  name: 'policy'
  dependsOn: [audienceValues, everywhere]
  properties: { format: 'rawxml', value: api.policy }
}]
