// The network of an environment, and the one address that its nodes go out by.
param name string
param location string

@description('The first two numbers: a /16.')
param network string

var range = '${network}.0.0/16'

resource outgoing 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: '${name}-outgoing'
  location: location
  sku: { name: 'Standard' }
  zones: ['1', '2', '3']
  properties: { publicIPAllocationMethod: 'Static' }
}

resource gateway 'Microsoft.Network/natGateways@2024-05-01' = {
  name: name
  location: location
  sku: { name: 'Standard' }
  properties: {
    idleTimeoutInMinutes: 4
    publicIpAddresses: [{ id: outgoing.id }]
  }
}

resource apimRules 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${name}-apim'
  location: location
}

resource net 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  properties: {
    addressSpace: { addressPrefixes: [range] }
    subnets: [
      {
        // Nodes only: pods have addresses of an overlay.
        name: 'nodes'
        properties: {
          addressPrefix: cidrSubnet(range, 22, 0)
          natGateway: { id: gateway.id }
          // Front Door's Private Link takes its addresses here.
          privateLinkServiceNetworkPolicies: 'Disabled'
        }
      }
      {
        // The network policies `reaches-postgres` and `reaches-redis` name it.
        name: 'endpoints'
        properties: { addressPrefix: cidrSubnet(range, 24, 4) }
      }
      {
        name: 'apim'
        properties: {
          addressPrefix: cidrSubnet(range, 24, 6)
          natGateway: { id: gateway.id }
          networkSecurityGroup: { id: apimRules.id }
          delegations: [{ name: 'apim', properties: { serviceName: 'Microsoft.Web/serverFarms' } }]
        }
      }
    ]
  }
}

output id string = net.id
output nodesSubnetId string = net.properties.subnets[0].id
output endpointsSubnetId string = net.properties.subnets[1].id
output apimSubnetId string = net.properties.subnets[2].id
output outgoingAddress string = outgoing.properties.ipAddress
