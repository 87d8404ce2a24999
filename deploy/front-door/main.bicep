// The outer door: TLS, a web application firewall that blocks, and one way in to the gateway.
param name string
param location string
param hostname string

@description('The gateway\'s own name; cert-manager has a certificate for it.')
param originHostname string

@description('By Private Link: the gateway has no public address then.')
param privateOrigin bool

@description('Where the logs of the firewall go.')
param workspaceId string

resource profile 'Microsoft.Cdn/profiles@2025-12-01' = {
  name: name
  location: 'global'
  // Managed rules and Private Link are Premium's.
  sku: { name: 'Premium_AzureFrontDoor' }
  properties: { originResponseTimeoutSeconds: 60 }
}

resource endpoint 'Microsoft.Cdn/profiles/afdEndpoints@2025-12-01' = {
  parent: profile
  name: name
  location: 'global'
  properties: { enabledState: 'Enabled' }
}

resource domain 'Microsoft.Cdn/profiles/customDomains@2025-12-01' = {
  parent: profile
  name: replace(hostname, '.', '-')
  properties: {
    hostName: hostname
    tlsSettings: { certificateType: 'ManagedCertificate', minimumTlsVersion: 'TLS12' }
  }
}

resource origins 'Microsoft.Cdn/profiles/originGroups@2025-12-01' = {
  parent: profile
  name: 'gateway'
  properties: {
    loadBalancingSettings: { sampleSize: 4, successfulSamplesRequired: 3, additionalLatencyInMilliseconds: 50 }
    // Only 200 is healthy. Every point of presence asks, so not too often, and by HEAD.
    healthProbeSettings: {
      probePath: '/healthz'
      probeRequestType: 'HEAD'
      probeProtocol: 'Https'
      probeIntervalInSeconds: 60
    }
    sessionAffinityState: 'Disabled'
  }
}

resource privateGateway 'Microsoft.Network/privateLinkServices@2024-05-01' existing = {
  // The load balancer of the gateway makes it, by an annotation of its Service.
  name: 'gateway'
  scope: resourceGroup('${name}-nodes')
}

resource origin 'Microsoft.Cdn/profiles/originGroups/origins@2025-12-01' = {
  parent: origins
  name: 'gateway'
  properties: {
    hostName: originHostname
    originHostHeader: hostname
    httpsPort: 443
    httpPort: 80
    priority: 1
    weight: 1000
    enabledState: 'Enabled'
    enforceCertificateNameCheck: true
    sharedPrivateLinkResource: privateOrigin
      ? { privateLink: { id: privateGateway.id }, privateLinkLocation: location, requestMessage: 'Front Door of ${hostname}' }
      : null
  }
}

resource route 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-12-01' = {
  parent: endpoint
  name: 'services'
  dependsOn: [origin]
  properties: {
    customDomains: [{ id: domain.id }]
    originGroup: { id: origins.id }
    patternsToMatch: ['/*']
    supportedProtocols: ['Http', 'Https']
    httpsRedirect: 'Enabled'
    forwardingProtocol: 'HttpsOnly'
    linkToDefaultDomain: 'Disabled'
    enabledState: 'Enabled'
  }
}

// Apart, as nothing that lives this long may ever be cached: no cacheConfiguration here, whatever `services` gets.
// Front Door closes what is silent for 5 minutes, and everything after 4 hours; realtime pings, and clients come again.
resource streams 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-12-01' = {
  parent: endpoint
  name: 'streams'
  dependsOn: [origin]
  properties: {
    customDomains: [{ id: domain.id }]
    originGroup: { id: origins.id }
    patternsToMatch: ['/ws', '/events']
    supportedProtocols: ['Https']
    httpsRedirect: 'Disabled'
    forwardingProtocol: 'HttpsOnly'
    linkToDefaultDomain: 'Disabled'
    enabledState: 'Enabled'
  }
}

module firewall 'firewall.bicep' = {
  name: 'firewall'
  params: { name: replace(name, '-', '') }
}

resource protected 'Microsoft.Cdn/profiles/securityPolicies@2025-12-01' = {
  parent: profile
  name: 'firewall'
  properties: {
    parameters: {
      type: 'WebApplicationFirewall'
      wafPolicy: { id: firewall.outputs.id }
      associations: [{ domains: [{ id: domain.id }], patternsToMatch: ['/*'] }]
    }
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: profile
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'FrontDoorWebApplicationFirewallLog', enabled: true }
      { category: 'FrontDoorHealthProbeLog', enabled: true }
    ]
  }
}

output frontDoorId string = profile.properties.frontDoorId
output validationToken string = domain.properties.validationProperties.validationToken
